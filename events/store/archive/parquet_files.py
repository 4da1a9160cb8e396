"""Parquet files of one table of rows, of which some are read: all of a column, a few cells, or the row of an id.

For `events.store.archive_store`. Raises OSError and pyarrow's ArrowException.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from events.store.archive.dataset import ArchiveFile
from events.store.columns.columns import Ints


class ParquetFiles:
    """Parquet files as one table of rows, of which some are read."""

    def __init__(self, folder: Path, files: Sequence[ArchiveFile]) -> None:
        self._paths = [folder / file.path for file in files]
        self._ends = np.cumsum([file.rows for file in files], dtype=np.int64)
        self._footers: dict[Path, Any] = {}
        self._bounds: dict[Path, list[tuple[str, str]]] = {}

    def tables(self, names: Sequence[str]) -> Iterable[Any]:
        """Some columns of all rows, a group at a time."""
        for path in self._paths:
            with self._opened(path) as file:
                yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(columns=list(names)))

    def cells(self, name: str, rows: Ints) -> Iterator[Any]:
        """The cells of a column in some rows, which stand in order."""
        numbers = np.searchsorted(self._ends, rows, side="right")
        for number in np.unique(numbers).tolist():
            begin = int(self._ends[number - 1]) if number else 0
            with self._opened(self._paths[number]) as file:
                yield from _cells(file, name, rows[numbers == number] - begin)

    def row(self, row_id: str) -> dict[str, Any] | None:
        """The row of an id, in files that are sorted by it: few groups reach over it."""
        for path in self._paths:
            with self._opened(path) as file:
                for group, (least, most) in enumerate(self._bounds_of(path, file.metadata)):
                    if least <= row_id <= most:
                        table = file.read_row_group(group)
                        for found in table.filter(pc.equal(table["id"], row_id)).to_pylist():
                            return dict(found)
        return None

    @contextmanager
    def _opened(self, path: Path) -> Iterator[Any]:
        """A file; what its end says of it is read once."""
        with pq.ParquetFile(path, metadata=self._footers.get(path)) as file:
            self._footers[path] = file.metadata
            yield file

    def _bounds_of(self, path: Path, footer: Any) -> list[tuple[str, str]]:
        """The least and the greatest id of each row group; the id is the first column."""
        if path not in self._bounds:
            told = (footer.row_group(group).column(0).statistics for group in range(footer.num_row_groups))
            self._bounds[path] = [(one.min, one.max) for one in told]
        return self._bounds[path]


def _cells(file: Any, name: str, rows: Any) -> Iterator[Any]:
    """Cells of one file. The groups are of one size but for the last."""
    size = file.metadata.row_group(0).num_rows
    groups = rows // size
    for group in np.unique(groups).tolist():
        cells = file.read_row_group(group, columns=[name])[name]
        yield from cells.take(pa.array(rows[groups == group] - group * size)).to_pylist()
