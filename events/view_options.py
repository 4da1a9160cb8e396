"""The options by which the command line narrows down a view: written once, for every command that takes one.

For `export`, `brief` and their like. They are the choices of the page under the same names; a region may be named as people
name it. What can't be understood ends in typer's own complaint, exit status 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, get_type_hints

import typer

from events.attribute_sureness import ATTRIBUTES, Attribute
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.store_options import AnyStore
from events.view import Filter
from events.view.areas import Area
from events.view.regions import Regions, region_names
from geodata.atlas import Atlas
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

DAY = "%Y-%m-%d"

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


@dataclass(frozen=True, kw_only=True)
class ViewOptions:
    """What is asked of a view, as it was typed. A field is an option of each command that `takes_a_view`."""

    store: AnyStore = None
    start: From = None
    end: To = None
    regions: RegionNames = None
    types: TypeNames = None
    statuses: StatusNames = None
    words: Words = ""
    sources: SourceNames = None
    area: AreaText = ""
    not_regions: NotRegionNames = None
    not_types: NotTypeNames = None
    not_statuses: NotStatusNames = None
    not_sources: NotSourceNames = None
    sure: Sure = 0.0
    sure_of: SureOf = None

    def filter(self, atlas: Regions | None = None) -> Filter:
        """The filter that they describe. atlas: for the names of regions; the gazetteer's own where none is given.

        Types, families and statuses may stand in any case, several in one option parted by commas.
        Raises typer.BadParameter, which names what is near.

        >>> ViewOptions(end=datetime(2025, 3, 9), types=["protest, incident"], statuses=["Planned"]).filter().types
        ('PROTEST',)
        """
        start, end = _day(self.start), _day(self.end)
        if start and end and end < start:
            raise typer.BadParameter(f"{end} is before {start}", param_hint="--to")
        families, types = _kinds(self.types, "--type")
        not_families, not_types = _kinds(self.not_types, "--not-type")
        return Filter(
            start=start, end=end, families=families, types=types, words=self.words,
            regions=_region_ids(self.regions, atlas, "--region"), statuses=_statuses(self.statuses, "--status"),
            sources=tuple(dict.fromkeys(self.sources or ())), area=_area(self.area),
            sureness=self.sure, sure_of=_sure_of(self.sure_of), not_families=not_families, not_types=not_types,
            not_regions=_region_ids(self.not_regions, atlas, "--not-region"),
            not_statuses=_statuses(self.not_statuses, "--not-status"),
            not_sources=tuple(dict.fromkeys(self.not_sources or ())),
        )  # fmt: skip


def takes_a_view(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options of a view before its own; it is given them as one value, its first argument."""
    hints = get_type_hints(ViewOptions, include_extras=True)
    asked = [
        Parameter(each.name, Parameter.KEYWORD_ONLY, default=each.default, annotation=hints[each.name])
        for each in fields(ViewOptions)
    ]
    _, *own = signature(command, eval_str=True).parameters.values()

    @wraps(command)
    def run(**given: Any) -> None:
        options = ViewOptions(**{each.name: given.pop(each.name) for each in asked})
        command(options, **given)

    named = Signature([*asked, *(each.replace(kind=Parameter.KEYWORD_ONLY) for each in own)])
    vars(run)["__signature__"] = named  # which typer reads
    return run


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
