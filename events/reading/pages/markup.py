"""A page's text to a tree, and out of the tree what is certainly not the story: scripts, menus, banners, boxes.

For pages. What is taken away never holds much of the page's prose, whatever it is called: a page may call its whole
body "has-newsletter".
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from events.model import StoryError
from events.reading.limits import MOST_PAGE_BYTES, check_size
from events.reading.paragraphs import squeezed
from events.reading.publication_dates import is_date_line

Element = Any  # lxml has no types

MOST_ELEMENTS = 50_000
MOST_TEXT = 1_200_000  # characters without scripts and boxes: more than one story
_MOST_DEPTH = 200
_LONGEST_ATTRIBUTE = 4_000
_MOST_SHARE = 0.4  # of a page's prose: what holds more is no box beside the story
_NEVER = (
    "script style noscript template svg math iframe object embed form button select input textarea dialog canvas audio "
    "video map link"
).split()
_SELDOM = frozenset({"nav", "aside", "footer", "menu"})
_ROLES = frozenset("navigation complementary contentinfo search dialog alertdialog banner menu menubar alert".split())
_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|read-?(?:more|next|also)|more-?(?:on|from|stories|news|like)|also-?(?:read|like)|"
    r"see-?also|recommend\w*|newsletters?|sign-?up|subscri\w+|paywall|promos?|sponsor\w*|advert\w*|ads?|ad-?slot|"
    r"cookies?|consent|gdpr|cmp|onetrust|share|sharing|social|follow|comments?|disqus|breadcrumbs?|menu|navbar|nav|"
    r"sidebar|most-?(?:read|popular|viewed)|trending|popular|outbrain|taboola|teasers?|toolbar|tags?|topics|tag-?list|"
    r"author-?(?:bio|box|info)|about-?the-?author|bio|skip-?link|screen-?reader-?\w*|sr-only|visually-?hidden|"
    r"print-?only|pagination|footer|masthead|ticker|modal|popup|overlay|banner|correction-?policy|widget|callout|inline-?link)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEASER = re.compile(r"(?:^|[\s_-])teaser", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_KEPT = frozenset({"html", "body", "head", "main", "article", "h1"})


def tree_of(text: str) -> Element:
    """The tree of a page. Raises StoryError when there is none, or it is too large or too deep to be read.

    >>> tree_of("<p>It rained.").findtext(".//p")
    'It rained.'
    """
    data = text.replace("\x00", "").encode("utf-8", errors="replace")
    check_size(len(data), MOST_PAGE_BYTES, "page")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise StoryError("is a page without a text") from error
    _check_shape(tree)
    return tree


def _check_shape(tree: Element) -> None:
    """Refuse what is too deep or too large, and drop attributes that are too long."""
    depth = elements = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if event == "start":
            for name in [name for name, value in element.attrib.items() if len(value) > _LONGEST_ATTRIBUTE]:
                del element.attrib[name]  # every pattern of every library would be tried on it
        if depth > _MOST_DEPTH:
            raise StoryError(f"is a page of elements nested more than {_MOST_DEPTH} deep")
        if elements > MOST_ELEMENTS:
            raise StoryError(f"is a page of more than {MOST_ELEMENTS:,} elements")


def without_boxes(tree: Element) -> Element:
    """The tree itself, rid of what is not the story."""
    for element in list(tree.iter(*_NEVER)):
        _drop(element)
    body = tree.find("body")
    if body is None:
        return tree
    size = sum(map(len, body.itertext()))
    if size > MOST_TEXT:
        raise StoryError(f"is a page with a text of {size:,} characters; one is read up to {MOST_TEXT:,}")
    whole = _prose_of(body)
    dropped: set[Element] = set()
    for element in list(body.iter(etree.Element)):
        if element.getparent() in dropped:
            dropped.add(element)
        elif _is_box(element) and _prose_of(element) <= _MOST_SHARE * whole:
            dropped.add(element)
            _drop(element)
    return tree


def _is_box(element: Element) -> bool:
    tag = element.tag
    if tag in _KEPT or _shows_date(element):
        return False
    if tag in _SELDOM or element.get("role", "").lower() in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if tag in {"figcaption", "time", "img", "picture"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"[:400]
    if tag == "p" and _TEASER.search(names):  # what some call the first paragraph
        return False
    return bool(_BOX.search(names) or _HIDDEN.search(element.get("style", "")[:400]))


def _shows_date(element: Element) -> bool:
    """Whether an element is nothing but a date: pages hide it from readers or from screen readers."""
    return len(element) == 0 and is_date_line(squeezed((element.text or "")[:121]))


def _prose_of(element: Element) -> int:
    """The number of characters in its paragraphs that are longer than a label, links left out."""
    return sum(
        len(words)
        for p in element.iter("p")
        if len(words := "".join(p.itertext()).strip()) > 60 and not _all_link(p, words)
    )


def _all_link(paragraph: Element, words: str) -> bool:
    return any(len("".join(link.itertext()).strip()) >= 0.8 * len(words) for link in paragraph.iter("a"))


def _drop(element: Element) -> None:
    """Take an element out of its tree and leave what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
