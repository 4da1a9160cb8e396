"""Where the page may be served without a sign-in: on this machine, to this machine, unless the operator says otherwise.

For the gate, the page and the start. It knows nothing of who signs in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

INSECURE = "--insecure"
INSECURE_VARIABLE = "DATELINE_INSECURE"
FORWARDED = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"})
FORWARDED_BEGIN = "x-forwarded"  # of the names by which a proxy says for whom it asks
HOW_TO_GO_ON = (
    "Set up a sign-in (docs/sign-in.md), serve it to this machine alone (--server.address 127.0.0.1), or say that "
    f"everybody who reaches it may read and change everything: {INSECURE}, or {INSECURE_VARIABLE}=1."
)


def is_this_machine(address: str | None) -> bool:
    """Whether an address that is listened at, or a host's name, is this machine alone.

    >>> [is_this_machine(name) for name in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "", None)]
    [True, True, True, False, False, False]
    """
    if not address:
        return False  # Streamlit listens everywhere where nothing is said
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def is_insecure_said() -> bool:
    """Whether the operator said that a page without a sign-in may be served to others."""
    return INSECURE in sys.argv or os.environ.get(INSECURE_VARIABLE, "").lower() in {"1", "true", "yes"}


def refusal_of_address(address: str | None) -> str:
    """Why a page without a sign-in is not served at an address; "" where it is.

    >>> refusal_of_address("127.0.0.1")
    ''
    >>> refusal_of_address("0.0.0.0").partition(".")[0]
    'Dateline is to be served to other machines, and nobody would have to sign in'
    """
    if is_this_machine(address) or is_insecure_said():
        return ""
    return f"Dateline is to be served to other machines, and nobody would have to sign in. {HOW_TO_GO_ON}"


def refusal_of_request(server: tuple[str, int | None] | None, headers: Mapping[str, str]) -> str:
    """Why a request is refused where nobody signs in; "" where it isn't.

    server: the address at which it came in, with no port for a socket file; headers: with names in small letters. A
    proxy on this machine hands on what comes from others, and a name that was made to mean this machine is another
    site's (DNS rebinding).
    """
    if is_insecure_said():
        return ""
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    is_near = server is None or server[1] is None or is_this_machine(server[0])
    is_handed_on = any(name in FORWARDED or name.startswith(FORWARDED_BEGIN) for name in headers)
    if is_near and is_this_machine(host) and not is_handed_on:
        return ""
    return f"Dateline is reached from another machine or under another name, and nobody had to sign in. {HOW_TO_GO_ON}"
