"""Why an address gave nothing."""

from __future__ import annotations

from typing import Literal

from events.model import DatelineError

Kind = Literal["refused", "unreachable", "slow", "large", "damaged", "status"]
_LONGEST = 300


class FetchError(DatelineError):
    """An address that gave nothing; the message says why and begins in lower case, without the address.

    kind: "refused" by our own rules, "unreachable", too "slow", too "large", "damaged", or answered with an HTTP "status".
    retry_after: seconds that the server asks us to wait; None where it asks nothing.
    """

    def __init__(self, kind: Kind, reason: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(printable(reason))
        self.kind = kind
        self.status = status
        self.retry_after = retry_after


def printable(text: str) -> str:
    r"""The text on one bounded line, without what a terminal would obey: servers choose some of these words.

    >>> printable("no\x1b[2Jthing\n")
    'no\ufffd[2Jthing\ufffd'
    """
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: _LONGEST + 1])
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
