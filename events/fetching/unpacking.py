"""gzip and deflate as servers send them, unpacked piece by piece and never beyond the bound: a bomb stops at its size.

For the fetcher.
"""

from __future__ import annotations

import zlib
from typing import Any

from events.fetching.errors import FetchError

ACCEPTED = "gzip, deflate"
_GZIP, _ZLIB, _BARE = 31, 15, -15  # zlib's wbits


class Unpacker:
    """Takes a body's pieces as they come and keeps what they unpack to.

    >>> unpacker = Unpacker("gzip", most=1000)
    >>> import gzip
    >>> unpacker.take(gzip.compress(b"It rained."))
    >>> unpacker.whole()
    b'It rained.'
    """

    def __init__(self, encoding: str, most: int) -> None:
        """encoding: the Content-Encoding header. Raises FetchError for one that was not asked for."""
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in {"", "identity", "gzip", "deflate"}:
            raise FetchError("damaged", f"is packed as {encoding[:40]!r}, which was not asked for")
        self._most = most
        self._pieces: list[bytes] = []
        self._size = 0
        self._packed: Any = None

    def take(self, piece: bytes) -> None:
        """Unpack another piece. Raises FetchError where it is damaged or all of it grows too large."""
        if self._encoding in {"", "identity"}:
            self._keep(piece)
            return
        while piece:
            if self._packed is None:
                self._packed = zlib.decompressobj(self._window(piece))
            try:
                self._keep(self._packed.decompress(piece, self._most - self._size + 1))
            except zlib.error as error:
                raise FetchError("damaged", "is not packed as it says") from error
            piece = self._packed.unconsumed_tail
            if self._packed.eof:  # gzip may have several members; what else follows is nothing
                rest = self._packed.unused_data
                piece = rest if self._encoding == "gzip" and rest.startswith(b"\x1f\x8b") else b""
                self._packed = zlib.decompressobj(_GZIP) if piece else self._packed

    def whole(self) -> bytes:
        """All of it. Raises FetchError where the end is missing."""
        if self._packed is not None and not self._packed.eof:
            raise FetchError("damaged", "is cut off")
        return b"".join(self._pieces)

    def _window(self, piece: bytes) -> int:
        """Deflate comes with zlib's head, or, from some servers, bare."""
        if self._encoding == "gzip":
            return _GZIP
        return _ZLIB if piece[0] & 0x0F == 8 else _BARE

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._most:
            raise FetchError("large", f"has more than {self._most:,} bytes")
        self._pieces.append(piece)
