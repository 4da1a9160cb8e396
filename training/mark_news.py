"""Turns news that was marked by hand in the text into records of own-news: python -m training.mark_news FILE >> FILE.jsonl.

A file holds stories one after another:

    ### own-asia-101
    style: sports report
    published: 2022-07-21
    published_in_text: no
    dateline: -
    title: Harbour club {Saturday} <1 wins> cup
    text:
    [ORG Harbour FC] <1 beat> [ORG Hill Town] 2-1 in [LOC Penang] on {Saturday}. Paragraphs are parted by blank lines.
    events:
    1 | OTHER | occurred | core | 2022-07-16 | 2022-07-16 | Harbour beat Hill | Harbour | Hill | - | Penang | 5.4 | 100.3 | city

Names stand in [PER …], [ORG …], [LOC …] or [DEM …], times in {…}, words that tell of event n in <n …>; marks don't nest.
A dash is nothing. The columns of an event: number, type, status, core or background, first day, last day, what, actor,
recipient, attribution, place, lat, lon, precision.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

from events.model import STATUSES, PlacePrecision
from events.ontology import TYPES

_MARK = re.compile(r"\[(PER|ORG|LOC|DEM) ([^\[\]{}<>]+)\]|\{([^\[\]{}<>]+)\}|<(\d+) ([^\[\]{}<>]+)>")
_COLUMNS = 14


class MarkError(ValueError):
    """A story that is marked wrongly; the message names it."""


def unmark(marked: str, part: str) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]], list[tuple[int, Any]]]:
    """The plain text, its names, its times, and its triggers with the numbers of their events.

    Raises MarkError where a bracket is left over.

    >>> text, names, times, triggers = unmark("[LOC Penang] <1 flooded> {Saturday}", "title")
    >>> text, names[0]["end"], triggers[0]
    ('Penang flooded Saturday', 6, (1, {'part': 'title', 'start': 7, 'end': 14}))
    """
    names: list[dict[str, Any]] = []
    times: list[dict[str, Any]] = []
    triggers: list[tuple[int, Any]] = []
    plain, at = "", 0
    for mark in _MARK.finditer(marked):
        plain += marked[at : mark.start()]
        label, name, time, number, trigger = mark.groups()
        words = name or time or trigger
        span = {"part": part, "start": len(plain), "end": len(plain) + len(words)}
        if label:
            names.append(span | {"label": label})
        elif time:
            times.append(span)
        else:
            triggers.append((int(number), span))
        plain, at = plain + words, mark.end()
    plain += marked[at:]
    if left := re.search(r"[\[\]{}<>]", plain):
        raise MarkError(f"a mark is not closed or nested near “{plain[max(0, left.start() - 30) : left.end() + 30]}”")
    return plain, names, times, triggers


def stories(marked: str) -> Iterator[dict[str, Any]]:
    """The records of a file's stories. Raises MarkError with the story's id."""
    for block in re.split(r"^### ", marked, flags=re.MULTILINE)[1:]:
        story_id = block.split("\n", 1)[0].strip()
        try:
            yield _record(story_id, block)
        except (MarkError, ValueError, KeyError) as error:
            raise MarkError(f"{story_id}: {error}") from error


def _record(story_id: str, block: str) -> dict[str, Any]:
    head, rest = block.split("\ntext:\n", 1)
    body, table = rest.split("\nevents:\n", 1)
    said = dict(line.split(":", 1) for line in head.splitlines()[1:])
    title, *of_title = unmark(said["title"].strip(), "title")
    text, *of_text = unmark("\n\n".join(p.strip() for p in body.strip().split("\n\n")), "text")
    names, times, triggers = (a + b for a, b in zip(of_title, of_text, strict=True))
    events = [_event(line, triggers) for line in table.strip().splitlines()]
    if stray := {number for number, _ in triggers} - {int(line.split("|")[0]) for line in table.strip().splitlines()}:
        raise MarkError(f"triggers of events that the table lacks: {sorted(stray)}")
    return {
        "id": story_id, "style": said["style"].strip(), "published": said["published"].strip(),
        "published_in_text": said["published_in_text"].strip() == "yes", "dateline": _or_none(said["dateline"]),
        "title": title, "text": text, "names": names, "times": times, "events": events,
    }  # fmt: skip


def _event(line: str, triggers: list[tuple[int, Any]]) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != _COLUMNS:
        raise MarkError(f"an event has {len(cells)} columns and not {_COLUMNS}: {line[:60]}")
    number, kind, status, core, start, end, what, actor, recipient, attribution, name, lat, lon, precision = cells
    if kind not in TYPES or status not in STATUSES or core not in ("core", "background"):
        raise MarkError(f"no such type, status or rank: {kind}, {status}, {core}")
    first, last = _or_none(start), _or_none(end)
    if first and last and date.fromisoformat(first) > date.fromisoformat(last):
        raise MarkError(f"an event ends before it starts: {line[:60]}")
    place = None
    if _or_none(name):
        if precision not in get_args(PlacePrecision):
            raise MarkError(f"no such precision: {precision}")
        place = {"name": name, "lat": float(lat), "lon": float(lon), "precision": precision}
    own = [span for event, span in triggers if event == int(number)]
    if not own:
        raise MarkError(f"event {number} has no trigger in the text")
    return {
        "type": kind, "status": status, "core": core == "core", "what": what, "start": first, "end": last,
        "actor": _or_none(actor), "recipient": _or_none(recipient), "attribution": _or_none(attribution),
        "place": place, "triggers": own,
    }  # fmt: skip


def _or_none(cell: str) -> str | None:
    cell = cell.strip()
    return None if cell in ("-", "") else cell


if __name__ == "__main__":
    for record in stories(Path(sys.argv[1]).read_text(encoding="utf-8")):
        print(json.dumps(record, ensure_ascii=False))
