"""Where one story ends in a file and the next begins.

For plain_stories.py. A separator line, a header block, a headline that the page repeats before the body, a headline
above a dateline or a byline: each begins a story. Blank lines alone do so only where they are more than usual, a
headline follows, and what comes after speaks of something else than what came before: so no subheading parts a story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from events.reading.captions import is_caption
from events.reading.furniture import is_furniture
from events.reading.lines import (
    SOFT_SEPARATORS,
    Line,
    header,
    is_apparatus,
    is_byline,
    is_dateline,
    is_headline,
    is_prose,
    same_headline,
    separator,
)
from events.reading.publication_dates import is_date_line
from events.reading.shared_words import speaks_of_something_else

_WINDOW = 200  # lines on either side that are looked at: a file of a million lines stays linear
_PAGE_HEAD = 30  # lines within which a page repeats its headline

Lines = Sequence[Line]


def stories_of(lines: Lines) -> list[list[Line]]:
    r"""The lines of each story, in order, without separators.

    >>> from events.reading.lines import lines_of
    >>> text = "Rain in Cork\n\nIt rained all day.\n\n---\n\nSun in Oran\n\nIt shone all day."
    >>> [[line.text for line in story] for story in stories_of(lines_of(text))]
    [['Rain in Cork', 'It rained all day.'], ['Sun in Oran', 'It shone all day.']]
    """
    return [story for part in _separated(lines) for story in _unseparated(part)]


def _separated(lines: Lines) -> list[list[Line]]:
    """Cut at separator lines; a part that is no story by itself stays with its neighbour."""
    parts: list[list[Line]] = [[]]
    waiting = ""
    for index, line in enumerate(lines):
        mark = separator(line.text)
        if mark:
            if not _underlines(lines, index) and (not waiting or waiting in SOFT_SEPARATORS):
                waiting = mark
            continue
        if waiting and _has_body(parts[-1][-_WINDOW:]) and _begins_anew(parts[-1][-_WINDOW:], lines, index, waiting):
            parts.append([])
        parts[-1].append(line)
        waiting = ""
    return [part for part in parts if part]


def _underlines(lines: Lines, index: int) -> bool:
    """Whether a row of signs is the underline of the headline above it."""
    line, above = lines[index], lines[index - 1] if index else None
    return bool(above and not line.gap and line.text[0] in "-=~" and abs(len(line.text) - len(above.text)) < 4)


def _begins_anew(before: Lines, lines: Lines, index: int, mark: str) -> bool:
    """Whether what follows a separator is another story and not a section or the foot of the same one."""
    after = _until_separator(lines, index)
    if not _has_body(after):
        return False
    if mark not in SOFT_SEPARATORS or _has_marks(after, 0) or is_dateline(after[0].text):
        return True
    return is_headline(after[0].text) and speaks_of_something_else(before, after)


def _until_separator(lines: Lines, index: int) -> list[Line]:
    """The lines from an index to the next separator; header blocks of their own are passed."""
    found: list[Line] = []
    for line in lines[index : index + _WINDOW]:
        if separator(line.text):
            if _has_body(found):
                break
            continue
        found.append(line)
    return found


def _unseparated(lines: Lines) -> list[list[Line]]:
    """Cut where a story begins without a separator above it."""
    usual = _usual_gap(lines)
    parts: list[list[Line]] = [[]]
    for index, line in enumerate(lines):
        if line.gap and _has_body(parts[-1][-_WINDOW:]) and _begins_story(parts[-1][-_WINDOW:], lines, index, usual):
            parts.append([])
        parts[-1].append(line)
    return parts


def _usual_gap(lines: Lines) -> int:
    """The number of blank lines that most often stands between two paragraphs of prose."""
    prose = [is_prose(line.text) and not is_apparatus(line.text) for line in lines]
    gaps = Counter(line.gap for line, above, own in zip(lines[1:], prose, prose[1:], strict=False) if above and own)
    return min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 1


def _begins_story(before: Lines, lines: Lines, index: int, usual: int) -> bool:
    line = lines[index]
    if _has_marks(lines, index):
        return True
    if line.gap <= usual or (usual and line.gap < 2):
        return False
    if is_dateline(line.text):
        return True
    after = lines[index : index + _WINDOW]
    return (
        _is_full_headline(line.text)
        and _has_body(after)
        and speaks_of_something_else(before, _to_next_gap(after, usual))
    )


def _is_full_headline(text: str) -> bool:
    return len(text.split()) > 3 and is_headline(text) and not is_caption(text)


def _has_marks(lines: Lines, index: int) -> bool:
    """Whether a story begins at this line by what a page or a desk puts at its head."""
    line = lines[index]
    following = [other.text for other in lines[index + 1 : index + 7]]
    named = header(line.text)
    if named:
        return named[0] == "title" or bool(following and header(following[0]) and named[0] != "tags")
    if not is_headline(line.text):
        return False
    if following and (header(following[0]) or is_byline(following[0]) or is_date_line(following[0])):
        return True
    first = next((text for text in following if not is_apparatus(text)), "")
    return is_dateline(first) or _is_repeated_headline(lines, index)


def _is_repeated_headline(lines: Lines, index: int) -> bool:
    """Whether a headline comes again before any prose, as on pages: title, pictures, then the story."""
    line = lines[index]
    if is_caption(line.text) or is_furniture(line.text):
        return False
    window = lines[index + 1 : index + 1 + _PAGE_HEAD]
    copies = Counter(other.key for other in window)
    for other in window:
        if same_headline(line, other):
            return len(line.text) > 14
        if is_prose(other.text) and not is_apparatus(other.text) and copies[other.key] < 2:
            return False
    return False


def _has_body(lines: Lines) -> bool:
    """Whether there is a sentence among the lines that is no caption, header or page furniture."""
    return any(is_prose(line.text) and not is_apparatus(line.text) for line in reversed(lines))


def _to_next_gap(lines: Lines, usual: int) -> list[Line]:
    """The lines up to the next wide gap after some prose."""
    found: list[Line] = []
    for line in lines:
        if found and line.gap > max(usual, 1) and _has_body(found):
            break
        found.append(line)
    return found
