"""Headline, address, outlet and author of a page: what it shows, what it says in JSON-LD, what in its meta tags.

For pages. A fact that nothing gives is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from events.reading.identity import plain_address
from events.reading.pages.linked_data import Node, address_of, article_of, name_of, words_of
from events.reading.pages.markup import Element
from events.reading.paragraphs import key_of, squeezed

_LONGEST = 400
_SAVED = re.compile(r"<!-- saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,1500}) -->")
_OUTLET_BEFORE = re.compile(r"^([^|–—·•-]{2,50}?)\s[|–—·•-]\s(.{8,300})$")
_OUTLET_BEHIND = re.compile(r"^(.{8,300}?)\s[|–—·•-]\s([^|–—·•]{2,50})$")
_SUBDOMAINS = re.compile(r"^(?:www\d?|m|amp|mobile|edition)\.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article besides its text. linked: its JSON-LD node."""

    title: str
    url: str | None
    outlet: str | None
    author: str | None
    linked: Node


def facts_of(tree: Element, text: str, address: str | None = None) -> Facts:
    """The facts of a page. address: where it was fetched, None where that isn't known; text: its markup."""
    metas = Metas(tree)
    headings = _headings(tree)
    linked = article_of(tree, headings[0] if len(headings) == 1 else "")
    document = squeezed(tree.findtext(".//title") or "")[:_LONGEST]
    told = [words_of(linked.get("headline"))[:_LONGEST], metas.get("og:title", "twitter:title", "dc.title"), document]
    title, behind = _title(headings, told)
    outlet = name_of(linked.get("publisher")) or metas.get(
        "og:site_name", "application-name", "dc.publisher", "publisher", "apple-mobile-web-app-title"
    )
    author = name_of(linked.get("author")) or metas.get(
        "author", "article:author", "dc.creator", "parsely-author", "byl"
    )
    return Facts(
        title=title,
        url=_address(tree, text, address, linked, metas),
        outlet=(outlet or behind) or None,
        author=None if author.startswith("http") else author.removeprefix("By ") or None,
        linked=linked,
    )


class Metas:
    """The meta tags of a page by lower-case name."""

    def __init__(self, tree: Element) -> None:
        self._found: dict[str, str] = {}
        for meta in tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            value = squeezed(meta.get("content", "")[:2000])
            if name and value:
                self._found.setdefault(name, value)

    def get(self, *names: str) -> str:
        """The value of the first of the names that the page has; "" without one."""
        return next((self._found[name][:_LONGEST] for name in names if name in self._found), "")


def _headings(tree: Element) -> list[str]:
    found = [squeezed("".join(heading.itertext()))[:_LONGEST] for heading in tree.iter("h1")]
    return [words for words in found if words]


def _title(headings: Sequence[str], told: Sequence[str]) -> tuple[str, str]:
    """The headline, and the outlet that stands behind or before it in the document's title ("" without)."""
    behind = ""
    for number, words in enumerate(told):
        cut = _OUTLET_BEHIND.match(words)
        if cut and number:
            fits = any(key_of(cut[1]) == key_of(other) for other in (*headings, *told))
            behind = behind or (cut[2] if fits else "")
        before = _OUTLET_BEFORE.match(words)
        if before and any(key_of(before[2]) == key_of(heading) for heading in headings):
            behind = behind or before[1]
    bare = [_without_outlet(words, behind) for words in told if words]
    keys = [key_of(words) for words in bare]
    shown = [words for words in headings if key_of(words) in keys]
    if not shown:
        shown = [words for words in headings if any(_share_words(words, other) for other in bare)]
    if not shown and len(headings) == 1 and not bare:
        shown = list(headings)
    return (shown or bare or [""])[0], behind


def _without_outlet(words: str, outlet: str) -> str:
    cut = _OUTLET_BEHIND.match(words)
    return cut[1] if cut and outlet and key_of(cut[2]) == key_of(outlet) else words


def _share_words(one: str, other: str) -> bool:
    a, b = ({word for word in words.casefold().split() if len(word) > 3} for words in (one, other))
    return len(a & b) >= max(1, min(len(a), len(b)) / 2)


def _address(tree: Element, text: str, address: str | None, linked: Node, metas: Metas) -> str | None:
    """Where the page says it stands. One that was fetched is believed only within its own site."""
    saved = _SAVED.search(text[:4000])
    base = address or (saved[1] if saved else "")
    canonical = [
        link.get("href", "") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()
    ]
    for told in (*canonical[:3], metas.get("og:url"), address_of(linked)):
        found = plain_address(_joined(base, told)) if told else None
        if found and (not address or _site(found) == _site(address)):
            return found
    return plain_address(base) if base else None


def _joined(base: str, told: str) -> str:
    try:
        return urljoin(base, told[:2000])
    except ValueError:
        return ""


def _site(url: str) -> str:
    return _SUBDOMAINS.sub("", (urlsplit(plain_address(url) or "").hostname or url).lower())
