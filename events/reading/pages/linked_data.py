"""The schema.org facts that a page brings about its article as JSON-LD.

For pages. It is a stranger's JSON: every value is looked at before it is believed, and nothing is followed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from events.reading.pages.markup import Element
from events.reading.paragraphs import key_of, squeezed

Node = dict[str, Any]

_LONGEST = 2_000_000
_MOST_NODES = 5_000
_OPENING = re.compile(r"^(?://)?\s*(?:<!--|<!\[CDATA\[)")
_CLOSING = re.compile(r"(?:-->|\]\]>)\s*;?$")
_ARTICLES = ("article", "posting", "report")
_LEAST_OF_AN_ARTICLE = ("headline", "articleBody", "datePublished")


def article_of(tree: Element, heading: str = "") -> Node:
    """The node of the page's own article with its publisher resolved; {} without one.

    heading: the page's visible headline; of several articles the one under it is taken.
    """
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_article(node)]
    wanted = key_of(heading)
    own = [node for node in articles if wanted and key_of(words_of(node.get("headline"))) == wanted]
    node: Node = (own or articles or [{}])[0]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    publisher = _first(node.get("publisher"))
    if isinstance(publisher, dict) and not publisher.get("name") and isinstance(publisher.get("@id"), str):
        return {**node, "publisher": named.get(publisher["@id"], publisher)}
    return node


def words_of(value: Any) -> str:
    r"""A text of a node on one line; "" for what is none.

    >>> words_of([" Rain\n in Cork "]), words_of({"@value": "Rain"}), words_of(3)
    ('Rain in Cork', 'Rain', '')
    """
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value")
    return squeezed(value[:_LONGEST]) if isinstance(value, str) else ""


def name_of(value: Any) -> str:
    """The name of a person or an organisation, given as a node or as a text; several are joined by commas."""
    if isinstance(value, list):
        return ", ".join(name for name in map(name_of, value[:10]) if name)[:300]
    return words_of(value.get("name"))[:300] if isinstance(value, dict) else words_of(value)[:300]


def address_of(node: Node) -> str:
    """The address that the article says it has; "" without one."""
    place = _first(node.get("mainEntityOfPage"))
    named = place.get("@id") or place.get("url") if isinstance(place, dict) else place
    return next((words for words in map(words_of, (node.get("url"), named)) if words.startswith("http")), "")


def _nodes(tree: Element) -> Iterator[Node]:
    """All objects in all blocks of JSON-LD, outer ones first, up to a bound."""
    waiting = [_parsed(script) for script in tree.iter("script") if "ld+json" in script.get("type", "").lower()]
    seen = 0
    while waiting and seen < _MOST_NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting = [*value[:_MOST_NODES], *waiting]
        elif isinstance(value, dict):
            yield value
            inner = [item for key, item in value.items() if isinstance(item, dict | list) and key != "itemListElement"]
            waiting += inner[:_MOST_NODES]


def _parsed(script: Element) -> Any:
    text = (script.text or "")[: _LONGEST + 1]
    try:
        return json.loads(_unwrapped(text), strict=False) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None


def _unwrapped(text: str) -> str:
    """A script's JSON without the comment or CDATA marks that hid it from browsers of old.

    >>> _unwrapped(' //<![CDATA[ {"a": 1} //]]> ')
    ' {"a": 1} '
    """
    return _CLOSING.sub("", _OPENING.sub("", text.strip())).removesuffix("//")


def _is_article(node: Node) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    named = any(isinstance(k, str) and k.lower().endswith(_ARTICLES) for k in kinds)
    return named and any(key in node for key in _LEAST_OF_AN_ARTICLE)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value
