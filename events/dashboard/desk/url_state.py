"""The state of the page as the parameters of its address, both ways.

For links that show what the sender saw. What stands in an address comes from anybody: whatever is not understood is
passed over, never an error, and nothing of it is shown as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from events.attribute_sureness import ATTRIBUTES, Attribute
from events.dashboard.listing.table_rows import COLUMNS, ORDERS, USUAL_COLUMNS, USUAL_ORDER
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.view import Filter
from events.view.areas import Area
from events.view.filtering import Mark

Layout = Literal["cards", "beside", "below"]
LAYOUTS: tuple[Layout, ...] = ("cards", "beside", "below")
Room = Literal["story", "review", "feeds"]
ROOMS: tuple[Room, ...] = ("story", "review", "feeds")
TIMELINE = ("reported", "near")  # by the days of first reports; the chosen days up close
Params = dict[str, list[str]]
MOST_VALUES = 60
LONGEST_VALUE = 200
SURENESS_STEP, MOST_SURENESS = 0.05, 0.95  # what the slider can show
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)  # what the date inputs can show


@dataclass(frozen=True, slots=True)
class PageState:
    """What is chosen, which event is open, whether the page is laid out as a briefing, and how the events are listed.

    layout: as cards, or as a table beside or below the map. order: of the table, a key of `ORDERS`; columns: those shown.
    room: whether a story is read, events are reviewed or feeds looked after in place of the desk. timeline: how the
    timeline shows its days, of `TIMELINE`.
    """

    filter: Filter = field(default_factory=Filter)
    event: str | None = None
    briefing: bool = False
    layout: Layout = "cards"
    order: str = USUAL_ORDER
    columns: tuple[str, ...] = USUAL_COLUMNS
    room: Room | None = None
    timeline: tuple[str, ...] = ()


def to_params(state: PageState) -> Params:
    """The parameters of a state; what is not chosen has none.

    >>> to_params(PageState(Filter(start=date(2025, 3, 4), statuses=("planned", "alleged")), event="ev7"))
    {'from': ['2025-03-04'], 'status': ['planned', 'alleged'], 'event': ['ev7']}
    """
    chosen = {name: [value] if isinstance(value, str) else value for name, value in state.filter.by_option().items()}
    shown: dict[str, Sequence[str | None]] = {
        "event": [state.event],
        "view": ["briefing" if state.briefing else state.room],
        "table": [state.layout if state.layout != "cards" else None],
        "sort": [state.order if state.order != USUAL_ORDER else None],
        "column": state.columns if state.columns != USUAL_COLUMNS else (),
        "timeline": state.timeline,
    }
    params = {**chosen, **shown}
    return {name: kept for name, values in params.items() if (kept := [value for value in values if value])}


def from_params(params: Mapping[str, Sequence[str]]) -> PageState:
    """The state that parameters describe. Unknown names, types, statuses and dates are passed over.

    >>> from_params({"to": ["2025-03-21"], "status": ["planned", "<b>"], "view": ["briefing"]}).filter.statuses
    ('planned',)
    """
    return PageState(
        filter=_filter(params),
        event=_first(params, "event"),
        briefing=_first(params, "view") == "briefing",
        room=next((room for room in ROOMS if room == _first(params, "view")), None),
        layout=next((layout for layout in LAYOUTS if layout == _first(params, "table")), "cards"),
        order=next((order for order in ORDERS if order == _first(params, "sort")), USUAL_ORDER),
        columns=_known(params, "column", tuple(COLUMNS)) or USUAL_COLUMNS,
        timeline=_known(params, "timeline", TIMELINE),
    )


def _filter(params: Mapping[str, Sequence[str]]) -> Filter:
    """The choices under the names of `Filter.by_option`."""
    start, end = _days(params, "from", "to")
    changed_from, changed_to = _days(params, "changed-from", "changed-to")
    return Filter(
        start=start,
        end=end,
        regions=_values(params, "region"),
        families=_known(params, "family", FAMILIES),
        types=_known(params, "type", tuple(TYPES)),
        statuses=_known(params, "status", STATUSES),
        words=_first(params, "words") or "",
        sources=_values(params, "source"),
        sureness=_share(_first(params, "sure")),
        sure_of=_sure_of(_values(params, "sure-of")),
        not_regions=_values(params, "not-region"),
        not_families=_known(params, "not-family", FAMILIES),
        not_types=_known(params, "not-type", tuple(TYPES)),
        not_statuses=_known(params, "not-status", STATUSES),
        not_sources=_values(params, "not-source"),
        changed_from=changed_from,
        changed_to=changed_to,
        since=_mark(_first(params, "since")),
        area=Area.parse(next(iter(params.get("area", ())), "")),
    )


def _values(params: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    values = [value[:LONGEST_VALUE] for value in params.get(name, ())[:MOST_VALUES] if value]
    return tuple(dict.fromkeys(values))


def _known(params: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> tuple[str, ...]:
    asked = set(_values(params, name))
    return tuple(value for value in known if value in asked)


def _first(params: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(_values(params, name)), None)


def _days(params: Mapping[str, Sequence[str]], first: str, last: str) -> tuple[date | None, date | None]:
    """Two days, the earlier one first; None for one that is missing or none."""
    start, end = _day(params.get(first, ())), _day(params.get(last, ()))
    return (end, start) if start and end and end < start else (start, end)


def _day(values: Sequence[str]) -> date | None:
    try:
        day = date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def _share(text: str | None) -> float:
    """A sureness that the slider can show; 0 for what is none."""
    try:
        share = float(text or 0)
    except ValueError:
        return 0.0
    if not 0 < share <= 1:
        return 0.0
    return min(MOST_SURENESS, round(round(share / SURENESS_STEP) * SURENESS_STEP, 2))


def _sure_of(texts: Sequence[str]) -> tuple[tuple[Attribute, float], ...]:
    """How sure single attributes must be, in the order of the page; of one that is named twice, the last counts.

    >>> _sure_of(["date:0.8", "place:nan", "who:1"])
    (('date', 0.8),)
    """
    named = dict(text.partition(":")[::2] for text in texts)
    return tuple((name, least) for name in ATTRIBUTES if (least := _share(named.get(name))))


def _mark(text: str | None) -> Mark | None:
    """A mark of the store's, "36.12"; None for what is none."""
    parts = (text or "").split(".")
    understood = len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts)
    return Mark(int(parts[0]), int(parts[1])) if understood else None
