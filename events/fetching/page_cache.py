"""Pages kept on disk: asked for again within minutes they come from there, later the server is asked whether they changed.

For pages that are pasted or that feeds point to. A file a page, written whole or not at all; the oldest go when the
folder is full. What can't be kept or read is no error: the page is fetched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from events.fetching.addresses import parse
from events.fetching.fetcher import Answer, Fetcher

FRESH = 600.0  # seconds
_MOST_BYTES = 256 << 20  # of the folder
_SPARE = 0.8  # of it is left when it was full
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class _Kept:
    at: float
    answer: Answer


class PageCache:
    """A folder of answers, by address."""

    def __init__(self, folder: Path | None = None, most_bytes: int = _MOST_BYTES) -> None:
        """folder: by default one in the user's cache folder."""
        self._folder = folder or platformdirs.user_cache_path("dateline") / "pages"
        self._most = most_bytes

    def fetch(self, fetcher: Fetcher, url: str) -> Answer:
        """What stands at an address, from the folder where that is fresh. Raises FetchError as the fetcher does."""
        key = parse(url).url
        now = fetcher.clock.now()
        kept = self._read(key)
        if kept is not None and 0 <= now - kept.at < FRESH:
            return kept.answer
        if kept is None:
            answer = fetcher.fetch(key)
        else:
            answer = fetcher.fetch(key, kept.answer.etag, kept.answer.modified)
            if answer.status == 304:
                answer = replace(kept.answer, address=answer.address)
        self._write(key, _Kept(now, answer))
        return answer

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()[:40]

    def _read(self, key: str) -> _Kept | None:
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            told = json.loads(head)
            if (told["format"], told["key"], told["size"]) != (_FORMAT, key, len(body)):
                return None
            answer = Answer(str(told["address"]), 200, body, told["etag"], told["modified"])
            return _Kept(float(told["at"]), answer)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, key: str, kept: _Kept) -> None:
        answer = kept.answer
        told = {"format": _FORMAT, "key": key, "size": len(answer.body), "at": kept.at, "address": answer.address,
                "etag": answer.etag, "modified": answer.modified}  # fmt: skip
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(told).encode() + b"\n" + answer.body)
                Path(name).replace(self._path(key))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            self._make_room()

    def _make_room(self) -> None:
        """Take the oldest away where the folder is too large."""
        files = [(file.stat(), file) for file in self._folder.iterdir() if file.is_file()]
        size = sum(stat.st_size for stat, _ in files)
        if size <= self._most:
            return
        for stat, file in sorted(files, key=lambda pair: pair[0].st_mtime):
            file.unlink(missing_ok=True)
            size -= stat.st_size
            if size <= self._most * _SPARE:
                return
