"""A host's name to its internet addresses, within a time: the system's own look-up knows no bound."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

from events.fetching.errors import FetchError

Resolver = Callable[[str, float], Sequence[str]]


def system_addresses(host: str, seconds: float) -> list[str]:
    """The internet addresses of a host in the system's order, each once. Raises FetchError when there are none in time.

    >>> system_addresses("127.0.0.1", 5)
    ['127.0.0.1']
    """
    found: list[str] = []
    wrong: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError) as error:
            wrong.append(error)

    thread = threading.Thread(
        target=look_up, daemon=True, name="look-up"
    )  # may outlive us, and must not hold up an end
    thread.start()
    thread.join(max(0.0, seconds))
    if wrong:
        raise FetchError("unreachable", f"there is no host {host}") from wrong[0]
    if thread.is_alive() or not found:
        raise FetchError("unreachable", f"the host {host} could not be looked up in time")
    return found
