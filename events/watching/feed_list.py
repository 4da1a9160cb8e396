"""A file of addresses, one a line, or an OPML file, to the feeds that it names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from events.fetching import FetchError
from events.fetching.addresses import parse
from events.fetching.stories import is_address
from events.reading import Problem

_MOST_BYTES = 8 << 20


def feeds_of(named: str) -> tuple[list[str], list[Problem]]:
    """The addresses of feeds that a file names, or the one address that is given itself; each once, in its order.

    Raises OSError where the file can't be read.

    >>> feeds_of("https://Example.org/feed#top")
    (['https://example.org/feed'], [])
    """
    if is_address(named):
        return _checked(iter([(None, named)]), "the command line")
    with Path(named).open("rb") as file:
        return feeds_in(file.read(_MOST_BYTES + 1), named)


def feeds_in(data: bytes, named: str) -> tuple[list[str], list[Problem]]:
    r"""The addresses of feeds that a file's content names, each once, in its order. named: the file's name, for problems.

    >>> feeds_in(b"# ours\nhttps://example.org/feed  the feed", "feeds.txt")
    (['https://example.org/feed'], [])
    """
    if len(data) > _MOST_BYTES:
        return [], [Problem(named, None, f"has more than {_MOST_BYTES:,} bytes: it is no list of feeds")]
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _of_opml(data, named)
    return _checked(_lines(data.decode("utf-8-sig", errors="replace")), named)


def _lines(text: str) -> Iterator[tuple[int | None, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            yield number, words[0]


def _of_opml(data: bytes, named: str) -> tuple[list[str], list[Problem]]:
    if b"<!ENTITY" in data.upper() or b"<!DOCTYPE" in data.upper():
        return [], [Problem(named, None, "declares entities or a document type of its own, as no list of feeds does")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        return [], [Problem(named, None, f"is no OPML: {str(error)[:120]}")]
    found = ((node.sourceline, next((value for key, value in node.attrib.items() if key.lower() == "xmlurl"), ""))
             for node in root.iter("outline"))  # fmt: skip
    return _checked(((line, address) for line, address in found if address), named)


def _checked(found: Iterator[tuple[int | None, str]], named: str) -> tuple[list[str], list[Problem]]:
    """Those that may be asked, and what is wrong with the others."""
    feeds: dict[str, None] = {}
    problems = []
    for line, text in found:
        try:
            feeds[parse(text).url] = None
        except FetchError as error:
            problems.append(Problem(named, line, str(error)))
    return list(feeds), problems
