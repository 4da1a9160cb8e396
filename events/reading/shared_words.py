"""Whether two parts of a file speak of the same thing: the names and the words that they share.

For separating.py, which asks where a heading may be a subheading or the headline of another story. The bounds were set
on stories of TempEval-3, MEANTIME and others, cut in half and joined in pairs: halves of one story share more than .6
in nine cases of ten, two stories less in nineteen of twenty; of headlines' words the story takes up half at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from events.reading.lines import Line

_SAME = 0.6  # from here two parts are one story, whatever the heading
_OTHER = 0.3  # below they are two
_ANNOUNCED = 0.3  # share of a headline's words that its story takes up at once; between the bounds this decides

_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}")
_SMALL = re.compile(r"\b[a-z]{3,}")
_WORD = re.compile(r"[A-Za-z][\w’'-]{3,}")
_STEM = 6
_EVERYWHERE = frozenset(
    word[:_STEM]
    for word in (
        "about after again against their there these those which while would could should other where being "
        "since until under people officials government president minister country countries including "
        "according reported spokesman spokeswoman years state states that this with from have been were will "
        "said they also more than when over into monday tuesday wednesday thursday friday saturday sunday "
        "january february march april june july august september october november december"
    ).split()
)


def speaks_of_something_else(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether the second part is another story than the first; its first line is the heading in question.

    >>> rain = [Line(1, "Rain fell in Cork on Friday, flooding streets.", 0)]
    >>> quake = [Line(3, "Quake shakes Muscat", 3), Line(5, "A quake shook Muscat before dawn.", 1)]
    >>> speaks_of_something_else(rain, quake)
    True
    """
    body = after[1:]
    shared = _shared(_names(before), _names(body)) + 2 * _shared(_stems(before), _stems(body))
    if shared >= _SAME:
        return False
    return shared < _OTHER or _shared(_stems(after[:1]), _stems(body[:4])) >= _ANNOUNCED


def _shared(one: set[str], other: set[str]) -> float:
    """The share of the smaller set that is in the other; 0 where one is empty."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def _names(lines: Sequence[Line]) -> set[str]:
    """The capitalised words that do not also come in small letters."""
    text = "\n".join(line.text for line in lines)
    names = {name.lower().removesuffix("'s").removesuffix("’s") for name in _NAME.findall(text)}
    return {name for name in names if name[:_STEM] not in _EVERYWHERE} - set(_SMALL.findall(text))


def _stems(lines: Sequence[Line]) -> set[str]:
    """The beginnings of the words that are not in every story."""
    return {word.lower()[:_STEM] for line in lines for word in _WORD.findall(line.text)} - _EVERYWHERE
