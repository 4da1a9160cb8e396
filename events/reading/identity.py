"""A story's id, made of its content.

For the readers. The same story read twice has one id, whatever the file is called; the same words from another outlet,
at another address or of another day are another story.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

_DIGITS = 20  # 80 bits: a collision among a billion stories is as likely as one in a million


def story_id(title: str, text: str, published: date | None, url: str | None, source: str | None) -> str:
    """Twenty hexadecimal digits of the SHA-256 of all that a reader was given.

    >>> story_id("Quake", "It shook.", date(2025, 1, 8), None, "Plateau Radio")
    '52759a4c459a5c35ab7f'
    """
    content = json.dumps([title, text, published.isoformat() if published else None, url, source])
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:_DIGITS]
