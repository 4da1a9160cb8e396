"""A file, a folder, bytes or a text to stories: which reader is asked is decided by the content.

For the command line and the page. Nothing is raised for an input, however hostile: what can't be read is a problem. The
readers of documents, pages and feeds are imported when one is met: they take seconds, and plain text does without.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from events.model import StoryError
from events.reading.archives import gunzipped, members_of_zip, name_in_gzip, open_zip
from events.reading.encodings import Decoded, decode, decode_markup
from events.reading.json_stories import is_json, read_json
from events.reading.kinds import Kind, kind_of, markup_kind
from events.reading.limits import MOST_BYTES, MOST_LEVELS, Allowance
from events.reading.plain_stories import read_plain
from events.reading.result import MEMBER, Problem, Result, joined, refused
from events.reading.tables.delimited import is_table, read_table


def read_path(path: Path) -> Result:
    """The stories of a file, or of all files in a folder and below it, in the order of their names.

    Hidden files and folders are passed over, unless path itself is one. A file that can't be read is a problem.
    """
    if path.is_dir():
        return joined((str(file), read_path(file)) for file in files_of(path))
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return refused(str(path), f"can't be opened: {error.strerror or error}")
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str, address: str | None = None) -> Result:
    """The stories of a file's content; name is the file's, for the problems and as a hint.

    address: where the content was fetched, None where it wasn't; it is what a page's links and its own word on where it
    stands are held against.

    >>> read_bytes(b"%PDF-1.7", "wire.txt").problems[0].reason
    'is a damaged PDF: ...'
    """
    if len(data) > MOST_BYTES:
        return refused(name, f"has more than {MOST_BYTES:,} bytes: cut it into several files")
    return _read(data, name, address, Allowance())


def read_text(text: str, name: str, published: date | None = None) -> Result:
    """The stories of a text: JSON by the contract, a table, a page, a feed, or plain text with one or several stories.

    name stands in the problems ("pasted text"). published: the day that outranks what the stories say.

    >>> read_text('{"text": "It rained."}', "pasted text").stories[0].text
    'It rained.'
    """
    result = _read_text(text, name, markup_kind(text), None)
    if published is None:
        return result
    by_hand = {"published": published, "published_basis": "by hand", "published_reasons": ()}
    stories = tuple(story.model_copy(update=by_hand) for story in result.stories)
    return Result(stories, result.problems, result.spans, result.notes)


def files_of(path: Path) -> list[Path]:
    """The files that are read for a path: itself, or those in the folder and below it that are not hidden, by name."""
    if not path.is_dir():
        return [path]
    below = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in below if not any(part.startswith(".") for part in file.relative_to(path).parts))


# ------------------------------------------------------------------ by kind


def _read(data: bytes, name: str, address: str | None, allowance: Allowance) -> Result:
    kind = kind_of(data, name)
    try:
        if kind == "zip":
            return _read_zip(data, name, allowance)
        if kind == "gzip":
            return _read_gzip(data, name, allowance)
        if kind == "mail":
            return _read_mail(data, name, allowance)
        if kind == "pdf":
            from events.reading.documents.pdf import read_pdf

            return read_pdf(data, name)
        decoded = decode(data) if kind == "text" else decode_markup(data)
    except StoryError as error:
        return refused(name, str(error))
    return _with_damage(_read_text(decoded.text, name, kind, address), decoded, name)


def _read_text(text: str, name: str, kind: Kind, address: str | None) -> Result:
    if not text.strip().strip("\ufeff\x00").strip():
        return refused(name, "is empty")
    if kind == "page":
        from events.reading.pages import read_page

        return read_page(text, name, address)
    if kind == "feed":
        from events.reading.feeds import read_feed

        return read_feed(text, name, address)
    if kind == "markup":
        return refused(name, "is XML of a kind that is not read: neither a web page nor a feed")
    if is_json(text, name):
        result = read_json(text, name)
    elif is_table(text, name):
        result = read_table(text, name)
    else:
        result = read_plain(text, name)
    return result if result.stories or result.problems else refused(name, "holds no story")


def _with_damage(result: Result, decoded: Decoded, name: str) -> Result:
    if decoded.damaged_line is None or not result.stories:
        return result
    said = "has bytes that are not of the file's encoding; the line is kept as it could be read"
    damage = Problem(name, decoded.damaged_line, said)
    return Result(result.stories, (damage, *result.problems), result.spans, result.notes)


# ------------------------------------------------------------------ what holds other files


def _read_zip(data: bytes, name: str, allowance: Allowance) -> Result:
    from events.reading.documents.office import check_parts, office_kind

    archive = open_zip(data)
    kind = office_kind(archive)
    if kind is None:
        return _deeper(allowance, lambda: _read_members(archive, name, allowance))
    check_parts(archive, allowance)
    if kind == "docx":
        from events.reading.documents.word import read_word

        return read_word(data, name)
    from events.reading.tables.spreadsheets import read_workbook

    return read_workbook(data, name)


def _read_members(archive: zipfile.ZipFile, name: str, allowance: Allowance) -> Result:
    results = []
    for member in members_of_zip(archive, allowance):
        own = f"{name}{MEMBER}{member.name}"
        results.append(
            (own, refused(own, member.reason) if member.reason else _read(member.data, own, None, allowance))
        )
    whole = joined(results)
    return whole if whole.stories or whole.problems else refused(name, "is an archive with nothing in it")


def _read_gzip(data: bytes, name: str, allowance: Allowance) -> Result:
    content, wrong = gunzipped(data, allowance)
    own = f"{name}{MEMBER}{name_in_gzip(name)}"
    damage = (Problem(name, None, wrong),) if wrong else ()
    if wrong and not content:
        return Result(problems=damage)
    found = _deeper(allowance, lambda: _read(content, own, None, allowance))
    return Result(found.stories, (*damage, *found.problems), found.spans, found.notes)


def _read_mail(data: bytes, name: str, allowance: Allowance) -> Result:
    from events.reading.mail import read_mail

    def inner(attached: bytes, own: str) -> Result:
        try:
            allowance.take(len(attached))
        except StoryError as error:
            return refused(own, str(error))
        return _read(attached, own, None, allowance)

    return _deeper(allowance, lambda: read_mail(data, name, inner))


def _deeper(allowance: Allowance, read: Callable[[], Result]) -> Result:
    """Read what is one level down. Raises StoryError where that is too deep."""
    if allowance.level >= MOST_LEVELS:
        raise StoryError(f"is packed more than {MOST_LEVELS} levels deep, as only a trap is: it is left packed")
    allowance.level += 1
    try:
        return read()
    finally:
        allowance.level -= 1
