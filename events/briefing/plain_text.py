"""Story text as it may stand in a document: one line, no control characters, no marks that turn the reading around.

What a story says is never markup: each writer escapes it in its own way, and this takes out what no escaping helps
against. The joiners that Persian and the Indian scripts need stay.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

JOINERS = "\u200c\u200d"
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # Unicode's categories of what has no shape of its own
UNSAFE = " <>\"'()[]\\^`{|}"  # what could close a link in some format; percent-encoded
MOST_MARKS = 3  # accents piled on one letter; more would run over the lines above


def plain(text: str) -> str:
    r"""Text on one line without invisible characters.

    >>> plain("Shells\u202e hit\n the  port\x00")
    'Shells hit the port'
    """
    kept, marks = [], 0
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in INVISIBLE and character not in JOINERS:
            kept.append(" " if character.isspace() or category in {"Zl", "Zp"} else "")
        elif marks <= MOST_MARKS:
            kept.append(character)
    return " ".join("".join(kept).split())


def shortened(text: str, most: int) -> str:
    """Text of at most so many characters, cut between words where there are words.

    >>> shortened("Talks on the grain deal resume", 20), shortened("Talks", 20)
    ('Talks on the grain …', 'Talks')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    words = head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head
    return f"{words.rstrip(' ,;:–-')} …"


def web_address(url: str | None) -> str | None:
    """An address that a document may link to: http or https, with a host and nothing that closes a link; else None.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a?b=1")
    (None, 'https://example.org/a?b=1')
    """
    address = (url or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(address) > 2000:
        return None
    return "".join(c if c.isascii() and c.isprintable() and c not in UNSAFE else _quoted(c) for c in address)


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
