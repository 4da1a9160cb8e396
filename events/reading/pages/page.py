"""A web page to a story: trafilatura chooses the text, our own blocks say where its paragraphs and captions stand.

For files.py, feeds and mail. Nothing is fetched and no script is run.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence

import trafilatura
from lxml import etree  # type: ignore[import-untyped]

from events.model import Story, StoryError
from events.reading.captions import is_caption
from events.reading.furniture import is_furniture
from events.reading.lines import is_byline, is_prose
from events.reading.pages.blocks import Block, blocks_of
from events.reading.pages.facts import Facts, facts_of
from events.reading.pages.linked_data import words_of
from events.reading.pages.markup import Element, tree_of, without_boxes
from events.reading.pages.page_dates import Found, metadata_day, shown_day
from events.reading.paragraphs import Paragraph, key_of, squeezed, story_of
from events.reading.publication_dates import is_date_line
from events.reading.result import Result, refused

_LEAST_KEY = 24  # letters: a shorter paragraph must be one of trafilatura's lines and not only within one
_LEAST_PROSE = 80  # characters of a page that is read as an article
_LINKED = 0.8
_MOST_FOR_TRAFILATURA = 6_000  # elements: its time grows with their square
_AROUND = 8  # blocks above the text and below it in which a date is looked for
_LONGEST_LABEL = 12  # words
_SHORTEST_STANDFIRST = 9
_MOST_OF_IT = 0.75  # of a page's prose: the innermost element that holds so much is the article

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a broken page, we say ourselves
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_page(text: str, name: str, address: str | None = None) -> Result:
    """The story of a web page. address: where it was fetched; name stands in the problems.

    >>> page = "<h1>Rain in Cork</h1><article><p>It rained in Cork on Friday, and the streets were wet all day long, "
    >>> page += "said the mayor, who had been out since dawn.</p></article>"
    >>> read_page(page, "page.html").stories[0].title
    'Rain in Cork'
    """
    try:
        return Result((story_of_page(text, address),))
    except StoryError as error:
        return refused(name, str(error))
    except (etree.LxmlError, RecursionError, ValueError, TypeError, AttributeError, LookupError) as error:
        return refused(name, f"is a page that can't be read: {type(error).__name__}")


def story_of_page(text: str, address: str | None = None) -> Story:
    """The story of a web page. Raises StoryError when it holds none."""
    tree = tree_of(text)
    facts = facts_of(tree, text, address)
    day = metadata_day(tree, facts.linked)
    without_boxes(tree)
    blocks = blocks_of(tree)
    chosen = _chosen(tree, blocks, facts)
    dated: Found | None = (day, "metadata") if day else shown_day(tree, _lines_around(blocks, chosen), facts.url)
    paragraphs = _paragraphs(blocks, chosen)
    if sum(len(p.text) for p in paragraphs if not p.is_caption) < _LEAST_PROSE:
        paragraphs = _told_paragraphs(facts) or paragraphs
    if not any(is_prose(p.text) for p in paragraphs if not p.is_caption):
        raise StoryError("is a web page without an article: there is no running text in it")
    return story_of(
        paragraphs, title=facts.title, published=dated[0] if dated else None, basis=dated[1] if dated else None,
        url=facts.url, source=facts.outlet,
    )  # fmt: skip


def fragment_paragraphs(markup: str) -> list[Paragraph]:
    """The paragraphs and captions of a piece of HTML that is nothing but the article: of a feed, a mail, a table.

    >>> fragment_paragraphs("<p>It rained.</p><p>It stopped.<br><br>Read more</p>")
    [Paragraph(text='It rained.', is_caption=False), Paragraph(text='It stopped.', is_caption=False)]
    """
    tree = without_boxes(tree_of(f"<html><body>{markup}</body></html>"))
    blocks = blocks_of(tree)
    return _unrepeated([Paragraph(b.text, b.kind == "caption") for b in blocks if not _is_service(b)])


# ------------------------------------------------------------------ which blocks are the story


def _chosen(tree: Element, blocks: Sequence[Block], facts: Facts) -> list[int]:
    """The indices of the blocks that are the story's text, captions left out."""
    lines = [key_of(line) for line in _by_trafilatura(tree, blocks).splitlines()]
    known, whole = {line for line in lines if line}, "\n".join(lines)
    keys = [key_of(block.text) for block in blocks]
    title, author = key_of(facts.title), key_of(facts.author or "")
    found = [
        index
        for index, (block, key) in enumerate(zip(blocks, keys, strict=True))
        if block.kind != "caption" and key and (key in known or (len(key) >= _LEAST_KEY and key in whole))
        and key != title and not (author and key in {author, "by" + author}) and not _is_service(block)
    ]  # fmt: skip
    prose = sum(len(blocks[index].text) for index in found if is_prose(blocks[index].text))
    own = _by_container(blocks, title)
    # trafilatura gives up on very short articles and takes a page's notices for one
    found = found if 2 * prose >= sum(len(blocks[index].text) for index in own) else own
    return _with_standfirst(blocks, _trimmed(blocks, found), title)


