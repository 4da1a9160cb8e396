"""What the command line names: addresses, and files of them that are read anew when they change.

For the command. A file counts as changed once it has been the same at two looks: editors write in pieces. One that can't
be read any more, or of which nothing is left that is understood, leaves things as they are, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from events.fetching.errors import printable
from events.fetching.stories import is_address
from events.reading import Problem
from events.watching.feed_list import feeds_of
from events.watching.subscriptions import COMMAND_LINE

_Form = tuple[int, int] | None  # of a file: when it was changed, and its size; None where there is none


@dataclass(slots=True)
class _File:
    name: str
    read: _Form
    seen: _Form


class NamedLists:
    """The lists that were named, and the files among them as they were read last.

    addresses: those of the command line itself. files: the sources that are files. any_bad: whether a line was no feed.
    """

    def __init__(self, named: Sequence[str], say: Callable[[str], None]) -> None:
        """say: told of lines that are no feed. Nothing is read yet."""
        self.addresses: frozenset[str] = frozenset()
        self._given = [text for text in named if is_address(text)]
        self._files = [_File(name, None, None) for name in dict.fromkeys(named) if not is_address(name)]
        self._say = say
        self.files = frozenset(_source(file.name) for file in self._files)
        self.any_bad = False

    def first(self) -> Iterator[tuple[str, list[str]]]:
        """Each source with the addresses that it names. Raises OSError for a file that can't be read."""
        own = self._understood(feeds_of(text) for text in self._given)
        self.addresses = frozenset(own)
        yield COMMAND_LINE, own
        for file in self._files:
            file.read = file.seen = _form(file.name)
            yield _source(file.name), self._understood([feeds_of(file.name)])

    def changed(self) -> Iterator[tuple[str, list[str]]]:
        """The sources that have changed since they were read, with the addresses that they name now."""
        for file in self._files:
            before, file.seen = file.seen, _form(file.name)
            if file.seen == file.read or file.seen != before:
                continue
            file.read = file.seen
            try:
                found, problems = feeds_of(file.name)
            except OSError as error:
                self._say(printable(f"{file.name}: {error.strerror or error}; its feeds are watched as they were"))
                continue
            addresses = self._understood([(found, problems)])
            if addresses or not problems:
                self._say(printable(f"{file.name}: has changed, {len(addresses)} feeds"))
                yield _source(file.name), addresses

    def _understood(self, read: Iterable[tuple[list[str], list[Problem]]]) -> list[str]:
        addresses: dict[str, None] = {}
        for found, problems in read:
            addresses.update(dict.fromkeys(found))
            for problem in problems:
                self._say(printable(str(problem)))
                self.any_bad = True
        return list(addresses)


def _source(name: str) -> str:
    return str(Path(name).absolute())


def _form(name: str) -> _Form:
    try:
        told = Path(name).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
