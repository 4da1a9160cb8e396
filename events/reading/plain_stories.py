"""Plain text to stories: headline, publication date, captions and body, found by what the lines look like.

For files.py. The head of a story is read line by line up to its first prose: headers, bylines, dates, pictures, page
furniture and the headline come there in any order and as often as the page repeats them. The text is tidied (line ends,
trailing blanks, wrapped lines joined), so its offsets are those of the story and not of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from events.model import Story, StoryError
from events.reading.captions import is_caption
from events.reading.furniture import is_furniture, opens_links
from events.reading.identity import story_id
from events.reading.json_stories import MOST_CHARACTERS
from events.reading.lines import (
    Line,
    body_label,
    header,
    is_byline,
    is_headline,
    is_prose,
    lines_of,
    same_headline,
)
from events.reading.publication_dates import day_of, is_date_line
from events.reading.result import Problem, Result
from events.reading.separating import stories_of
from events.reading.wrapping import unwrapped

_HEAD = 20  # lines among which bylines and dates are looked for
_LONG = 40  # characters: two copies of a longer paragraph are a page's slip


@dataclass
class _Parts:
    """A story on its way: what its lines were found to be."""

    title: str = ""
    fields: dict[str, Line] = field(default_factory=dict)
    day: date | None = None
    captions: list[str] = field(default_factory=list)
    body: list[tuple[str, bool]] = field(default_factory=list)  # the paragraph, and whether it is a caption


def read_plain(text: str, name: str) -> Result:
    r"""The stories of a plain text; name stands in the problems.

    >>> found = read_plain("Rain in Cork\nDate: 8 Jan 2025\n\nIt rained.", "pasted text").stories
    >>> [(story.title, story.text, story.published) for story in found]
    [('Rain in Cork', 'It rained.', datetime.date(2025, 1, 8))]
    """
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for lines in stories_of(unwrapped(_short_enough(lines_of(text), name, problems))):
        try:
            story = _story(_parts(lines), name, problems)
        except StoryError as error:
            problems.append(Problem(name, lines[0].number, str(error)))
        else:
            stories.setdefault(story.id, story)
    return Result(tuple(stories.values()), tuple(problems))


def _short_enough(lines: Sequence[Line], file: str, problems: list[Problem]) -> list[Line]:
    """The lines without those that are longer than any story."""
    for line in lines:
        if len(line.text) > MOST_CHARACTERS:
            reason = f"has {len(line.text):,} characters; a line is read up to {MOST_CHARACTERS:,}"
            problems.append(Problem(file, line.number, reason))
    return [line for line in lines if len(line.text) <= MOST_CHARACTERS]


def _story(parts: _Parts, file: str, problems: list[Problem]) -> Story:
    """The story of its parts. Raises StoryError when there is no text or too much."""
    captions, text = _joined(parts)
    if not text:
        text, parts.title = parts.title, ""
    if not text:
        raise StoryError("holds no story: there is nothing but headers and page furniture")
    if len(text) > MOST_CHARACTERS:
        raise StoryError(f"has a text of {len(text):,} characters; one is read up to {MOST_CHARACTERS:,}")
    published = _published(parts, file, problems)
    url, source = (parts.fields[key].text if key in parts.fields else None for key in ("url", "source"))
    return Story(
        id=story_id(parts.title, text, published, url, source),
        text=text,
        title=parts.title,
        published=published,
        published_basis="header" if published else None,
        url=url,
        source=source,
        captions=captions,
    )


def _joined(parts: _Parts) -> tuple[tuple[tuple[int, int], ...], str]:
    """The offsets of the captions, and the text: captions of the head first, then the body."""
    captions, text = [], ""
    for paragraph, marked in [*((caption, True) for caption in parts.captions), *parts.body]:
        text += "\n\n" if text else ""
        if marked:
            captions.append((len(text), len(text) + len(paragraph)))
        text += paragraph
    return tuple(captions), text


def _published(parts: _Parts, file: str, problems: list[Problem]) -> date | None:
    """The day in the header, else the one on a line of its own, else the day of the last change."""
    for key in ("published", "updated"):
        if key in parts.fields:
            line = parts.fields[key]
            day = day_of(line.text)
            if day:
                return day
            reason = f"has a date that can't be read, {line.text[:40]!r}; the story is kept without it"
            problems.append(Problem(file, line.number, reason))
        if parts.day:
            return parts.day
    return None


def _parts(lines: Sequence[Line]) -> _Parts:
    """What the lines of one story are: first its head, then its body."""
    parts = _Parts()
    lines = _without_body_label(lines)
    start = _read_head(lines, parts)
    _read_body(_without_foot(lines[start:], parts), parts)
    return parts


def _without_body_label(lines: Sequence[Line]) -> list[Line]:
    """The lines without the "Text:" that stands before the text below header lines."""
    found: list[Line] = []
    for index, line in enumerate(lines):
        rest = body_label(line.text) if index and header(lines[index - 1].text) else None
        if rest != "":
            found.append(replace(line, text=rest) if rest else line)
    return found


def _read_head(lines: Sequence[Line], parts: _Parts) -> int:
    """Read lines into parts up to the first prose. Returns the index where the body begins."""
    again = Counter(line.key for line in lines)
    headline = _headline(lines)
    repeated = _last_copy(lines, headline)
    end = max(repeated, _last_service_line(lines))
    parts.title = headline.text if headline else ""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if headline and same_headline(headline, line):
            parts.title = min(parts.title, line.text, key=len)
        elif headline and line.number < headline.number and _is_section(line.text):
            continue
        elif not _is_told_apart(line, parts):
            if is_caption(line.text, at_the_head=True) or (
                again[line.key] > 1 and index < repeated and len(line.text.split()) > 3
            ):
                parts.captions += [] if line.key in seen else [line.text]
                seen.add(line.key)
            elif is_prose(line.text) and index > end:
                return index
            elif line.key not in seen:
                if index > end and not is_headline(line.text):
                    return index
                parts.body.append((line.text, False))
                seen.add(line.key)
    return len(lines)


def _is_told_apart(line: Line, parts: _Parts) -> bool:
    """Whether a line of the head is none of the text: a header or date, whose value is kept, a byline, furniture."""
    named = header(line.text)
    if named:
        parts.fields.setdefault(named[0], Line(line.number, named[1], 0))
    elif is_date_line(line.text):
        parts.day = parts.day or day_of(line.text)
    return bool(named) or is_date_line(line.text) or is_byline(line.text) or is_furniture(line.text)


def _headline(lines: Sequence[Line]) -> Line | None:
    """The headline: the line that says so, else one that the page repeats, else the first that looks like one."""
    possible: list[Line] = []
    for index, line in enumerate(lines):
        named = header(line.text)
        if named and named[0] == "title":
            return Line(line.number, named[1], 0)
        if _is_told_apart(line, _Parts()) or is_caption(line.text) or not _stands_alone(lines, index):
            continue
        if is_headline(line.text) or _is_one_word(line.text):
            possible.append(line)
        elif is_prose(line.text):
            break
    full = [line for line in possible if not _is_section(line.text)]
    copies = Counter(line.key for line in full)
    return next((line for line in full if copies[line.key] > 1), next(iter(full or possible), None))


def _is_one_word(text: str) -> bool:
    return text.isalpha() and text[0].isupper() and 3 <= len(text) <= 30


def _is_section(text: str) -> bool:
    """Whether a line is too short for a headline where there is another: a section's name, "World", "Africa news"."""
    return _is_one_word(text) or len(text.split()) < 3


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is not the beginning of the paragraph below, and not all there is."""
    below = lines[index + 1 : index + 2]
    return bool(below) and (below[0].gap > 0 or not below[0].text[0].islower())


def _last_copy(lines: Sequence[Line], headline: Line | None) -> int:
    """The index of the last copy of the headline before a second paragraph of prose; -1 without a copy."""
    if headline is None:
        return -1
    last, copies, prose = -1, Counter(line.key for line in lines), 0
    for index, line in enumerate(lines):
        if same_headline(headline, line):
            last = index
        elif is_prose(line.text) and not is_caption(line.text, at_the_head=True) and copies[line.key] < 2:
            prose += 1
        if prose > 1:
            break
    return last


def _last_service_line(lines: Sequence[Line]) -> int:
    """The index of the last header, byline or date below a headline and its summary; -1 without one."""
    last, prose = -1, 0
    for index, line in enumerate(lines[:_HEAD]):
        if header(line.text) or is_byline(line.text) or is_date_line(line.text):
            last = index
        elif is_prose(line.text) and not is_caption(line.text, at_the_head=True):
            prose += 1
            if prose > 1:
                break
    return last


def _without_foot(lines: Sequence[Line], parts: _Parts) -> Sequence[Line]:
    """The body's lines without what follows it: a source line, whose value is kept, and furniture."""
    end = _related_links(lines)
    while end > 1:
        named = header(lines[end - 1].text)
        if named and named[0] in {"source", "url", "published", "updated", "tags", "keywords", "author"}:
            parts.fields.setdefault(named[0], Line(lines[end - 1].number, named[1], 0))
        elif not is_furniture(lines[end - 1].text):
            break
        end -= 1
    return lines[:end]


def _related_links(lines: Sequence[Line]) -> int:
    """The index of the list of links below the last prose, the number of lines where there is none."""
    end = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        if is_prose(lines[index].text) and not is_furniture(lines[index].text):
            break
        end = index if opens_links(lines[index].text) else end
    return end


def _read_body(lines: Sequence[Line], parts: _Parts) -> None:
    """Read the body's paragraphs into parts: copies of long ones and page furniture are left out."""
    seen = {Line(0, caption, 0).key for caption in parts.captions}
    for line in lines:
        if is_furniture(line.text) or (line.key in seen and len(line.text) > _LONG):
            continue
        seen.add(line.key)
        parts.body.append((line.text, is_caption(line.text)))
