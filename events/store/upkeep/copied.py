"""What leaves a store whole: a copy in a file, and all its rows in another database.

For the store, which is made of this.
"""

from __future__ import annotations

from pathlib import Path

from events.store.database.connected import ConnectedStore
from events.store.database.file_copies import copy_file
from events.store.database.opening import file_of, told
from events.store.upkeep import copying


class CopiedStore(ConnectedStore):
    """A store of which copies are made."""

    def backup(self, path: Path) -> None:
        """Copy the store into a new file while others go on reading and writing. Raises StoreError.

        One on a server becomes a file of SQLite.
        """
        own = file_of(self._engine)
        with told(f"the store can't be copied to {path}"):
            copying.copy_into_file(self._engine, path) if own is None else copy_file(own, path)

    def copy_to(self, other: CopiedStore, progress: copying.Progress = copying.unheard) -> dict[str, int]:
        """Copy all that the store holds into an empty one, of whatever kind. Returns how many rows, by table.

        Raises StoreError where the other holds anything.
        """
        return copying.copy_rows(self._engine, other._engine, progress)
