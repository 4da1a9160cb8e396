"""How the feeds are, in lines: for `python -m events watch --health` and the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from events.fetching.errors import printable
from events.watching.state import FeedState

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def in_short(seconds: float) -> str:
    """A duration in its largest unit.

    >>> in_short(5), in_short(150), in_short(7300), in_short(200_000)
    ('5 s', '2 min', '2 h', '2 d')
    """
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= size or size == 1)
    return f"{max(0, int(seconds)) // size} {unit}"


def health_lines(states: Sequence[FeedState], now: float, paused: Collection[str] = ()) -> list[str]:
    """A line a feed, those in trouble first, and one for all. now: seconds since 1970. paused: addresses left unasked.

    >>> health_lines([FeedState("https://example.org/feed", 60.0, asked_at=0.0, succeeded_at=0.0, asked=1)], 30)[0]
    'well     https://example.org/feed: last success 30 s ago, asked again in 30 s; asked 1 times, 0 unchanged, 0 errors; ...'
    """
    ordered = sorted(states, key=lambda state: (state.address in paused, not state.failures, state.address))
    asked = [state for state in states if state.address not in paused]
    return [*(_line(state, now, state.address in paused) for state in ordered), health_line(asked, now)]


def health_line(states: Sequence[FeedState], now: float) -> str:
    """All feeds in one line.

    >>> health_line([], 0)
    'no feeds are watched'
    """
    if not states:
        return "no feeds are watched"
    failing = sum(bool(state.failures) for state in states)
    waiting = sum(state.asked == 0 for state in states)
    well = [state for state in states if not state.failures and state.succeeded_at is not None]
    lag = max((now - state.succeeded_at for state in well if state.succeeded_at is not None), default=None)
    parts = [f"{len(states)} feeds: {len(well)} well, {failing} failing, {waiting} not asked yet"]
    if lag is not None:
        parts.append(f"of those that are well the longest wait is {in_short(lag)}")
    asked, errors = sum(state.asked for state in states), sum(state.errors for state in states)
    unchanged, size = sum(state.unchanged for state in states), sum(state.packed_bytes for state in states)
    parts.append(f"asked {asked:,} times, {unchanged:,} unchanged, {errors:,} errors, {size / 1e6:,.1f} MB")
    parts.append(_taken(states))
    return "; ".join(parts)


def _line(state: FeedState, now: float, is_paused: bool) -> str:
    mark = "paused" if is_paused else "failing" if state.failures else "well" if state.asked else "new"
    success = (
        f"last success {in_short(now - state.succeeded_at)} ago" if state.succeeded_at is not None else "never had"
    )
    again = f"asked again in {in_short(state.next_at - now)}" if state.next_at > now else "due"
    parts = [f"{mark:<8} {printable(state.address)}: {success}{'' if is_paused else f', {again}'}"]
    if state.failures:
        parts.append(f"{state.failures} failures in a row, the last: {printable(state.error)}")
    parts.append(f"asked {state.asked:,} times, {state.unchanged:,} unchanged, {state.errors:,} errors")
    parts.append(_taken([state]))
    if state.taken_seconds is not None:
        parts.append(f"{state.taken_seconds:.1f} s from feed to map the last time")
    if state.moved_to:
        parts.append(f"it has moved to {printable(state.moved_to)}")
    return "; ".join(parts)


def _taken(states: Sequence[FeedState]) -> str:
    stories, versions = sum(state.stories for state in states), sum(state.versions for state in states)
    return f"{stories:,} stories, {versions:,} new versions, {sum(state.events for state in states):,} events"
