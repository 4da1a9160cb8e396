"""Which stories of the store may be copies of one: those that it meets under the bands of its signature, the likeliest first.

For the store. What a look costs is bounded, however many bulletins by one template there are: they share the bands of their
template with all others of it, a copy shares those of its own names and numbers too. A band that few have says most.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import CompoundSelect, Integer, bindparam, literal_column, or_, select, union_all
from sqlalchemy.engine import Connection, Row

from events.linking.likeness import EVENT_TABLES
from events.reprints import BANDS, DAYS_APART, Copy, bands_of
from events.store.database.schema import bands, stories

MOST_MEETING = 32  # stories that are met by one band, the newest: what all bulletins of a kind share says little
MOST_LOOKED_UP = 300  # of those that are met, those that share the rarest bands: are they of near days?
LOOKED_UP_AT_ONCE = 100
MOST_COMPARED = 60  # candidates that a story is compared with
_THESE = stories.c.number.in_(bindparam("numbers", expanding=True))
_RECORDS = select(stories.c.number, stories.c.id, stories.c.record).where(_THESE)  # asked often, and so written once
_OF_ANY_DAY = select(stories.c.number).where(_THESE)
_OF_NEAR_DAYS = _OF_ANY_DAY.where(
    or_(stories.c.published.between(bindparam("first"), bindparam("last")), stories.c.published.is_(None))
)


def keys_of(copy: Copy) -> list[int]:
    """The keys of a copy's bands, as numbers of 64 bits; none where it has no words."""
    return sorted({_number(key) for key in bands_of(copy)}) if copy.known else []


def is_tabled(story_id: str) -> bool:
    """Whether a story is a row of a table of events: who keeps one words by template and has parted its events already."""
    return story_id.partition(":")[0] in EVENT_TABLES


def candidates(connection: Connection, own: Row[Any], copy: Copy) -> list[tuple[str, str]]:
    """The stories that share a band with this one and are of near days, with their records, the likeliest copies first.

    own: the row of `stories`; copy: what is compared of it.
    """
    keys = [] if is_tabled(own.id) else keys_of(copy)
    if not keys:
        return []
    met = [number for number in _met(connection, keys) if number != own.number]
    chosen = list(islice(_of_near_days(connection, met[:MOST_LOOKED_UP], own), MOST_COMPARED))
    found = {number: (key, record) for number, key, record in connection.execute(_RECORDS, {"numbers": chosen})}
    return [found[number] for number in chosen]


def _met(connection: Connection, keys: Sequence[int]) -> list[int]:
    """The numbers of the stories under these keys: those that share most with it and with few others first, then the newest."""
    asked = {f"key_{at}": key for at, key in enumerate(keys)}
    rows = connection.execute(_newest_under(len(keys)), asked).all()
    crowd = Counter(at for at, _ in rows)
    weights: dict[int, float] = defaultdict(float)
    for at, number in rows:
        weights[number] += 1 / crowd[at]
    return [-at for _, at in sorted((-weight, -number) for number, weight in weights.items())]


@lru_cache(maxsize=BANDS)
def _newest_under(keys: int) -> CompoundSelect[Any]:
    """Under each of so many keys the newest stories, with the place of the key among them; written once, for it is long."""
    under = (
        select(literal_column(str(at), Integer).label("at"), bands.c.number)
        .where(bands.c.key == bindparam(f"key_{at}"))
        .order_by(bands.c.number.desc())
        .limit(MOST_MEETING)
        .subquery()
        for at in range(keys)
    )
    return union_all(*(select(one.c.at, one.c.number) for one in under))


def _of_near_days(connection: Connection, numbers: Sequence[int], own: Row[Any]) -> Iterator[int]:
    """Those of these stories, in their order, that are of days near a story's, or of no day that is known."""
    query, asked = _OF_ANY_DAY, {}
    if own.published:
        days = timedelta(days=DAYS_APART)
        query, asked = _OF_NEAR_DAYS, {"first": own.published - days, "last": own.published + days}
    for first in range(0, len(numbers), LOOKED_UP_AT_ONCE):
        some = numbers[first : first + LOOKED_UP_AT_ONCE]
        kept = set(connection.scalars(query, {**asked, "numbers": some}))
        yield from (number for number in some if number in kept)


def _number(key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True)
