"""Which stories of the store may be copies of one: those that it meets under the bands of its signature, the likeliest first.

For the store. What a look costs is bounded, however many bulletins by one template there are: they share the bands of their
template with all others of it, a copy shares those of its own names and numbers too. A band that few have says most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sqlalchemy import BigInteger, Integer, bindparam, or_, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql.selectable import TextualSelect

from events.reprints import BANDS, DAYS_APART
from events.store.database.schema import stories

MOST_MEETING = 32  # stories that are met by one band, the newest: what all bulletins of a kind share says little
MOST_LOOKED_UP = 300  # of those that are met, those that share the rarest bands: are they of near days?
LOOKED_UP_AT_ONCE = 100
MOST_COMPARED = 60  # candidates that a story is compared with
_UNDER = (
    "SELECT {at} AS at, number FROM "
    "(SELECT number FROM bands WHERE bands.key = :key_{at} ORDER BY number DESC LIMIT {most}) AS under_{at}"
)
_THESE = stories.c.number.in_(bindparam("numbers", expanding=True))
_RECORDS = select(stories.c.number, stories.c.id, stories.c.record).where(_THESE)  # asked often, and so written once
_OF_ANY_DAY = select(stories.c.number).where(_THESE)
_OF_NEAR_DAYS = _OF_ANY_DAY.where(
    or_(stories.c.published.between(bindparam("first"), bindparam("last")), stories.c.published.is_(None))
)


class Seeking(NamedTuple):
    """A story that seeks its copies: its number, the day of its publication, and the keys of its bands."""

    number: int
    published: date | None
    keys: Sequence[int]


def candidates(connection: Connection, own: Seeking) -> list[tuple[str, str]]:
    """The stories that share a band with this one and are of near days, with their records, the likeliest copies first."""
    if not own.keys:
        return []
    met = [number for number in _met(connection, own.keys) if number != own.number]
    chosen = list(islice(_of_near_days(connection, met[:MOST_LOOKED_UP], own.published), MOST_COMPARED))
    if not chosen:
        return []
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
def _newest_under(keys: int) -> TextualSelect:
    """Under each of so many keys the newest stories, with the place of the key among them; as text, for it is long."""
    under = (_UNDER.format(at=at, most=MOST_MEETING) for at in range(keys))
    asked = (bindparam(f"key_{at}", type_=BigInteger) for at in range(keys))
    return text(" UNION ALL ".join(under)).bindparams(*asked).columns(at=Integer, number=Integer)


def _of_near_days(connection: Connection, numbers: Sequence[int], published: date | None) -> Iterator[int]:
    """Those of these stories, in their order, that are of days near this one, or of no day that is known."""
    query, asked = _OF_ANY_DAY, {}
    if published:
        days = timedelta(days=DAYS_APART)
        query, asked = _OF_NEAR_DAYS, {"first": published - days, "last": published + days}
    for first in range(0, len(numbers), LOOKED_UP_AT_ONCE):
        some = numbers[first : first + LOOKED_UP_AT_ONCE]
        kept = set(connection.scalars(query, {**asked, "numbers": some}))
        yield from (number for number in some if number in kept)
