"""An archive: a folder of Parquet files that holds events, their records and their stories, and says what is in it.

    manifest.json                                what is in it, and the size and SHA-256 of every file
    events/month=2025-01/part-0.parquet          events as plain columns with geometry, in order of time: for everybody
    records/month=2025-01/part-0.parquet         the same rows as whole events, in small groups: what a card is read from
    stories/part-0.parquet                       stories by id, with the events that each tells of

For `events.exporting`, which writes it, and `events.store.archive_store`, which reads it. The folders are named as
Hive does; the undated events have a folder of their own, `month=undated`.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from events.model import StoreError

MANIFEST = "manifest.json"
FORMAT = "dateline dataset"
VERSION = 1
UNDATED = "undated"
EVENTS, RECORDS, STORIES = "events", "records", "stories"
AT_ONCE = 1 << 20  # bytes that are hashed together


class ArchiveFile(BaseModel):
    """A file by its path in the folder, how many rows it has, its size in bytes and its SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    rows: int
    size: int
    sha256: str


class Manifest(BaseModel):
    """What an archive holds. The files of a folder stand in their order; rows of events and of records are alike.

    id: a hash of all files. oldest, newest: the first and last day on which a report was published. chosen: what was
    chosen and left out, in words (`Scope.facts`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = FORMAT
    version: int = VERSION
    id: str
    oldest: date | None
    newest: date | None
    chosen: dict[str, str]
    events: tuple[ArchiveFile, ...]
    records: tuple[ArchiveFile, ...]
    stories: tuple[ArchiveFile, ...]

    @property
    def event_count(self) -> int:
        """How many events there are."""
        return sum(file.rows for file in self.events)

    @property
    def story_count(self) -> int:
        """How many stories there are."""
        return sum(file.rows for file in self.stories)


def is_archive(name: str | Path) -> bool:
    """Whether an address names a folder with an archive in it.

    >>> is_archive("sqlite:///news.sqlite")
    False
    """
    text = str(name)
    return "://" not in text and (Path(text).expanduser() / MANIFEST).is_file()


def manifest_of(folder: Path) -> Manifest:
    """What the archive in a folder says of itself. Raises StoreError where it can't be read or is of a newer version."""
    try:
        found = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(f"the dataset {folder} can't be read: its {MANIFEST} is missing or damaged") from error
    if (found.format, found.version) != (FORMAT, VERSION):
        raise StoreError(f"the dataset {folder} is of version {found.version}, this program reads {VERSION}")
    return found


def path_in(folder: Path, table: str, month: str = "") -> Path:
    """Where a table (EVENTS, RECORDS, STORIES) stands, or the part of it that is of a month.

    >>> path_in(Path("news"), EVENTS, "2025-01").as_posix(), path_in(Path("news"), STORIES).as_posix()
    ('news/events/month=2025-01/part-0.parquet', 'news/stories/part-0.parquet')
    """
    return folder / table / (f"month={month}" if month else "") / "part-0.parquet"


def file_in(folder: Path, path: Path, rows: int) -> ArchiveFile:
    """What the manifest says of a file that was written into a folder."""
    told = hashlib.sha256()
    with path.open("rb") as data:
        while part := data.read(AT_ONCE):
            told.update(part)
    return ArchiveFile(
        path=path.relative_to(folder).as_posix(), rows=rows, size=path.stat().st_size, sha256=told.hexdigest()
    )  # fmt: skip


def id_of(files: tuple[ArchiveFile, ...]) -> str:
    """The id of an archive of these files."""
    return hashlib.sha256("".join(f"{file.path} {file.sha256}\n" for file in files).encode()).hexdigest()[:20]
