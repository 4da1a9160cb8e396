"""The lines of one story as what they are: its headline, header fields, day, captions and body.

For plain_stories.py. The head of a story is read line by line up to its first prose: headers, bylines, dates, pictures, page
furniture and the headline come there in any order and as often as the page repeats them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from events.reading.captions import is_caption
from events.reading.furniture import is_furniture, opens_links
from events.reading.lines import Line, body_label, header, is_byline, is_headline, is_prose, same_headline
from events.reading.paragraphs import Paragraph
from events.reading.publication_dates import day_of, is_date_line

_HEAD = 20  # lines among which bylines and dates are looked for
_LONG = 40  # characters: two copies of a longer paragraph are a page's slip


@dataclass
class Parts:
    """A story on its way: what its lines were found to be."""

    title: str = ""
    fields: dict[str, Line] = field(default_factory=dict)
    day: date | None = None
    captions: list[str] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)


def parts_of(lines: Sequence[Line]) -> Parts:
    """What the lines of one story are: first its head, then its body."""
    parts = Parts()
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


def _read_head(lines: Sequence[Line], parts: Parts) -> int:
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
                parts.body.append(Paragraph(line.text))
                seen.add(line.key)
    return len(lines)


def _is_told_apart(line: Line, parts: Parts) -> bool:
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
        if _is_told_apart(line, Parts()) or is_caption(line.text) or not _stands_alone(lines, index):
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


def _without_foot(lines: Sequence[Line], parts: Parts) -> Sequence[Line]:
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


def _read_body(lines: Sequence[Line], parts: Parts) -> None:
    """Read the body's paragraphs into parts: copies of long ones and page furniture are left out."""
    seen = {Line(0, caption, 0).key for caption in parts.captions}
    for line in lines:
        if is_furniture(line.text) or (line.key in seen and len(line.text) > _LONG):
            continue
        seen.add(line.key)
        parts.body.append(Paragraph(line.text, is_caption(line.text)))
