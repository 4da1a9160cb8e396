"""Long lists of keys a few hundred at a time: a statement takes no more.

For the rooms of events.store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

Key = TypeVar("Key", str, int)
AT_ONCE = 500  # keys in one statement


def in_parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys, each once, in order, a few hundred at a time.

    >>> list(in_parts(["b", "a", "b"])), list(in_parts([]))
    ([['a', 'b']], [])
    """
    wanted = sorted(set(keys))
    return (wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE))
