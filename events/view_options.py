"""The options by which the command line narrows down a view, and the view that they select.

For `export`, `brief` and any command that takes a view. They are the choices of the page under the same names; a region
may be named as people name it. What can't be understood ends in typer's own complaint, exit status 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.store import Store, default_url
from events.store.archive.dataset import is_archive
from events.store.columns.attribute_sureness import ATTRIBUTES, Attribute
from events.view import EventTable, Filter, View, select
from events.view.areas import Area
from events.view.regions import Regions, region_names
from events.view.stored import table_of
from geodata.atlas import Atlas
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

DAY = "%Y-%m-%d"
SQLITE = "sqlite:///"

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL",
        help="A file, an SQLAlchemy URL or the folder of a dataset; else DATELINE_STORE, else your data folder.",
    ),
]  # fmt: skip
From = Annotated[
    datetime | None,
    typer.Option("--from", formats=[DAY], metavar="YYYY-MM-DD", help="Events that last until this day or later."),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", formats=[DAY], metavar="YYYY-MM-DD", help="Events that begin on this day or earlier."),
]
RegionNames = Annotated[
    list[str] | None,
    typer.Option(
        "--region", metavar="NAME", help='A continent, country, sea or region: "Baltic Sea". May be repeated.'
    ),
]
TypeNames = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help="PROTEST and the like, or a family: incident. May be repeated."),
]
StatusNames = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATUS", help=f"{', '.join(STATUSES)}. May be repeated.")
]
Words = Annotated[
    str, typer.Option("--words", metavar="WORDS", help="All of them occur in the event, its place or its quotes.")
]
SourceNames = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="An outlet that reports it. May be repeated.")
]
AreaText = Annotated[
    str,
    typer.Option(
        "--area", metavar="AREA",
        help="What stands in a polygon (lon,lat;lon,lat;lon,lat;…) or a circle (lon,lat,km), as area= in the page's address.",
    ),
]  # fmt: skip
Sure = Annotated[
    float,
    typer.Option(
        "--sure", min=0.0, max=1.0, metavar="SHARE", help="How sure an event and its place must be, from 0 to 1."
    ),
]
SureOf = Annotated[
    list[str] | None,
    typer.Option(
        "--sure-of", metavar="ATTRIBUTE:SHARE",
        help=f"How sure one attribute must be by itself ({', '.join(ATTRIBUTES)}), as in place:0.8. May be repeated.",
    ),
]  # fmt: skip
NotRegionNames = Annotated[
    list[str] | None, typer.Option("--not-region", metavar="NAME", help="Leaves out what touches it. May be repeated.")
]
NotTypeNames = Annotated[
    list[str] | None, typer.Option("--not-type", metavar="TYPE", help="Leaves out a type or a family. May be repeated.")
]
NotStatusNames = Annotated[
    list[str] | None,
    typer.Option("--not-status", metavar="STATUS", help="Leaves out what is so told. May be repeated."),
]
NotSourceNames = Annotated[
    list[str] | None,
    typer.Option("--not-source", metavar="NAME", help="Leaves out what this outlet reports. May be repeated."),
]


@dataclass(frozen=True)
class Selected:
    """A view of a store, with what it was selected from: the store, the table, the gazetteer, and how many stories there
    are. Its events are read from the store when they are looked at; with `with`, the store is closed in the end.
    """

    view: View
    table: EventTable
    gazetteer: Gazetteer
    stories: int
    store: Store
    elsewhere: int = 0  # events of the store that were not read, for they stand far from the area that is asked for

    def __enter__(self) -> Selected:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()


def selected(store: str | None, chosen: Filter, *, near: bool = False) -> Selected:
    """The view that a filter (see `filter_of`) selects from a store. A store that isn't there is bad use, not made.

    near: where an area is chosen, read only what stands near it: quicker, and the table lacks the rest of the store.
    Raises StoreError and GazetteerError, whose messages say what to do, and typer.BadParameter.
    """
    _check_there(store)
    gazetteer = Gazetteer.open()
    kept = Store.open(store)
    table = table_of(kept, Atlas.open(gazetteer), gazetteer, chosen.area.box if near and chosen.area else None)
    elsewhere = kept.event_count() - len(table) if near and chosen.area else 0
    return Selected(select(table, chosen), table, gazetteer, kept.story_count(), kept, elsewhere)


def filter_of(
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    regions: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
    words: str = "",
    sources: Sequence[str] | None = None,
    area: str = "",
    sure: float = 0.0,
    sure_of: Sequence[str] | None = None,
    not_regions: Sequence[str] | None = None,
    not_types: Sequence[str] | None = None,
    not_statuses: Sequence[str] | None = None,
    not_sources: Sequence[str] | None = None,
    atlas: Regions | None = None,
) -> Filter:
    """The filter that the options describe. atlas: for the names of regions; the gazetteer's own where none is given.

    Types, families and statuses may stand in any case, several in one option parted by commas.
    Raises typer.BadParameter, which names what is near.

    >>> filter_of(end=datetime(2025, 3, 9), types=["protest, incident"], statuses=["Planned"]).types
    ('PROTEST',)
    """
    first, last = _day(start), _day(end)
    if first and last and last < first:
        raise typer.BadParameter(f"{last} is before {first}", param_hint="--to")
    families, kinds = _kinds(types, "--type")
    not_families, not_kinds = _kinds(not_types, "--not-type")
    return Filter(
        start=first,
        end=last,
        regions=_region_ids(regions, atlas, "--region"),
        families=families,
        types=kinds,
        statuses=_statuses(statuses, "--status"),
        words=words,
        sources=tuple(dict.fromkeys(sources or ())),
        area=_area(area),
        sureness=sure,
        sure_of=_sure_of(sure_of),
        not_regions=_region_ids(not_regions, atlas, "--not-region"),
        not_families=not_families,
        not_types=not_kinds,
        not_statuses=_statuses(not_statuses, "--not-status"),
        not_sources=tuple(dict.fromkeys(not_sources or ())),
    )


def _kinds(names: Sequence[str] | None, option: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The families and the types of these names, each in the order that the page has."""
    kinds = [_named(name, (*TYPES, *FAMILIES), option) for name in _parted(names)]
    return tuple(kind for kind in FAMILIES if kind in kinds), tuple(kind for kind in TYPES if kind in kinds)


