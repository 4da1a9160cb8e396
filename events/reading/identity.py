"""A story's id, made of its content, and the address that a story is known by.

For the readers. The same story read twice has one id, whatever the file is called. At one address the text makes the
story, so that a page, a feed's entry and a row of a table are one; without an address the same words from another outlet
or of another day are another story.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_DIGITS = 20  # 80 bits: a collision among a billion stories is as likely as one in a million
_LONGEST_ADDRESS = 2_000
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
# What newsletters, feeds and networks hang on an address to count who came from where.
_TRACKING = re.compile(
    r"(?:utm_.*|at_.*|mc_cid|mc_eid|fbclid|gclid|dclid|msclkid|igshid|yclid|twclid|ref_src|cmpid|ncid|smid|smtyp|ftag|"
    r"ocid|traffic_source|__twitter_impression)",
    re.IGNORECASE,
)


def story_id(title: str, text: str, published: date | None, url: str | None, source: str | None) -> str:
    """Twenty hexadecimal digits of the SHA-256 of the address and the text, or of all else where there is no address.

    >>> story_id("Quake", "It shook.", date(2025, 1, 8), None, "Plateau Radio")
    '52759a4c459a5c35ab7f'
    >>> page = story_id("Quake", "It shook.", date(2025, 1, 8), "https://example.org/q", "Plateau Radio")
    >>> page == story_id("A quake", "It shook.", None, "https://example.org/q?utm_source=rss", None)
    True
    """
    address = plain_address(url) if url else None
    if address:
        content = json.dumps(["at", address, " ".join(text.split())])
    else:
        content = json.dumps([title, text, published.isoformat() if published else None, url, source])
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:_DIGITS]


def plain_address(url: str) -> str | None:
    """A web address without what only counts visitors; None for what is no web address.

    >>> plain_address("HTTPS://Example.org:443/quake?utm_source=rss&page=2#map"), plain_address("javascript:alert(1)")
    ('https://example.org/quake?page=2', None)
    """
    url = url.strip()
    if len(url) > _LONGEST_ADDRESS or _CONTROLS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    network = shown if port in {None, usual} else f"{shown}:{port}"
    return SplitResult(parts.scheme, network, parts.path or "/", _query(parts.query), "").geturl()


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True) if query.count("&") < 100 else []
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are of one story.

    >>> same_address("https://example.org/q#top", "https://example.org/q?fbclid=1")
    True
    """
    return one == other or (plain_address(one) or one) == (plain_address(other) or other)
