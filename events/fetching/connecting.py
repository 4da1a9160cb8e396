"""A connection to an internet address that was checked, with a deadline on every byte.

For the fetcher, as httpcore's network backend. This is the only place that opens a connection: the host is looked up once,
all that the look-up gave is judged, and the connection goes to that very address. A name that answers otherwise a moment
later (DNS rebinding) gains nothing, and TLS still checks the certificate against the name.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from events.fetching.clock import Deadline
from events.fetching.networks import is_number, refuse_private
from events.fetching.resolving import Resolver

_MOST_TRIED = 4  # addresses of one host


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to public hosts, and to those allowed by name, until the deadline."""

    def __init__(
        self, resolve: Resolver, allowed: frozenset[str], deadline: Deadline,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:  # fmt: skip
        self._resolve = resolve
        self._allowed = allowed
        self._deadline = deadline
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """Connect to one of the host's addresses. Raises FetchError where one of them may not be asked."""
        failed: Exception = httpcore.ConnectError("it has no address")
        for address in self._checked(host)[:_MOST_TRIED]:
            try:
                stream = self._inner.connect_tcp(
                    address, port, _within(self._deadline, timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _checked(self, host: str) -> list[str]:
        """The host's addresses. Raises FetchError where one is not public and the host is not allowed by name."""
        found = [host] if is_number(host) else list(self._resolve(host, _within(self._deadline, None)))
        if host not in self._allowed:
            refuse_private(host, found)
        return found


class _TimedStream(httpcore.NetworkStream):
    """A stream of which every step ends at the deadline, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _within(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _within(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _within(self._deadline, timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _within(deadline: Deadline, seconds: float | None) -> float:
    """So many seconds, but not beyond the deadline. Raises ReadTimeout when it is over."""
    left = deadline.left()
    if left <= 0:
        raise httpcore.ReadTimeout("all of the time is used up")
    return left if seconds is None else min(seconds, left)
