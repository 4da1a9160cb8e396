"""What a zip of XML is: a Word document, a workbook, another office document, or just an archive.

For files.py. The parts of a document are weighed before a library unpacks them: a bomb or an XML part that declares
entities is refused here.
"""

from __future__ import annotations

import re
import zipfile
from typing import Literal

from events.model import StoryError
from events.reading.archives import read_member
from events.reading.limits import MOST_DOCUMENT_BYTES, Allowance, check_size

Office = Literal["docx", "xlsx"]

_MOST_PARTS = 5_000
_PARTS: dict[str, Office] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_OTHERS = (
    ("ppt/presentation.xml", "a presentation"),
    ("xl/workbook.bin", "a binary workbook: save it as .xlsx"),
    ("META-INF/container.xml", "an electronic book"),
)
_TYPE = "mimetype"
_DECLARES = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


def office_kind(archive: zipfile.ZipFile) -> Office | None:
    """Which office document an archive is; None for one that is none. Raises StoryError for one of another kind."""
    names = {info.filename for info in archive.infolist()[:_MOST_PARTS]}
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    for part, said in _OTHERS:
        if part in names:
            raise StoryError(f"is {said}" + ("" if ":" in said else ", which is not read: save it as text"))
    if _TYPE in names and "content.xml" in names:
        raise StoryError("is an OpenDocument file, which is not read: save it as .docx or .xlsx")
    return None


def check_parts(archive: zipfile.ZipFile, allowance: Allowance) -> None:
    """Weigh the parts of a document. Raises StoryError for one that is locked, a bomb, or declares entities."""
    infos = archive.infolist()
    if len(infos) > _MOST_PARTS:
        raise StoryError(f"has {len(infos):,} parts; of a document {_MOST_PARTS:,} are read")
    check_size(sum(info.file_size for info in infos), MOST_DOCUMENT_BYTES, "document")
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels")):
            try:
                content = read_member(archive, info, allowance)
            except StoryError as error:
                raise StoryError(f"has a part {info.filename[:80]!r} that {error}") from error
            if _DECLARES.search(content):
                raise StoryError("has a part that declares entities of its own, as only a trap does")
