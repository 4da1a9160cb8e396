"""A web page to a story: trafilatura chooses the text, our own blocks say where its paragraphs and captions stand.

For files.py, feeds and mail. Nothing is fetched and no script is run.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]

from events.model import Story, StoryError
from events.reading.captions import is_caption
from events.reading.furniture import is_furniture
from events.reading.lines import is_prose
from events.reading.pages.blocks import Block, blocks_of
from events.reading.pages.choosing import LINKED, ancestors, container_of, is_service, story_blocks
from events.reading.pages.facts import Facts, facts_of
from events.reading.pages.linked_data import words_of
from events.reading.pages.markup import tree_of, without_boxes
from events.reading.pages.page_dates import Found, metadata_day, shown_day
from events.reading.paragraphs import Paragraph, key_of, squeezed, story_of
from events.reading.result import Result, refused

_LEAST_PROSE = 80  # characters of a page that is read as an article
_AROUND = 8  # blocks above the text and below it in which a date is looked for
# what broken markup makes lxml and its like raise
_BROKEN = (etree.LxmlError, RecursionError, ValueError, TypeError, AttributeError, LookupError)


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
    except _BROKEN as error:
        return refused(name, f"is a page that can't be read: {type(error).__name__}")


def story_of_page(text: str, address: str | None = None) -> Story:
    """The story of a web page. Raises StoryError when it holds none."""
    tree = tree_of(text)
    facts = facts_of(tree, text, address)
    day = metadata_day(tree, facts.linked)
    without_boxes(tree)
    blocks = blocks_of(tree)
    chosen = story_blocks(tree, blocks, facts)
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

    Raises StoryError for markup that can't be taken apart.

    >>> fragment_paragraphs("<p>It rained.</p><p>It stopped.<br><br>Read more</p>")
    [Paragraph(text='It rained.', is_caption=False), Paragraph(text='It stopped.', is_caption=False)]
    """
    try:
        blocks = blocks_of(without_boxes(tree_of(f"<html><body>{markup}</body></html>")))
    except StoryError:
        raise
    except _BROKEN as error:
        raise StoryError(f"can't be read: {type(error).__name__}") from error
    return _unrepeated([Paragraph(b.text, b.kind == "caption") for b in blocks if not is_service(b)])


def _paragraphs(blocks: Sequence[Block], chosen: Sequence[int]) -> list[Paragraph]:
    """The chosen blocks and the captions of the article among them, in the order of the page."""
    if not chosen:
        return []
    body, container = set(chosen), container_of([blocks[index] for index in chosen])
    found = []
    for index, block in enumerate(blocks[: chosen[-1] + _AROUND]):
        if index in body:
            found.append(Paragraph(block.text, is_caption(block.text)))
        elif block.kind == "caption" and container in ancestors(block) and _tells(block):
            found.append(Paragraph(block.text, True))
    return _unrepeated(found)


def _tells(block: Block) -> bool:
    """Whether a caption says something of its picture; a lone credit or a link's label doesn't."""
    in_link = any(element.tag == "a" for element in ancestors(block))
    return len(block.text.split()) > 3 and not in_link and block.linked < LINKED and not is_furniture(block.text)


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
