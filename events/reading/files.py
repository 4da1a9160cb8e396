"""A file, a folder, bytes or a text to stories: which reader is asked is decided by the content.

For the command line and the page. Nothing is raised for an input, however hostile: what can't be read is a problem.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from events.model import StoryError
from events.reading.encodings import decode
from events.reading.json_stories import is_json, read_json
from events.reading.plain_stories import read_plain
from events.reading.result import Problem, Result, joined

MOST_BYTES = 1 << 30  # of one file: it is read in one go
_MARKUP = re.compile(
    r"\s*(?:<!--[^>]{0,500}>\s*)?(?:<\?xml|<!doctype|<html|<head|<body|<rss|<feed|<rdf|<div|<article)\b", re.IGNORECASE
)


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
        return _refused(str(path), f"can't be opened: {error.strerror or error}")
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> Result:
    """The stories of a file's content; name is the file's, for the problems and as a hint.

    >>> read_bytes(b"%PDF-1.7", "wire.txt").problems
    (Problem(file='wire.txt', line=None, reason='is no text but a PDF document'),)
    """
    if len(data) > MOST_BYTES:
        return _refused(name, f"has more than {MOST_BYTES:,} bytes: cut it into several files")
    try:
        decoded = decode(data)
    except StoryError as error:
        return _refused(name, str(error))
    result = read_text(decoded.text, name)
    if decoded.damaged_line is None or not result.stories:
        return result
    damage = Problem(
        name,
        decoded.damaged_line,
        "has bytes that are not of the file's encoding; the line is kept as it could be read",
    )
    return Result(result.stories, (damage, *result.problems), result.spans)


def read_text(text: str, name: str, published: date | None = None) -> Result:
    """The stories of a text: JSON by the contract, or plain text with one or several stories.

    name stands in the problems ("pasted text"). published: the day that outranks what the stories say.

    >>> read_text('{"text": "It rained."}', "pasted text").stories[0].text
    'It rained.'
    """
    if not text.strip().strip("\ufeff\x00").strip():
        return _refused(name, "is empty")
    if is_json(text, name):
        result = read_json(text, name)
    elif _MARKUP.match(text):
        return _refused(name, "is a web page or a feed, which is not read yet: save the article as plain text")
    else:
        result = read_plain(text, name)
    if not result.stories and not result.problems:
        return _refused(name, "holds no story")
    if published is None:
        return result
    by_hand = {"published": published, "published_basis": "by hand", "published_reasons": ()}
    return Result(tuple(story.model_copy(update=by_hand) for story in result.stories), result.problems, result.spans)


def files_of(path: Path) -> list[Path]:
    """The files that are read for a path: itself, or those in the folder and below it that are not hidden, by name."""
    if not path.is_dir():
        return [path]
    below = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in below if not any(part.startswith(".") for part in file.relative_to(path).parts))


def _refused(name: str, reason: str) -> Result:
    return Result(problems=(Problem(name, None, reason),))
