"""Which blocks of a web page are its story: those that trafilatura finds, or the prose of the element that holds most of it.

For page.py.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence

import trafilatura

from events.reading.furniture import is_furniture
from events.reading.lines import is_byline, is_prose
from events.reading.pages.blocks import Block
from events.reading.pages.facts import Facts
from events.reading.pages.markup import Element
from events.reading.paragraphs import key_of
from events.reading.publication_dates import is_date_line

_LEAST_KEY = 24  # letters: a shorter paragraph must be one of trafilatura's lines and not only within one
LINKED = 0.8  # share of a block's letters from which it only leads away
_MOST_FOR_TRAFILATURA = 6_000  # elements: its time grows with their square
_LONGEST_LABEL = 12  # words
_SHORTEST_STANDFIRST = 9
_MOST_OF_IT = 0.75  # of a page's prose: the innermost element that holds so much is the article

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a broken page, we say ourselves


def story_blocks(tree: Element, blocks: Sequence[Block], facts: Facts) -> list[int]:
    """The indices of the blocks that are the story's text, captions left out."""
    lines = [key_of(line) for line in _by_trafilatura(tree, blocks).splitlines()]
    known, whole = {line for line in lines if line}, "\n".join(lines)
    keys = [key_of(block.text) for block in blocks]
    title, author = key_of(facts.title), key_of(facts.author or "")
    found = [
        index
        for index, (block, key) in enumerate(zip(blocks, keys, strict=True))
        if block.kind != "caption" and key and (key in known or (len(key) >= _LEAST_KEY and key in whole))
        and key != title and not (author and key in {author, "by" + author}) and not is_service(block)
    ]  # fmt: skip
    prose = sum(len(blocks[index].text) for index in found if is_prose(blocks[index].text))
    own = _by_container(blocks, title)
    # trafilatura gives up on very short articles and takes a page's notices for one
    found = found if 2 * prose >= sum(len(blocks[index].text) for index in own) else own
    return _with_standfirst(blocks, _trimmed(blocks, found), title)


def is_service(block: Block) -> bool:
    """Whether a block is about the story or leads away from it: a button, a byline, a date, a link to another story."""
    text = block.text
    if is_furniture(text) or is_byline(text) or is_date_line(text):
        return True
    return block.linked >= LINKED and not (is_prose(text) and len(text.split()) > _LONGEST_LABEL)


def container_of(chosen: Sequence[Block]) -> Element:
    """The element that holds the article with its head: article or main around the text, else what holds all of it."""
    common = ancestors(chosen[0])
    for block in chosen[1:]:
        around = set(ancestors(block))
        common = [element for element in common if element in around] or common[-1:]
    named = [element for element in common if element.tag in {"article", "main"}]
    if named:
        return named[0]
    with_title = [element for element in common if element.find(".//h1") is not None and element.tag != "html"]
    return (with_title or common)[0]


def ancestors(block: Block) -> list[Element]:
    """The element that a block is made of, and all that hold it, the innermost first."""
    return [block.element, *block.element.iterancestors()]


def _with_standfirst(blocks: Sequence[Block], found: list[int], title: str) -> list[int]:
    """With the summary that stands between the headline and the text, which trafilatura may count to the head."""
    heads = [i for i in range(found[0] if found else 0) if key_of(blocks[i].text) == title]
    if not heads:
        return found
    container = container_of([blocks[index] for index in found])
    between = [
        i for i in range(heads[-1] + 1, found[0]) if _is_standfirst(blocks[i]) and container in ancestors(blocks[i])
    ]
    return [*between[:1], *found]


def _by_trafilatura(tree: Element, blocks: Sequence[Block]) -> str:
    """The text that trafilatura finds in the page without its captions; "" where it finds none."""
    if sum(1 for _ in tree.iter()) > _MOST_FOR_TRAFILATURA:
        return ""
    bare = copy.deepcopy(tree)
    captions = {block.element for block in blocks if block.kind == "caption"}
    for original, element in list(zip(tree.iter(), bare.iter(), strict=True)):
        if original in captions:
            element.clear(keep_tail=True)
    try:
        return trafilatura.extract(bare, include_comments=False, include_tables=True, favor_recall=True) or ""
    except Exception:  # hostile markup breaks it in many ways: our own choice stands in
        return ""


def _by_container(blocks: Sequence[Block], title: str) -> list[int]:
    """The prose of the innermost element that holds most of the page's."""
    sizes: dict[Element, int] = {}
    prose = [i for i, b in enumerate(blocks) if b.kind == "paragraph" and is_prose(b.text) and not is_service(b)]
    for index in prose:
        for element in ancestors(blocks[index]):
            sizes[element] = sizes.get(element, 0) + len(blocks[index].text)
    named = [e for e in sizes if e.tag in {"article", "main"} or "articlebody" in e.get("itemprop", "").lower()]
    whole = sum(len(blocks[index].text) for index in prose)
    articles = named or [e for e in sizes if sizes[e] >= _MOST_OF_IT * whole]
    if not articles:
        return []
    best = max(articles, key=lambda e: sizes[e]) if named else min(articles, key=lambda e: sizes[e])
    return [i for i in prose if best in ancestors(blocks[i]) and key_of(blocks[i].text) != title]


def _trimmed(blocks: Sequence[Block], found: list[int]) -> list[int]:
    """Without the labels before the first prose and after the last: a section's name, a heading with nothing below it."""
    prose = [
        number for number, index in enumerate(found) if is_prose(blocks[index].text) or _is_standfirst(blocks[index])
    ]
    if not any(is_prose(blocks[found[number]].text) for number in prose):
        return []
    kept = found[prose[0] : prose[-1] + 1]
    return [
        i for n, i in enumerate(kept) if not (blocks[i].kind == "heading" and blocks[kept[n + 1]].kind == "heading")
    ]


def _is_standfirst(block: Block) -> bool:
    """Whether a block may be the summary below a headline, which often has no full stop."""
    words = len(block.text.split())
    return (
        block.kind == "paragraph"
        and block.linked < LINKED / 2
        and words >= _SHORTEST_STANDFIRST
        and not is_service(block)
    )
