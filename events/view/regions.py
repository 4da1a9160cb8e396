"""The regions that events can be filtered by: which of them a place touches, their names, their tree.

For `events.view.table`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from events.store.columns.columns import PlaceKey
from geodata.atlas import Region, RegionKind
from geodata.place import PRECISION_OF, Kind, Place

KIND_IN_NAME: Mapping[RegionKind, str] = {"un-region": "UN", "region": "region"}  # where two regions share a name


class Regions(Protocol):
    """What the table needs of an atlas."""

    def tree(self) -> tuple[Region, ...]:
        """All regions."""

    def regions_of(self, place: Place) -> frozenset[str]:
        """The ids of the regions that a place touches."""


class Places(Protocol):
    """What the table needs of a gazetteer."""

    def place(self, place_id: str) -> Place | None:
        """The place of this id."""


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region that can be chosen, in the order of a tree: `depth` 0 for a continent, a sea or a named region."""

    id: str
    name: str
    kind: RegionKind
    depth: int


def region_names(tree: Iterable[Region]) -> dict[str, str]:
    """The names of regions by id; of regions that share a name, those that are no country or continent say their kind.

    >>> region_names([Region("un:155", "Western Europe", "un-region", None), Region("sea:b", "Black Sea", "sea", None),
    ...     Region("region:western-europe", "Western Europe", "region", None)])
    {'un:155': 'Western Europe (UN)', 'sea:b': 'Black Sea', 'region:western-europe': 'Western Europe (region)'}
    """
    regions = tuple(tree)
    times = Counter(region.name for region in regions)
    return {
        region.id: f"{region.name} ({KIND_IN_NAME[region.kind]})"
        if times[region.name] > 1 and region.kind in KIND_IN_NAME
        else region.name
        for region in regions
    }


def regions_of_places(keys: Iterable[PlaceKey], atlas: Regions, gazetteer: Places) -> list[frozenset[str]]:
    """The ids of the regions that each place touches."""
    return [atlas.regions_of(_as_place(key, gazetteer)) for key in keys]


def _as_place(key: PlaceKey, gazetteer: Places) -> Place:
    """The gazetteer's place, or, for one that it does not have, what the event itself says."""
    found = gazetteer.place(key.place_id) if key.place_id else None
    if found is not None:
        return found
    kind: Kind = next(kind for kind, precision in PRECISION_OF.items() if precision == key.precision)
    countries = (key.country,) if key.country else ()
    place_id = key.place_id or f"event:{key.name}:{key.lat}:{key.lon}"
    return Place(place_id, key.name, key.lat, key.lon, kind, key.radius_km, key.country, countries)


def tree_of(regions: Sequence[Region], used: set[str], names: Mapping[str, str]) -> tuple[RegionChoice, ...]:
    """The regions that events touch: each continent with what lies in it, then seas, then named regions."""
    inside: dict[str | None, list[Region]] = {}
    for region in regions:
        if region.id in used:
            inside.setdefault(region.parent, []).append(region)

    def below(parent: str | None, kinds: set[RegionKind], depth: int) -> Iterable[RegionChoice]:
        for region in inside.get(parent, []):
            if region.kind in kinds:
                yield RegionChoice(region.id, names[region.id], region.kind, depth)
                yield from below(region.id, {"un-region", "country"}, depth + 1)

    return (*below(None, {"continent"}, 0), *below(None, {"sea"}, 0), *below(None, {"region"}, 0))
