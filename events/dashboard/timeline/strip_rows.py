"""The rows of the timeline: its bars, counts and words, each with all that is drawn of it worked out.

For the timeline and the briefing; `strip_chart` says how they are drawn. Vega keeps the marks of rows that went, up to ten
thousand in each group of marks, and a trace of every row that it copied to work something out for it: on a page that is open
all day, hundreds of megabytes. So a row has a key, by which the next row of that key takes over its mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from events.look import wording
from events.view import Bars
from events.view.bars import Unit, bin_end, bin_start

LEFT_OUT = "left out"
HIGH = 0.6  # share of the strip's height from which a bar with its count is in the way of words above it
HEADROOM = 1.34  # of the highest bar, for counts and words over it
LEAST_TOP = 4.0
LABEL_WIDTH = 82.0  # px that "newest story" takes with the gap to its line and half a bar
DIGIT = 6.2  # px, the width of a figure of a count
LEVEL = 0.2  # of the highest bar: counts of bars that differ by more stand above one another, not side by side
MOST_COUNTED = 34  # bars that have room for their count over them
FOOT = 0.79  # of the strip's height: where the line begins that leads from an open event's number down to its bar
DAY_MS = 86_400_000
BIN_MS: dict[Unit, int] = {"day": DAY_MS, "week": 7 * DAY_MS, "month": 30 * DAY_MS}
COLUMNS = ("layer", "day", "until", "when", "family", "told", "count", "lower", "upper", "top", "label")
Row = dict[str, Any]
Days = tuple[date, date]


def rows(drawn: Bars, days: Days, newest: date | None, opened: tuple[date, int] | None) -> pd.DataFrame:
    """The rows of all layers. newest: the day of the newest story; opened: the first day and the number of the open event."""
    bars = _segments(drawn)
    totals = _totals(bars, everything=True)
    top = max(LEAST_TOP, float(max(totals.values(), default=0))) * HEADROOM
    marked = milliseconds(bin_start(opened[0], drawn.unit)) if opened else None
    found: list[Row] = [*bars, {"layer": "top", "day": milliseconds(days[0]), "top": top}]
    if bin_count(days, drawn.unit) <= MOST_COUNTED:
        counts = {day: count for day, count in _totals(bars, everything=False).items() if day != marked}
        found += [
            {"layer": "count", "day": day, "top": totals[day], "label": f"{counts[day]}", "until": width}
            for day, width in count_room(counts, days).items()
        ]
    if newest and days[0] <= newest <= days[1]:
        middle = milliseconds(bin_start(newest, drawn.unit)) + BIN_MS[drawn.unit] // 2
        found.append({"layer": "newest", "day": float(middle), "top": top})
        high = [_date(day) for day, count in totals.items() if day == marked or count > HIGH * top]
        side, width = label_room(newest, high, days)
        label = {"day": float(middle), "top": top, "label": "newest story", "until": width}
        found.append({"layer": f"newest {side}", **label})
    if opened and marked in totals:
        line = {"lower": totals[marked], "upper": FOOT * top}
        found.append({"layer": "open", "day": marked, "top": top, "label": str(opened[1]), **line})
    found += [_span(span, days) for span in drawn.spans]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.assign(key=frame.groupby("layer").cumcount())


def bin_count(days: Days, unit: Unit) -> int:
    """About how many bars there is room for."""
    return max(1, round(((days[1] - days[0]).days + 1) * DAY_MS / BIN_MS[unit]))


def label_room(newest: date, high: Sequence[date], days: Days) -> tuple[Literal["left", "right"], float]:
    """On which side of its line the words "newest story" begin ("left") or end, and how many pixels wide the strip must
    then be for them to meet no high bar and no end. high: the days of high bars.

    >>> label_room(date(2025, 3, 5), [date(2025, 3, 4)], (date(2025, 3, 1), date(2025, 3, 20)))
    ('left', 105.8)
    """
    whole = (days[1] - days[0]).days + 1
    after = min([(day - newest).days for day in high if day > newest] + [(days[1] - newest).days + 1])
    before = min([(newest - day).days for day in high if day <= newest] + [(newest - days[0]).days + 1])
    room = {"left": after - 0.5, "right": before + 0.5}  # days, from the line to the middle of the next high bar
    side: Literal["left", "right"] = "left" if room["left"] >= room["right"] else "right"
    return side, round(LABEL_WIDTH * whole / max(0.1, room[side]), 1)


def count_room(counts: dict[float, int], days: Days) -> dict[float, float]:
    """How many pixels wide the strip must be for each bar's count to stand clear of the next bars' higher ones.

    >>> count_room({0.0: 43, 7.0 * DAY_MS: 42, 70.0 * DAY_MS: 9}, (date(2025, 1, 1), date(2025, 3, 21)))
    {0.0: 0.0, 604800000.0: 177.1, 6048000000.0: 0.0}
    """
    whole = milliseconds(days[1]) - milliseconds(days[0]) + DAY_MS
    ordered = sorted(counts)
    room = dict.fromkeys(ordered, 0.0)
    for day, later in pairwise(ordered):
        less = later if counts[later] <= counts[day] else day
        wide = DIGIT * (len(f"{counts[day]}") + len(f"{counts[later]}")) / 2 + DIGIT / 2
        if abs(counts[later] - counts[day]) <= LEVEL * max(counts.values()):
            room[less] = max(room[less], round(wide * whole / (later - day), 1))
    return room


def milliseconds(day: date) -> float:
    """Midnight in UTC since 1970: a bare time would be read in the viewer's own zone.

    >>> milliseconds(date(1970, 1, 2))
    86400000.0
    """
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


def _date(at: float) -> date:
    return datetime.fromtimestamp(at / 1000, tz=UTC).date()


def _segments(drawn: Bars) -> list[Row]:
    """The segments of all bars, each upon those of its bin that came before."""
    found: list[Row] = []
    for one in drawn.bins:
        below = found[-1] if found and found[-1]["day"] == milliseconds(one.day) else None
        lower = below["upper"] if below else 0
        found.append({
            "layer": "bar", "day": milliseconds(one.day), "when": wording.days(one.day, bin_end(one.day, drawn.unit)),
            "family": one.family or LEFT_OUT, "told": "fact" if one.fact else "other", "count": one.count,
            "lower": lower, "upper": lower + one.count,
        })  # fmt: skip
    return found


def _span(span: tuple[date, date, int], days: Days) -> Row:
    start, end, count = span
    first, last = max(start, days[0]), min(end, days[1])
    return {
        "layer": "span", "day": milliseconds(first), "until": milliseconds(last) + DAY_MS, "count": count,
        "when": wording.days(start, end),
    }  # fmt: skip


def _totals(bars: Sequence[Row], *, everything: bool) -> dict[float, int]:
    totals: dict[float, int] = {}
    for bar in bars:
        if everything or bar["family"] != LEFT_OUT:
            totals[bar["day"]] = totals.get(bar["day"], 0) + bar["count"]
    return totals
