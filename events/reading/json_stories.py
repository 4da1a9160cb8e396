"""Stories in JSON: one object a line, an array, or a single object, by the contract of docs/input-formats.md.

For files.py. The text is kept to the character, line ends and control characters too, for others count offsets in it;
only a lone surrogate, which no encoding can write, becomes U+FFFD, one for one. A bad line holds up no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from events.model import PublishedBasis, Story, StoryError
from events.reading.captions import is_caption
from events.reading.identity import story_id
from events.reading.limits import MOST_CHARACTERS, check_length
from events.reading.lines import is_prose
from events.reading.publication_dates import day_of
from events.reading.result import ID_TAKEN, Problem, Result, Spans, same_words

_LONGEST_LINE = 8 * MOST_CHARACTERS  # a story of escapes, and what else came with it
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OBJECT = re.compile(r'\s*\{\s*["}]')
_LINE = re.compile(r"[^\n]+")  # a story's text may hold U+2028 and its like, which str.splitlines would cut at
_FORMS = (".jsonl", ".ndjson", ".json")

Report = Callable[[str], None]


@dataclass
class _Reading:
    """What was read so far of one file."""

    file: str
    stories: dict[str, Story] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Spans] = field(default_factory=dict)

    def reporter(self, line: int | None, prefix: str = "") -> Report:
        return lambda reason: self.problems.append(Problem(self.file, line, prefix + reason))

    def result(self) -> Result:
        return Result(tuple(self.stories.values()), tuple(self.problems), self.spans)


def is_json(text: str, name: str) -> bool:
    """Whether a text is meant as JSON: it begins like an object, is an array of them, or its file is called so.

    >>> is_json('{"text": "It rained."}', "x"), is_json("[Updated] It rained.", "x"), is_json("It rained.", "x.jsonl")
    (True, False, True)
    """
    if name.lower().endswith(_FORMS) or _OBJECT.match(text):
        return True
    return text.lstrip()[:1] == "[" and _whole(text) is not None


def read_json(text: str, name: str) -> Result:
    """The stories of a JSON text, its bad lines and records as problems; name stands in them."""
    reading = _Reading(name)
    whole = _whole(text)
    if isinstance(whole, list):
        for number, record in enumerate(whole, 1):
            _take(record, reading, reading.reporter(None, f"story {number} "))
    elif whole is not None:
        _take(whole, reading, reading.reporter(1))
    else:
        for number, line in _lines(text):
            _take_line(line, reading, reading.reporter(number))
    return reading.result()


def _whole(text: str) -> Any:
    """The text as one array or object; None when it is none."""
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list | dict) else None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, blank ones left out."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    number, seen = 1, 0
    for match in _LINE.finditer(text):
        number, seen = number + text.count("\n", seen, match.start()), match.start()
        if not match[0].isspace():
            yield number, match[0]


def _take_line(line: str, reading: _Reading, report: Report) -> None:
    if len(line) > _LONGEST_LINE:
        report(f"has {len(line):,} characters; a line is read up to {_LONGEST_LINE:,}")
        return
    try:
        record = json.loads(line.removeprefix("\ufeff"), strict=False)
    except json.JSONDecodeError as error:
        report(f"is no JSON: {error.msg} at character {error.pos + 1}")
    except ValueError:
        report("is no JSON: a number has too many digits")
    except RecursionError:
        report("is nested too deeply")
    else:
        _take(record, reading, report)


def _take(record: Any, reading: _Reading, report: Report) -> None:
    try:
        story = _story(record, report)
    except StoryError as error:
        report(str(error))
        return
    known = reading.stories.setdefault(story.id, story)
    if not same_words(known, story):
        report(ID_TAKEN.format(story.id))
    elif record.get("spans") is not None:
        _take_spans(record["spans"], story, reading, report)


def _story(record: Any, report: Report) -> Story:
    """The story of a record. Raises StoryError when there is none."""
    if not isinstance(record, Mapping):
        raise StoryError("is no object with a text")
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise StoryError('has no "text"')
    check_length(text)
    text = _SURROGATE.sub("\ufffd", text)
    title, url, source = (_words(record, key, report) for key in ("title", "url", "source"))
    published, basis = _published(record, report)
    own_id = (_words(record, "id", report) or "").strip()
    return Story(
        id=own_id or story_id(title or "", text, published, url, source),
        text=text,
        title=title or "",
        published=published,
        published_basis=basis,
        published_reasons=_reasons(record),
        url=url,
        source=source,
        captions=_captions(record, text),
    )


def _words(record: Mapping[str, Any], key: str, report: Report) -> str | None:
    value = record.get(key)
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value[:MOST_CHARACTERS]) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if value is not None:
        report(f'has a "{key}" that is no text; the story is kept without it')
    return None


def _published(record: Mapping[str, Any], report: Report) -> tuple[date | None, PublishedBasis | None]:
    """The publication day and what gave it: what an earlier reading wrote down, else the metadata."""
    value = record.get("published")
    if value is None or value == "":
        return None, None
    day = day_of(str(value)) if isinstance(value, str | int) else None
    if day is None:
        report(f"has a date that can't be read, {str(value)[:40]!r}; the story is kept without it")
        return None, None
    basis = record.get("published_basis")
    return day, basis if basis in get_args(PublishedBasis) else "metadata"


def _reasons(record: Mapping[str, Any]) -> tuple[str, ...]:
    reasons = record.get("published_reasons")
    if not isinstance(reasons, list):
        return ()
    return tuple(_SURROGATE.sub("\ufffd", reason) for reason in reasons if isinstance(reason, str))


def _captions(record: Mapping[str, Any], text: str) -> Spans:
    """The captions that an earlier reading marked, else the lines that give themselves away."""
    given = _pairs(record.get("captions"), text)
    return given if given is not None else marked_captions(text)


def marked_captions(text: str) -> Spans:
    r"""The offsets of the lines that are captions: sure ones anywhere, others above the first paragraph.

    >>> marked_captions("Men dig in mud - The AP\nIt rained.\nPhoto: a wet street in Cork\nIt stopped.")
    ((0, 23), (35, 62))
    """
    found = []
    lines = list(_LINE.finditer(text))
    at_the_head = len(lines) > 1
    for line in lines:
        if is_caption(line[0], at_the_head):
            found.append(line.span())
        elif is_prose(line[0].rstrip()):
            at_the_head = False
    return tuple(found)


def _take_spans(value: Any, story: Story, reading: _Reading, report: Report) -> None:
    pairs = _pairs(value, story.text)
    if pairs is None:
        report('has "spans" that are no [start, end] pairs within the text; they are left out')
    else:
        reading.spans.setdefault(story.id, pairs)


def _pairs(value: Any, text: str) -> Spans | None:
    if not isinstance(value, list) or not all(_is_pair(pair, len(text)) for pair in value):
        return None
    return tuple((pair[0], pair[1]) for pair in value)


def _is_pair(value: Any, length: int) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not all(type(offset) is int for offset in value):
        return False
    return bool(0 <= value[0] < value[1] <= length)
