"""The trigger lexicon on our own marked news in training/own-news (training data: no yardstick).

Printed: the share of marked triggers that a found one overlaps, and the share of sentences with a mark in which one is
found; the share of found triggers that overlap a mark, at several floors of sureness; how often the types agree; speed.

Run: python -m benchmarks.triggers [--by-type] [--missed] [--extra] [--types]
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.own_news import first_stories
from events.extraction.happenings.triggers import Trigger, find_triggers
from events.extraction.sentences import split
from events.extraction.syntax import Parser
from events.model import Sentence, Story

FLOORS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Mark:
    """A trigger that a writer marked, with its event's type and whether the event is core."""

    part: str
    start: int
    end: int
    type: str
    core: bool


@dataclass(frozen=True)
class Read:
    """A sentence with its marks and the triggers found."""

    sentence: Sentence
    marks: list[Mark]
    found: list[Trigger]


def main(options: list[str]) -> None:
    """Print the table, and on demand what was missed, what was extra, and types confused."""
    reads, seconds = read_all()
    words = sum(len(read.sentence.tokens) for read in reads)
    print(f"{words} words, {words / seconds:,.0f} words a second")
    print("sure >=  found  marks: all   core  sentences  precision  type agrees")
    for floor in FLOORS:
        print(row(reads, floor))
    for option in options:
        {"--by-type": show_by_type, "--missed": show_missed, "--extra": show_extra, "--types": show_types}[option](
            reads
        )


def read_all() -> tuple[list[Read], float]:
    """Every sentence of own-news with its marks and triggers, and the seconds that finding the triggers took."""
    parser = Parser.load()
    parsed = [(parser.parse(split(story)), marks) for story, marks in marked_stories()]
    began = time.process_time()
    found = [[find_triggers(s) for s in sentences] for sentences, _ in parsed]
    seconds = time.process_time() - began
    reads = [
        Read(s, [m for m in marks if m.part == s.part and s.start <= m.start < s.end], triggers)
        for (sentences, marks), each in zip(parsed, found, strict=True)
        for s, triggers in zip(sentences, each, strict=True)
    ]
    return reads, seconds


def figures() -> dict[str, float]:
    """Shares at every sureness, for the floors."""
    _, _, *shares = row(read_all()[0], 0.0).split()
    names = ("marks_found", "core_marks_found", "sentences_found", "precision", "type_agrees")
    return {f"triggers.{name}": float(share) for name, share in zip(names, shares, strict=True)}


def marked_stories() -> Iterator[tuple[Story, list[Mark]]]:
    """The stories of own-news with their marks; a mark shared by two events counts once, as the first's."""
    for data in first_stories():
        marks: dict[tuple[str, int, int], Mark] = {}
        for event in data["events"]:
            for t in event["triggers"]:
                mark = Mark(t["part"], t["start"], t["end"], event["type"], event["core"])
                marks.setdefault((mark.part, mark.start, mark.end), mark)
        yield Story(id=data["id"], title=data["title"], text=data["text"]), list(marks.values())


def overlaps(mark: Mark, trigger: Trigger, sentence: Sentence) -> bool:
    """Whether a mark and a trigger share a character, or the trigger's light verb is what was marked."""
    spans = [(trigger.start, trigger.end)]
    if trigger.support is not None:
        verb = sentence.tokens[trigger.support]
        spans.append((verb.start, verb.end))
    return mark.part == trigger.part and any(mark.start < end and start < mark.end for start, end in spans)


def row(reads: list[Read], floor: float) -> str:
    """The figures at one floor of sureness."""
    marks = core = hit = core_hit = with_mark = with_both = found = right = agreed = 0
    for read in reads:
        kept = [t for t in read.found if t.sure >= floor]
        found += len(kept)
        right += sum(any(overlaps(m, t, read.sentence) for m in read.marks) for t in kept)
        with_mark += bool(read.marks)
        with_both += bool(read.marks and kept)
        for mark in read.marks:
            over = [t for t in kept if overlaps(mark, t, read.sentence)]
            marks, core = marks + 1, core + mark.core
            hit, core_hit = hit + bool(over), core_hit + (bool(over) and mark.core)
            agreed += any(t.type == mark.type for t in over)
    return (
        f"{floor:7.1f} {found:6d} {hit / marks:11.3f} {core_hit / core:6.3f} {with_both / with_mark:10.3f} "
        f"{right / found:10.3f} {agreed / hit:12.3f}"
    )


def show_by_type(reads: list[Read]) -> None:
    """For each type how many triggers are marked, the share found, and the share of those with the type right."""
    marked, hit, agreed = Counter[str](), Counter[str](), Counter[str]()
    for read in reads:
        for m in read.marks:
            over = [t for t in read.found if overlaps(m, t, read.sentence)]
            marked[m.type] += 1
            hit[m.type] += bool(over)
            agreed[m.type] += any(t.type == m.type for t in over)
    for name, count in marked.most_common():
        print(f"{name:10} {count:5d} found {hit[name] / count:.2f} type right {agreed[name] / max(1, hit[name]):.2f}")


def show_missed(reads: list[Read]) -> None:
    """Marked words that nothing overlaps, in their sentences."""
    for read in reads:
        for m in read.marks:
            if not any(overlaps(m, t, read.sentence) for t in read.found):
                a, b = m.start - read.sentence.start, m.end - read.sentence.start
                text = read.sentence.text
                kind = f"{m.type:9} {'core' if m.core else 'back'}"
                print(f"- {kind} {text[max(0, a - 70) : a]}[{text[a:b]}]{text[b : b + 60]}")


def show_extra(reads: list[Read]) -> None:
    """Rows that fire where nothing is marked, with how often they are right, worst first."""
    wrong, right = Counter[str](), Counter[str]()
    for read in reads:
        for t in read.found:
            (right if any(overlaps(m, t, read.sentence) for m in read.marks) else wrong)[t.row] += 1
    for key, count in wrong.most_common(150):
        print(f"{count:4d} wrong {right[key]:4d} right  {key}")


def show_types(reads: list[Read]) -> None:
    """Types that differ: marked, found, row, words."""
    differ = Counter(
        (m.type, t.type, t.row)
        for read in reads
        for m in read.marks
        for t in read.found
        if overlaps(m, t, read.sentence) and m.type != t.type
    )
    for (marked, found, key), count in differ.most_common(150):
        print(f"{count:4d} {marked:9} read as {found:9} {key}")


if __name__ == "__main__":
    main(sys.argv[1:])
