"""The day a page was published: from JSON-LD, meta tags, a time element, htmldate, or a line that shows it.

For pages. What can be read in two ways, or comes from nothing but a copyright line, is no date.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date

import htmldate
from lxml import etree  # type: ignore[import-untyped]

from events.model import PublishedBasis
from events.reading.lines import is_prose
from events.reading.pages.facts import Metas
from events.reading.pages.linked_data import Node, words_of
from events.reading.pages.markup import Element
from events.reading.paragraphs import squeezed
from events.reading.publication_dates import day_of, is_date_line

_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.issued",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "publish-date", "publish_date", "pubdate", "publishdate", "publication_date",
    "cxenseparse:recs:publishtime",
    "article.published", "originalpublicationdate", "displaydate", "date", "citation_publication_date", "ptime",
)  # fmt: skip
_PUBLISHED = re.compile(r"pub|issued|posted|entry-date|dateline|article-?date|story-?date|timestamp", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updat|revis", re.IGNORECASE)
_SAYS_CHANGED = re.compile(r"^\W*(?:last\s)?(?:updated|modified|changed)\b", re.IGNORECASE)
_LONGEST_LINE = 160
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)

Found = tuple[date, PublishedBasis]

logging.getLogger("htmldate").setLevel(logging.CRITICAL)  # what it says of a broken page, we say ourselves


def metadata_day(tree: Element, linked: Node) -> date | None:
    """The day in JSON-LD or the meta tags; to be asked before anything is taken out of the tree."""
    metas = Metas(tree)
    told = [
        words_of(linked.get("datePublished")),
        *(metas.get(name) for name in _METAS),
        words_of(linked.get("dateCreated")),
    ]
    return next((day for words in told if words and (day := day_of(words))), None)


def shown_day(tree: Element, lines: Sequence[str], url: str | None) -> Found | None:
    """The day that a page without metadata shows. lines: its words around the article, above it and below."""
    for element in _times(tree):
        day = day_of(element.get("datetime", "")[:60]) or day_of(squeezed("".join(element.itertext()))[:60])
        if day:
            return day, "metadata"
    line_day = _day_of_lines(lines)
    if line_day:
        return line_day, "header"
    day = _by_htmldate(tree, url)
    if day:
        return day, "metadata"
    in_url = re.search(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)", url or "")
    day = day_of("-".join(in_url.groups())) if in_url else None
    return (day, "metadata") if day else None


def _times(tree: Element) -> Iterator[Element]:
    """The time elements that may be the article's: those said to be its publication first, changes last."""
    times = list(tree.iter("time"))[:50]

    def rank(element: Element) -> int:
        said = " ".join(
            f"{e.get('class', '')} {e.get('itemprop', '')} {e.get('id', '')}"
            for e in (element, element.getparent())
            if e is not None
        )[:400]
        if element.get("pubdate") is not None:
            return 0
        before = (element.getparent().text or "") if element.getparent() is not None else ""
        if (
            _CHANGED.search(said)
            or _SAYS_CHANGED.match(squeezed("".join(element.itertext())))
            or _CHANGED.search(before[-40:])
        ):
            return 3
        return 1 if _PUBLISHED.search(said) else 2

    return iter(sorted(times, key=rank))


def _day_of_lines(lines: Sequence[str]) -> date | None:
    """The day on a line that is a date, or in a short line that is no sentence ("By Ann Lee | 8 March 2025 | Cork")."""
    short = [line for line in lines if len(line) <= _LONGEST_LINE and not _COPYRIGHT.search(line)]
    dated = [line for line in short if is_date_line(line)] or [
        line for line in short if not is_prose(line) and day_of(line)
    ]
    dated.sort(key=lambda line: bool(_SAYS_CHANGED.match(line)))
    return next((day for line in dated if (day := day_of(line))), None)


def _by_htmldate(tree: Element, url: str | None) -> date | None:
    """The answer of htmldate, if the page has it in a form that can be read in one way only."""
    try:
        found = htmldate.find_date(
            etree.tostring(tree, encoding="unicode"), extensive_search=False, original_date=True, url=url
        )
        day = date.fromisoformat(found) if found else None
    except Exception:  # htmldate on hostile markup: no date is an answer
        return None
    return day if day and _is_plain(day, tree, url) else None


def _is_plain(day: date, tree: Element, url: str | None) -> bool:
    forms = (day.isoformat(), day.strftime("%Y%m%d"), day.strftime("%Y/%m/%d"), f"{day.year}/{day.month}/{day.day}")
    if any(form in (url or "") for form in forms):
        return True
    for element in tree.iter(etree.Element):
        values = [
            *(value for value in element.attrib.values() if len(value) < 80),
            squeezed((element.text or "")[:120]),
        ]
        if any(day_of(value) == day for value in values if value and not _COPYRIGHT.search(value)):
            return True
    return False
