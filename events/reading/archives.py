"""What is in a .gz or a .zip, one member at a time, and nothing of what is a trap.

For files.py. Nothing is written to disk and no path in an archive is followed. Sizes are checked before unpacking, and
again while it goes on, for an archive may lie.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from events.model import StoryError
from events.reading.limits import MOST_MEMBER_BYTES, MOST_MEMBERS, Allowance, check_ratio, check_size

_CHUNK = 1 << 20
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_NAME = 240
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in an archive: its printable name, and its content or the reason why that can't be had."""

    name: str
    data: bytes = b""
    reason: str = ""


def printable(name: str) -> str:
    r"""A name from a stranger as it can be shown in a terminal.

    >>> printable("a\x1b[31mb\u202etxt")
    'a?[31mb?txt'
    """
    return _UNPRINTABLE.sub("?", name)[:_LONGEST_NAME]


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive that the bytes are. Raises StoryError when they are none."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as error:
        raise StoryError(f"is a damaged zip archive: {error}") from error


def members_of_zip(archive: zipfile.ZipFile, allowance: Allowance) -> Iterator[Member]:
    """The files of an archive by name; hidden ones are passed over. Raises StoryError where there are too many."""
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    if len(infos) > MOST_MEMBERS:
        raise StoryError(f"holds {len(infos):,} files; of an archive {MOST_MEMBERS:,} are read")
    for info in sorted(infos, key=lambda info: info.filename):
        name = printable(info.filename)
        try:
            yield Member(name, read_member(archive, info, allowance))
        except StoryError as error:
            yield Member(name, reason=str(error))


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """The content of one file in an archive. Raises StoryError with the reason when it is refused or broken."""
    if info.flag_bits & _ENCRYPTED:
        raise StoryError("is locked with a password")
    check_size(info.file_size, MOST_MEMBER_BYTES, "file")
    check_ratio(info.compress_size, info.file_size)
    allowance.take(info.file_size)
    try:
        with archive.open(info) as file:
            return file.read(info.file_size + 1)
    except Exception as error:  # zipfile lets errors of struct, zlib, lzma and its own through
        raise StoryError(f"can't be unpacked: {error or type(error).__name__}") from error


def gunzipped(data: bytes, allowance: Allowance) -> tuple[bytes, str]:
    """The content of a gzip file, and what is wrong with its end ("" for nothing). Raises StoryError for a trap."""
    found, size, rest = [], 0, data
    wrong = ""
    while rest.startswith(b"\x1f\x8b"):
        machine = zlib.decompressobj(31)
        try:
            while not machine.eof and (rest or machine.unconsumed_tail):
                piece = machine.decompress(machine.unconsumed_tail or rest, _CHUNK)
                rest = b""
                size += len(piece)
                check_size(size, MOST_MEMBER_BYTES, "file")
                check_ratio(len(data), size)
                found.append(piece)
        except zlib.error as error:
            wrong = f"is damaged: {error}; what stands before is read"
            break
        if not machine.eof:
            wrong = "is cut off; what there is of it is read"
            break
        rest = machine.unused_data
    allowance.take(size)
    return b"".join(found), wrong


def name_in_gzip(name: str) -> str:
    """What the content of a gzip file is called.

    >>> name_in_gzip("/data/wire.jsonl.gz"), name_in_gzip("week.zip > wire.gz")
    ('wire.jsonl', 'wire')
    """
    last = PurePosixPath(name.replace("\\", "/")).name.rpartition("> ")[2]
    return last[:-3] if last.lower().endswith(".gz") else last


def _is_hidden(path: str) -> bool:
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in PurePosixPath(path).parts)
