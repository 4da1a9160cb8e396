"""What common use adds to the prior of a place: a big town before the province that bears its name, and a table of others.

For the build. "Kandahar" by itself is the city and not the province around it, "Sonora" the state and not a village in it;
"Washington" is the capital. Priors know sizes and ranks only; the difference is written into the file once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geodata.countries import rows
from geodata.file_format import NAME_KINDS
from geodata.folding import fold
from geodata.place import Place
from geodata.prior import prior
from geodata.records import Record, kilometres

SHARE = 0.08  # of the province's people: a town with so many gives the name its first sense
REACH_KM = 450.0
MARGIN = 0.15  # by how much the first place is put before the second
MOST = 2.0  # what a town may be raised by
_Names = dict[str, dict[int, int]]


def add_standing(records: list[Record], names: _Names) -> None:
    """Raise the places that use puts first, in the records themselves.

    names: folded name -> number of the record -> strength of the name (0 its own name); what the table calls a place by
    is added as its own name.
    """
    raised = dict[int, float]()
    for numbers in names.values():
        if len(numbers) > 1:
            _raise_towns(records, numbers, raised)
    for number, by in raised.items():
        _raise(records, number, by)
    numbers_of = {record.place.id: number for number, record in enumerate(records)}
    for row in rows("usage.tsv"):
        if row["id"] in numbers_of:
            _put_first(records, numbers_of[row["id"]], names.setdefault(fold(row["name"]), {}))


def _raise_towns(records: list[Record], numbers: Mapping[int, int], raised: dict[int, float]) -> None:
    own = [n for n, strength in numbers.items() if strength == 0]
    towns = [n for n in own if records[n].place.kind == "town" and not records[n].place.curated]
    provinces = [n for n in numbers if records[n].place.kind in {"province", "district"}]
    for number in towns:
        town = records[number].place
        above = [
            _prior(records, n, numbers) for n in provinces if _is_main_town(town, records[n].place)
        ]  # fmt: skip
        if above:
            by = max(above) + MARGIN - _prior(records, number, numbers)
            raised[number] = min(MOST, max(by, raised.get(number, 0.0)))


def _is_main_town(town: Place, province: Place) -> bool:
    near = town.country == province.country and kilometres(town.lat, town.lon, province.lat, province.lon) < REACH_KM
    return near and (
        town.population >= SHARE * province.population if province.population else town.population > 20_000
    )


def _put_first(records: list[Record], number: int, numbers: dict[int, int]) -> None:
    numbers[number] = 0
    others = [_prior(records, n, numbers) for n in numbers if n != number]
    _raise(records, number, max(others, default=0.0) + MARGIN - _prior(records, number, numbers))


def _raise(records: list[Record], number: int, by: float) -> None:
    if by > 0:
        place = records[number].place
        records[number].place = replace(place, standing=round(place.standing + by, 2))


def _prior(records: list[Record], number: int, numbers: Mapping[int, int]) -> float:
    return prior(records[number].place, NAME_KINDS[numbers[number]])
