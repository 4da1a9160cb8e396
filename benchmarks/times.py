"""Temporal expressions on TempEval-3's TimeBank and AQUAINT in ../shared/corpora, beside dateparser in the same run.

Errors were looked at in AQUAINT and in TimeBank's even-numbered documents only; TimeBank's halves are printed apart.
"days" is the share of the day-valued gold expressions that were found and bear the right day. dateparser is measured
where it is installed (pip install dateparser); its finds are days, months or years by its own word for them.
"Days told" are those of our own marked news, which is younger: of the sentences with one day and a marked happening of a
day or few, the share whose day is the happening's. The rest are not all errors (the toll of Sunday's fire rises on
Tuesday), so it says whether one version is better than another. Errors were looked at in the half called "seen".

Run: python -m benchmarks.times [--unparsed] [--errors] [--no-peer]

Figures of 25 November 2026, parsed (relaxed / strict / type / value F1, days):
    AQUAINT          .941  .848  .850  .770  .93
    TimeBank, even   .952  .919  .916  .836  .93
    TimeBank, odd    .925  .865  .901  .801  .89
    days told, own news: seen half .88, unseen half .87
dateparser 1.5.0 in the same run: value F1 .32, .23, .25. Without the parser we read some 250,000 words/s on one core.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.actors import as_story
from benchmarks.events import is_seen
from benchmarks.own_news import first_stories
from benchmarks.shared_data import SHARED
from events.extraction.sentences import split
from events.extraction.syntax import Parser
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.time_expressions import find_times
from events.model import Story

REPEATED = "APW20000115.0209"  # the same story as APW20000107.0088 under another date
Row = dict[str, Any]
Finder = Callable[[str, date], list[Row]]
_FIGURES = re.compile(
    r"^all: .*strict F1 ([\d.]+)  relaxed F1 ([\d.]+)  type F1 ([\d.]+)  value F1 ([\d.]+)", re.MULTILINE
)


def ours(parsed: bool) -> Finder:
    """Our finder, with or without the parser."""
    parser = Parser.load() if parsed else None

    def find(text: str, published: date) -> list[Row]:
        sentences = split(Story(id="1", text=text))
        times = find_times(parser.parse(sentences) if parser else sentences, published)
        return [{"start": t.start, "end": t.end, "type": t.type, "value": t.value, "text": t.text} for t in times]

    return find


def dateparsers() -> Finder:
    """dateparser.search_dates, each find sought in the text after the one before it, valued at its own grain."""
    search_dates = import_module("dateparser.search").search_dates
    date_data_parser = import_module("dateparser.date").DateDataParser
    forms = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}

    def find(text: str, published: date) -> list[Row]:
        settings: dict[str, Any] = {
            "RELATIVE_BASE": datetime(published.year, published.month, published.day),
            "PREFER_DATES_FROM": "past",
        }
        grain = date_data_parser(languages=["en"], settings=settings)
        rows, at = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            period = grain.get_date_data(words).period or "day"
            value = moment.strftime(forms.get(period, "%Y-%m-%d"))
            rows.append({"start": start, "end": at, "type": "DATE", "value": value, "text": words})
        return rows

    return find


def predict(rows: list[Row], find: Finder) -> list[Row]:
    """The expressions of each document, by its own offsets."""
    return [{"id": row["id"], "times": find(row["text"], date.fromisoformat(row["published"][:10]))} for row in rows]


def score(gold: list[Row], predicted: list[Row], errors: bool = False) -> str:
    """What the corpora's own scorer says."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.jsonl", "predicted.jsonl")]
        for path, rows in zip(paths, (gold, predicted), strict=True):
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        scorer = str(SHARED / "score" / "score_times.py")
        command = [sys.executable, scorer, *map(str, paths), *(["--errors"] if errors else [])]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def days_right(gold: list[Row], predicted: list[Row]) -> float:
    """The share of the day-valued gold expressions that were found whose day is right."""
    found = right = 0
    for row, guess in zip(gold, predicted, strict=True):
        for want in row["times"]:
            if not re.match(r"\d{4}-\d\d-\d\d", want["value"]):
                continue
            over = [t for t in guess["times"] if t["start"] < want["end"] and t["end"] > want["start"]]
            found += bool(over)
            right += any(t["value"][:10] == want["value"][:10] for t in over)
    return right / found if found else 0.0