def _with_standfirst(blocks: Sequence[Block], found: list[int], title: str) -> list[int]:
    """With the summary that stands between the headline and the text, which trafilatura may count to the head."""
    heads = [i for i in range(found[0] if found else 0) if key_of(blocks[i].text) == title]
    if not heads:
        return found
    container = _container([blocks[index] for index in found])
    between = [
        i for i in range(heads[-1] + 1, found[0]) if _is_standfirst(blocks[i]) and container in _ancestors(blocks[i])
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
    prose = [i for i, b in enumerate(blocks) if b.kind == "paragraph" and is_prose(b.text) and not _is_service(b)]
    for index in prose:
        for element in _ancestors(blocks[index]):
            sizes[element] = sizes.get(element, 0) + len(blocks[index].text)
    named = [e for e in sizes if e.tag in {"article", "main"} or "articlebody" in e.get("itemprop", "").lower()]
    whole = sum(len(blocks[index].text) for index in prose)
    articles = named or [e for e in sizes if sizes[e] >= _MOST_OF_IT * whole]
    if not articles:
        return []
    best = max(articles, key=lambda e: sizes[e]) if named else min(articles, key=lambda e: sizes[e])
    return [i for i in prose if best in _ancestors(blocks[i]) and key_of(blocks[i].text) != title]


def _ancestors(block: Block) -> list[Element]:
    return [block.element, *block.element.iterancestors()]


def _is_service(block: Block) -> bool:
    """Whether a block is about the story or leads away from it: a button, a byline, a date, a link to another story."""
    text = block.text
    if is_furniture(text) or is_byline(text) or is_date_line(text):
        return True
    return block.linked >= _LINKED and not (is_prose(text) and len(text.split()) > _LONGEST_LABEL)


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
        and block.linked < _LINKED / 2
        and words >= _SHORTEST_STANDFIRST
        and not _is_service(block)
    )


# ------------------------------------------------------------------ from blocks to paragraphs


def _paragraphs(blocks: Sequence[Block], chosen: Sequence[int]) -> list[Paragraph]:
    """The chosen blocks and the captions of the article among them, in the order of the page."""
    if not chosen:
        return []
    body, container = set(chosen), _container([blocks[index] for index in chosen])
    found = []
    for index, block in enumerate(blocks[: chosen[-1] + _AROUND]):
        if index in body:
            found.append(Paragraph(block.text, is_caption(block.text)))
        elif block.kind == "caption" and container in _ancestors(block) and _tells(block):
            found.append(Paragraph(block.text, True))
    return _unrepeated(found)


def _container(chosen: Sequence[Block]) -> Element:
    """The element that holds the article with its head: article or main around the text, else what holds all of it."""
    common = _ancestors(chosen[0])
    for block in chosen[1:]:
        around = set(_ancestors(block))
        common = [element for element in common if element in around] or common[-1:]
    named = [element for element in common if element.tag in {"article", "main"}]
    if named:
        return named[0]
    with_title = [element for element in common if element.find(".//h1") is not None and element.tag != "html"]
    return (with_title or common)[0]


def _tells(block: Block) -> bool:
    """Whether a caption says something of its picture; a lone credit or a link's label doesn't."""
    in_link = any(element.tag == "a" for element in _ancestors(block))
    return len(block.text.split()) > 3 and not in_link and block.linked < _LINKED and not is_furniture(block.text)


def _unrepeated(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    found, seen = [], set()
    for paragraph in paragraphs:
        key = key_of(paragraph.text)
        if key and key not in seen:
            found.append(paragraph)
            seen.add(key)
    return found


def _told_paragraphs(facts: Facts) -> list[Paragraph]:
    """The text that the page brings as JSON-LD and doesn't show."""
    value = facts.linked.get("articleBody")
    lines = value.splitlines() if isinstance(value, str) else [words_of(value)]
    return _unrepeated([Paragraph(words) for line in lines if (words := squeezed(line)) and not is_furniture(words)])


def _lines_around(blocks: Sequence[Block], chosen: Sequence[int]) -> list[str]:
    """The words above the article and below it, nearest first, in which a date may stand."""
    if not chosen:
        return []
    first, last, body = chosen[0], chosen[-1], set(chosen)
    above = [block.text for block in blocks[max(0, first - _AROUND) : first]]
    below = [
        i for i in (*range(first, min(first + _AROUND, last)), *range(last + 1, last + 1 + _AROUND)) if i not in body
    ]
    return [*reversed(above), *(blocks[i].text for i in below if i < len(blocks))]
