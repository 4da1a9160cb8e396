"""Other people's codes for kinds of events as types of ours: three tables, a source for each row.

events/importing/tables/*.tsv: code, our type, a label in our words, where the pairing is from.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from events.model import Actor
from events.ontology import family_of

TableName = Literal["cameo", "acled", "ucdp"]
FOLDER = Path(__file__).with_name("tables")


@dataclass(frozen=True, slots=True)
class Kind:
    """A code's type among ours, its label in plain words, and the source of the pairing."""

    code: str
    type: str
    label: str
    source: str

    @property
    def family(self) -> str:
        """The family that the type is shown with."""
        return family_of(self.type)

    def told(self, actors: Sequence[Actor], where: str) -> str:
        """What a row says happened, in one line.

        >>> kinds("acled")["mob violence"].told([Actor(name="Farmers", role="actor")], "Batna")
        'Mob violence: Farmers, Batna'
        """
        who = ", ".join(actor.name for actor in actors) or "nobody named"
        return f"{self.label}: {who}, {where}" if where else f"{self.label}: {who}"


@lru_cache(maxsize=3)
def kinds(table: TableName) -> dict[str, Kind]:
    """The table by code.

    >>> kinds("acled")["mob violence"].type
    'ASSAULT'
    """
    with (FOLDER / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Kind(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def kind_of_cameo(code: str) -> Kind | None:
    """The kind of a CAMEO code: that of the longest code in the table that it begins with.

    >>> kind_of_cameo("0871").type, kind_of_cameo("0874").type, kind_of_cameo("190").type, kind_of_cameo("99")
    ('CONCEDE', 'RETREAT', 'ASSAULT', None)
    """
    table = kinds("cameo")
    return next((table[code[:length]] for length in range(len(code), 1, -1) if code[:length] in table), None)
