"""Whether one place lies in another. For the choice of a place and for telling happenings apart."""

from __future__ import annotations

from geodata.place import Place


def contains(outer: Place, inner: Place) -> bool:
    """Whether one place lies in the other, as far as their kinds and codes say."""
    if outer.kind == "country":
        return inner.kind != "country" and outer.country == inner.country
    if outer.kind in {"province", "district"}:
        return inner.kind in {"town", "site"} and outer.country == inner.country and outer.admin1 == inner.admin1
    return (
        outer.kind in {"region", "sea"} and inner.kind in {"town", "site", "line"} and inner.country in outer.countries
    )
