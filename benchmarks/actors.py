"""Who does it and to whom, on our own news: actors and recipients of the events that share a trigger with a marked one.

A name is right when its last word is that of a marked name of the same role, or most words of the shorter one are shared,
by their first letters ("Turkish army", "Turkey's army"); where nobody is marked, a name is wrong. Names and titles of the
same person are told apart: "the president" is not "Amina Diallo" here. The tagger has learned from these stories, the rules
of participants have not; errors were looked at in the half called "seen" only.

Run: python -m benchmarks.actors [--light] [--errors]

Figures of 26 November 2026 on the 346 short stories (right of those put out / found of the marked):
    seen half      actors .75 / .54   recipients .48 / .21
    unseen half    actors .72 / .51   recipients .47 / .19
Before doers were named only where the syntax is sure: unseen .73 / .52 and .48 / .19.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from benchmarks.events import is_seen
from benchmarks.own_news import first_stories
from events.extraction.pipeline import Extractor
from events.model import Event, Story

Row = dict[str, Any]
ROLES = ("actor", "recipient")
_SMALL = frozenset(
    "the a an of and in for its his her their at on to from with two three four five six seven eight nine ten".split()
)
_LETTERS = 4  # of a word that must agree: "Turkish", "Turkey"


def as_story(row: Row) -> Story:
    """The story as it is read."""
    return Story(id=row["id"], title=row["title"], text=row["text"], published=date.fromisoformat(row["published"]))


def names_of(marked: str | None) -> list[str]:
    """The names of one mark.

    >>> names_of("Niger, Burkina Faso"), names_of(None)
    (['Niger', 'Burkina Faso'], [])
    """
    return [name for name in re.split(r", (?:and )?| and ", marked or "") if name]


def same(one: str, other: str) -> bool:
    """Whether two names may mean the same.

    >>> same("Turkish army", "army"), same("Turkish army", "Turkish president"), same("Ali Varn", "Varn")
    (True, False, True)
    """
    a, b = _stems(one), _stems(other)
    if not a or not b:
        return False
    shared = len(set(a) & set(b))
    return _head(one) == _head(other) or shared / min(len(set(a)), len(set(b))) > 0.6


def _stems(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’]s\b", "", name.lower()))
    return [word[:_LETTERS] for word in words if word not in _SMALL and len(word) > 1]


def _head(name: str) -> str:
    return (_stems(re.split(r" (?:of|in|from|for|at) ", name)[0]) or [""])[-1]


def pairs(row: Row, events: Iterable[Event]) -> Iterator[tuple[Event, Row]]:
    """Our events with the marked ones whose trigger is theirs."""
    for event in events:
        ours = event.type_evidence
        if ours is None:
            continue
        for marked in row["events"]:
            if any(
                ours.part == t["part"] and ours.start < t["end"] and t["start"] < ours.end for t in marked["triggers"]
            ):
                yield event, marked
                break


def counts(some: Iterable[Row], extractor: Extractor, errors: bool = False) -> Counter[str]:
    """How many names of each role are put out, right, marked and found."""
    found: Counter[str] = Counter()
    for row in some:
        for event, marked in pairs(row, extractor.extract(as_story(row))):
            for role in ROLES:
                ours = [actor.name for actor in event.actors if actor.role == role]
                theirs = names_of(marked[role])
                wrong = [name for name in ours if not any(same(name, other) for other in theirs)]
                missed = [name for name in theirs if not any(same(name, other) for other in ours)]
                found[f"{role} out"] += len(ours)
                found[f"{role} right"] += len(ours) - len(wrong)
                found[f"{role} marked"] += len(theirs)
                found[f"{role} found"] += len(theirs) - len(missed)
                if errors and (wrong or missed):
                    print(f"{role:9} ours {ours} marked {theirs} | {event.what} | {event.evidence[0].text[:200]!r}")
    return found


def shares(found: Counter[str]) -> dict[str, float]:
    """Right of those put out and found of the marked, by role."""
    return {
        f"{role}_{name}": found[f"{role} {part}"] / max(1, found[f"{role} {whole}"])
        for role in ROLES
        for name, part, whole in (("right", "right", "out"), ("found", "found", "marked"))
    }


def figures() -> dict[str, float]:
    """For the floors: the unseen half, as shipped."""
    unseen = [row for row in first_stories() if not is_seen(row)]
    return {f"actors.{name}": value for name, value in shares(counts(unseen, Extractor.load())).items()}


def main() -> None:
    """Print the shares of both halves."""
    extractor = Extractor.load(light="--light" in sys.argv)
    for half in ("seen", "unseen"):
        some = [row for row in first_stories() if is_seen(row) == (half == "seen")]
        found = counts(some, extractor, "--errors" in sys.argv and half == "seen")
        print(f"{half:8}" + "".join(f"{name:>18} {value:.3f}" for name, value in shares(found).items()), dict(found))


if __name__ == "__main__":
    main()
