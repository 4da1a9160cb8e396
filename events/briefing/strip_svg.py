"""The timeline strip as an SVG picture: each event's badge over the day it began, what lies ahead beyond a dotted line.

A short span has a column for each day. A longer one has columns only for days on which something began, with gaps in
the axis where days are passed over: proportion is lost, and said so by the gap; no event is squeezed out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from events.briefing.briefing import Entry
from events.briefing.map_svg import badge_svg
from events.briefing.svg_text import FAMILIES, text, width
from events.look import wording
from events.look.theme import Theme

MOST_DAYS = 44  # a column each
RADIUS, STEP = 10.0, 23.0  # px, of a badge; from one to the next
SMALL = 0.74  # how much smaller badges are where they would be stacked too high
MOST_ROWS = 5
LABEL_SIZE = 13.0
AXIS_ROOM = 26.0  # px below the axis, for its labels
LANE, MOST_LANES = 4.0, 4  # px a lane of intervals
HEAD = 14.0  # px above the stacks


@dataclass(frozen=True, slots=True)
class Column:
    """A day on the strip with the events that began on it. `after_gap`: whether days were passed over before it."""

    day: date
    entries: tuple[Entry, ...]
    after_gap: bool = False


def strip_svg(entries: Sequence[Entry], as_of: date | None, theme: Theme, wide: float = 1000.0) -> str:
    """The strip of dated events, so many pixels wide; "" where none is dated."""
    columns = columns_of(entries)
    if not columns:
        return ""
    room = wide / len(columns)
    stacks = [_stack(column, room) for column in columns]
    if any(per_row == 0 for _, per_row, _ in stacks):  # columns of busy days alone are wider: fewer pills, if any
        columns = columns_of(entries, every_day=False)
        room = wide / len(columns)
        stacks = [_stack(column, room) for column in columns]
    lanes = _lanes(columns, room)
    lane_room = LANE * min(MOST_LANES, 1 + max(lane for *_, lane in lanes)) + 2 if lanes else 0.0
    tallest = max(height for _, _, height in stacks)
    axis = HEAD + tallest + lane_room + 6
    parts = [
        *_axis(columns, room, axis, theme),
        *_ahead(columns, room, axis, as_of, theme),
        *(_interval(*lane, axis, theme) for lane in lanes if lane[3] < MOST_LANES),
    ]
    for at, (column, (size, per_row, _)) in enumerate(zip(columns, stacks, strict=True)):
        parts += _badges(column, (at + 0.5) * room, axis - lane_room - 4, size, per_row, theme)
    several_years = columns[0].day.year != columns[-1].day.year
    parts += _years(columns, room, axis, theme) if several_years else ()
    height = axis + AXIS_ROOM + (14.0 if several_years else 0.0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {height:.1f}" width="{wide:g}" '
        f'height="{height:.1f}" font-family="{FAMILIES}">{"".join(parts)}</svg>'
    )


def columns_of(entries: Sequence[Entry], *, every_day: bool = True) -> list[Column]:
    """The columns of a strip, in order of days.

    A column for each day of a short span, where every_day is wanted; else for each day on which an event began.
    """
    starts = sorted({entry.when.start for entry in entries if entry.when})
    if not starts:
        return []
    whole = every_day and (starts[-1] - starts[0]).days < MOST_DAYS
    days = [starts[0] + timedelta(at) for at in range((starts[-1] - starts[0]).days + 1)] if whole else starts
    begun = {day: tuple(entry for entry in entries if entry.when and entry.when.start == day) for day in starts}
    gaps = [False, *((later - day).days > 1 for day, later in pairwise(days))]
    return [Column(day, begun.get(day, ()), gap) for day, gap in zip(days, gaps, strict=True)]


def ranges(numbers: Sequence[int]) -> str:
    """Numbers as one writes them in short.

    >>> ranges([2, 3, 4, 7, 9, 10])
    '2–4, 7, 9–10'
    """
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    found = [[number for _, number in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)


def _stack(column: Column, room: float) -> tuple[float, int, float]:
    """How large the badges of a column are, how many stand in a row, and how high they stand; 0 a row for a pill."""
    for size in (1.0, SMALL):
        step = STEP * size
        per_row = max(1, int(room // step))
        rows = -(-len(column.entries) // per_row)
        if rows <= MOST_ROWS and (step <= room + 1 or len(column.entries) < 2 or size == SMALL):
            return size, per_row, rows * step
    return 1.0, 0, 3 * STEP


def _badges(column: Column, x: float, foot: float, size: float, per_row: int, theme: Theme) -> Iterator[str]:
    step, count = STEP * size, len(column.entries)
    if count and not per_row:
        yield _pill(column, x, foot, theme)
        return
    for at, entry in enumerate(column.entries):
        row, place = divmod(at, per_row)
        in_row = min(per_row, count - row * per_row)
        yield badge_svg(entry, x + (place - (in_row - 1) / 2) * step, foot - (row + 0.5) * step, theme, RADIUS * size)


def _pill(column: Column, x: float, foot: float, theme: Theme) -> str:
    """What stands for more events than a column has room for: a bar with their numbers beside it."""
    said = ranges([entry.number for entry in column.entries if entry.number])
    high = 2 * STEP
    label = text(said, x, foot - high - 7, LABEL_SIZE, theme.ink, weight=600, anchor="middle", halo=theme.page)
    count = text(str(len(column.entries)), x, foot - high / 2 + 5, LABEL_SIZE, theme.page, weight=600, anchor="middle")
    bar = f'<rect x="{x - 13:.1f}" y="{foot - high:.1f}" width="26" height="{high:g}" rx="3" fill="{theme.soft}"/>'
    return bar + count + label


def _axis(columns: Sequence[Column], room: float, axis: float, theme: Theme) -> Iterator[str]:
    """The axis, broken where days are passed over, and its days: those with events in ink, others where there is room."""
    stroke = f'stroke="{theme.ink}" stroke-width="1.3"'
    for first, last in _stretches(columns):
        yield f'<path d="M{first * room + 2:.1f} {axis:.1f}H{(last + 1) * room - 2:.1f}" {stroke} fill="none"/>'
    free_from = 0.0
    busy = [column for column in columns if column.entries]
    every = max(1, round(len(columns) / 14))
    for at, column in enumerate(columns):
        x = (at + 0.5) * room
        yield f'<path d="M{x:.1f} {axis:.1f}v5" {stroke} fill="none"/>'
        said = wording.day(column.day)
        wide = width(said, LABEL_SIZE, semibold=bool(column.entries)) + 7
        wanted = bool(column.entries) or at % every == 0
        blocked = not column.entries and _near_busy(columns, at, wide / room)
        if wanted and not blocked and x - wide / 2 >= free_from - 0.5:
            free_from = x + wide / 2
            shown = min(max(x, wide / 2 - 3), len(columns) * room - wide / 2 + 3)
            yield text(
                said, shown, axis + 20, LABEL_SIZE, theme.ink if column.entries else theme.soft,
                weight=600 if column.entries and len(busy) < len(columns) else 400, anchor="middle",
            )  # fmt: skip


def _years(columns: Sequence[Column], room: float, axis: float, theme: Theme) -> Iterator[str]:
    """The year under the first of its days, where there are several."""
    for at, column in enumerate(columns):
        if not at or columns[at - 1].day.year != column.day.year:
            yield text(
                str(column.day.year),
                max(16.0, (at + 0.5) * room),
                axis + 35,
                LABEL_SIZE - 1,
                theme.soft,
                anchor="middle",
            )


def _near_busy(columns: Sequence[Column], at: int, reach: float) -> bool:
    """Whether a day with events stands so near that the label of an empty one would take its place."""
    span = int(reach)
    return any(columns[n].entries for n in range(max(0, at - span), min(len(columns), at + span + 1)) if n != at)


def _stretches(columns: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """The first and last columns between gaps."""
    first = 0
    for at, column in enumerate(columns):
        if column.after_gap:
            yield first, at - 1
            first = at
    yield first, len(columns) - 1


def _ahead(columns: Sequence[Column], room: float, axis: float, as_of: date | None, theme: Theme) -> Iterator[str]:
    """A dotted line where the known ends and what lies ahead begins; none where all is on one side."""
    past = sum(column.day <= as_of for column in columns) if as_of else 0
    if 0 < past < len(columns) and any(column.entries for column in columns[past:]):
        x = past * room
        yield f'<path d="M{x:.1f} 4V{axis:.1f}" stroke="{theme.soft}" stroke-dasharray="1.5 4" stroke-linecap="round"/>'
        yield text("ahead", x + 6, 12, 11.5, theme.soft, italic=True)


def _lanes(columns: Sequence[Column], room: float) -> list[tuple[Entry, float, float, int]]:
    """The events that last longer than a day, with where they begin and end, and a lane in which each has room."""
    ends: list[float] = []
    found = []
    for at, column in enumerate(columns):
        for entry in column.entries:
            if entry.when is None or entry.when.end == entry.when.start:
                continue
            last = max(n for n, other in enumerate(columns) if other.day <= entry.when.end)
            beyond = entry.when.end > columns[-1].day
            start, end = (at + 0.5) * room, (last + 0.5) * room if not beyond else len(columns) * room
            if end - start < 4:
                end = min(len(columns) * room, start + room * 0.45)
            lane = next((n for n, taken in enumerate(ends) if taken < start - 3), len(ends))
            ends[lane : lane + 1] = [end]
            found.append((entry, start, end, lane))
    return found


def _interval(entry: Entry, start: float, end: float, lane: int, axis: float, theme: Theme) -> str:
    y = axis - 4 - lane * LANE
    dash = ' stroke-dasharray="5 3"' if entry.status in {"planned", "cancelled"} else ""
    return (
        f'<path d="M{start:.1f} {y:.1f}H{end:.1f}" stroke="{theme.families[entry.family]}" stroke-width="2.4" '
        f'fill="none" stroke-linecap="round"{dash}/>'
    )
