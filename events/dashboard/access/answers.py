"""What every answer of the server says to a browser: not framed by other sites, cookies over TLS alone where the page has it.

For the gate. Streamlit leaves the mark `Secure` out of its cookies and says nothing of frames.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}


def guarded(send: Send, origin: str) -> Send:
    """A way to answer that adds what all answers have. origin: the page's own, as "https://news.example"; "" if unknown."""
    tls = origin.startswith("https://")

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            _add(message, tls=tls)
        await send(message)

    return sent


def _add(message: MutableMapping[str, Any], *, tls: bool) -> None:
    headers = MutableHeaders(raw=list(message.get("headers", [])))
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    message["headers"] = [
        (name, secured(value) if tls and name.lower() == b"set-cookie" else value) for name, value in headers.raw
    ]


def secured(cookie: bytes) -> bytes:
    """A cookie as it is set, for TLS alone.

    >>> secured(b"user=1; HttpOnly; Path=/"), secured(b"user=1; Secure")
    (b'user=1; HttpOnly; Path=/; Secure', b'user=1; Secure')
    """
    marks = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in marks else cookie + b"; Secure"