def halves() -> dict[str, list[Row]]:
    """The corpora, TimeBank as its even- and odd-numbered documents."""
    read = {
        corpus: [
            row
            for line in (SHARED / "corpora" / f"tempeval3-{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
            if (row := json.loads(line))["id"] != REPEATED
        ]
        for corpus in ("aquaint", "timebank")
    }
    return {
        "AQUAINT": read["aquaint"],
        "TimeBank, even": read["timebank"][::2],
        "TimeBank, odd": read["timebank"][1::2],
    }


def measure(rows: list[Row], find: Finder, errors: bool = False) -> dict[str, float]:
    """Relaxed, strict, type and value F1, the share of days right, and words a second; prints the errors if asked."""
    began = time.process_time()
    predicted = predict(rows, find)
    speed = sum(len(row["text"].split()) for row in rows) / (time.process_time() - began)
    report = score(rows, predicted, errors)
    if errors:
        print(report)
    found = _FIGURES.search(report)
    assert found is not None, report
    strict, relaxed, kind, value = map(float, found.groups())
    days = days_right(rows, predicted)
    return {"relaxed": relaxed, "strict": strict, "type": kind, "value": value, "days": days, "words/s": speed}


def days_told(seen: bool) -> float:
    """On a half of our own news: of the days beside a marked happening in a sentence, the share that is its day."""
    parser = Parser.load()
    told = right = 0
    for row in first_stories():
        if is_seen(row) != seen:
            continue
        story = as_story(row)
        sentences = parser.parse(split(story))
        found = [t for t in find_times(sentences, story.published, True) if re.match(r"\d{4}-\d\d-\d\d", t.value)]
        for marked, trigger in _short_happenings(row):
            own = next(
                (s for s in sentences if s.part == trigger["part"] and s.start <= trigger["start"] < s.end), None
            )
            inside = [t for t in found if own and t.part == own.part and own.start <= t.start < own.end]
            interval = interval_of_expression(inside[0], story.published) if len(inside) == 1 else None
            if interval:
                told += 1
                right += interval[0] <= marked[1] and marked[0] <= interval[1]
    return right / told if told else 0.0


def _short_happenings(row: Row) -> Iterator[tuple[tuple[date, date], Row]]:
    """The marked intervals of at most four days of a story, each with each of its triggers."""
    for event in row["events"]:
        if event["start"] and event["end"]:
            first, last = date.fromisoformat(event["start"]), date.fromisoformat(event["end"])
            if (last - first).days <= 3:
                yield from (((first, last), trigger) for trigger in event["triggers"])


def figures(find: Finder | None = None) -> dict[str, float]:
    """Relaxed and value F1 and the days of each corpus and half, for the floors. Needs ../shared."""
    of_a_peer = find is not None
    find = find or ours(parsed=True)
    measured = {corpus.lower().replace(", ", "_"): measure(rows, find) for corpus, rows in halves().items()}
    found = {
        f"times.{corpus}.{name}": row[key]
        for corpus, row in measured.items()
        for name, key in (("relaxed_f1", "relaxed"), ("value_f1", "value"), ("days_right", "days"))
    }
    return found if of_a_peer else found | {"times.own_news_unseen.days_told": days_told(seen=False)}


def beside() -> dict[str, dict[str, float]]:
    """The same figures of dateparser, where it is installed."""
    return {"dateparser": figures(dateparsers())} if find_spec("dateparser") else {}


def main() -> None:
    """Print the figures of each corpus and half."""
    finders = {"ours": ours("--unparsed" not in sys.argv)}
    if find_spec("dateparser") and "--no-peer" not in sys.argv:
        finders["dateparser"] = dateparsers()
    print(f"{'':12}{'corpus':16}{'relaxed':>9}{'strict':>9}{'type':>9}{'value':>9}{'days':>9}{'words/s':>10}")
    for name, find in finders.items():
        for corpus, rows in halves().items():
            *shares, speed = measure(rows, find, "--errors" in sys.argv and corpus != "TimeBank, odd").values()
            print(f"{name:12}{corpus:16}" + "".join(f"{share:9.3f}" for share in shares) + f"{speed:10.0f}")
    print("days told, own news: " + ", ".join(f"{half} {days_told(half == 'seen'):.3f}" for half in ("seen", "unseen")))


if __name__ == "__main__":
    main()