def _statuses(names: Sequence[str] | None, option: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(name, STATUSES, option) for name in _parted(names)))


def _area(text: str) -> Area | None:
    area = Area.parse(text)
    if text and area is None:
        raise typer.BadParameter(f"{text!r} is neither lon,lat,km nor corners lon,lat;lon,lat;…", param_hint="--area")
    return area


def _sure_of(texts: Sequence[str] | None) -> tuple[tuple[Attribute, float], ...]:
    """How sure single attributes must be, in the order of the page."""
    found: dict[str, float] = {}
    for text in _parted(texts):
        name, _, share = text.partition(":")
        attribute = _named(name.strip(), ATTRIBUTES, "--sure-of")
        try:
            found[attribute] = float(share)
        except ValueError:
            found[attribute] = -1.0
        if not 0 <= found[attribute] <= 1:
            raise typer.BadParameter(f"{text!r} has no share from 0 to 1, as in place:0.8", param_hint="--sure-of")
    return tuple((name, found[name]) for name in ATTRIBUTES if found.get(name))


def _region_ids(names: Sequence[str] | None, atlas: Regions | None, option: str) -> tuple[str, ...]:
    """The ids of regions by name or by id."""
    if not names:
        return ()
    tree = (atlas or Atlas.open(Gazetteer.open())).tree()
    known = {fold(name): region_id for region_id, name in reversed(region_names(tree).items())}
    known |= {region.id.casefold(): region.id for region in tree}
    folded = {name: name.casefold() if name.casefold() in known else fold(name) for name in names}
    return tuple(dict.fromkeys(known[_named(folded[name], tuple(known), option, name)] for name in names))


def _named(name: str, known: Sequence[str], option: str, shown: str | None = None) -> str:
    """The known name that a name stands for, whatever its case."""
    by_case = {value.casefold(): value for value in known}
    if name.casefold() in by_case:
        return by_case[name.casefold()]
    near = get_close_matches(name.casefold(), list(by_case), n=3)
    advice = f"; near are: {', '.join(by_case[value] for value in near)}" if near else ""
    raise typer.BadParameter(f"{shown or name!r} is not known{advice}", param_hint=option)


def _parted(values: Sequence[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _check_there(store: str | None) -> None:
    """A mistyped name must not give an empty view of a store that was just made."""
    url = store or default_url()
    path = url.removeprefix(SQLITE)
    if "://" not in path and not Path(path).expanduser().is_file() and not is_archive(path):
        raise typer.BadParameter(
            f"there is no store at {path}: python -m events ingest makes one", param_hint="--store"
        )
