"""The paragraphs, headings and captions of a tree, in the order in which a reader sees them.

For pages. What trafilatura chooses is a flat text; these blocks know where in the page they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree  # type: ignore[import-untyped]

from events.reading.pages.markup import Element
from events.reading.paragraphs import squeezed

BlockKind = Literal["paragraph", "heading", "caption", "item"]

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main ol p picture pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|captions?|figcaption|image-?(?:caption|credit|text)|photo-?(?:caption|credit|text)|"
    r"picture-?(?:caption|text)|media-?caption|img-?caption|cutline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_APART = frozenset({"small", "cite"})  # set apart by the page's style and not by a blank
_SPOKEN = re.compile(r"screen-?reader|sr-only|visually-?hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")  # of the markup; a line break of <br> is put in afterwards


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words: its kind, the element it stands in, the share of it that is link, and the tag it is set in."""

    text: str
    kind: BlockKind
    element: Element
    linked: float = 0.0


class _Walk:
    """Gathers words until a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._words: list[str] = []
        self._linked = 0
        self._links = 0

    def add(self, words: str | None) -> None:
        if words:
            words = _SPACE.sub(" ", words)
            self._words.append(words)
            self._linked += len(words.strip()) if self._links else 0

    def link(self, step: int) -> None:
        self._links += step

    def line_break(self) -> None:
        self._words.append("\n")

    def end_block(self, element: Element, kind: BlockKind) -> None:
        whole = "".join(self._words)
        if whole.strip():
            for piece in re.split(r"\n[ \n]*\n", whole):  # two breaks part paragraphs
                text = squeezed(piece)
                if text:
                    self.found.append(Block(text, kind, element, min(1.0, self._linked / max(1, len(whole.strip())))))
        self._words, self._linked = [], 0


def blocks_of(tree: Element) -> list[Block]:
    """The blocks of a tree.

    >>> from events.reading.pages.markup import tree_of
    >>> page = "<figure><img><figcaption>A street. <i>Photo: Ann</i></figcaption></figure><p>It <b>rained</b>.<p>It stopped."
    >>> [(block.kind, block.text) for block in blocks_of(tree_of(page))]
    [('caption', 'A street. Photo: Ann'), ('paragraph', 'It rained.'), ('paragraph', 'It stopped.')]
    """
    body = tree.find("body")
    walk, kinds = _Walk(), list[BlockKind](["paragraph"])
    for event, element in etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            _open(element, walk, kinds)
        else:
            _close(element, walk, kinds)
    walk.end_block(tree, "paragraph")
    return walk.found


def _open(element: Element, walk: _Walk, kinds: list[BlockKind]) -> None:
    own = _kind(element, kinds[-1])
    if _parts(element, own, kinds[-1]):
        walk.end_block(element.getparent(), kinds[-1])
    kinds.append(own)
    if _stands_apart(element, own):
        walk.add(" ")
    if element.tag == "br":
        walk.line_break()
    walk.link(element.tag == "a")
    walk.add(element.text)


def _close(element: Element, walk: _Walk, kinds: list[BlockKind]) -> None:
    own = kinds.pop()
    if _parts(element, own, kinds[-1]):
        walk.end_block(element, own)
    walk.link(-(element.tag == "a"))
    walk.add(" " if _stands_apart(element, own) and own != "caption" else None)
    walk.add(element.tail)


def _stands_apart(element: Element, own: BlockKind) -> bool:
    """Whether a page shows a blank before an element that its markup lacks: a credit, words for screen readers."""
    if element.tag in _APART or (element.tag == "span" and own == "caption"):
        return True
    return element.get("aria-hidden") is not None or bool(_SPOKEN.search(element.get("class", "")[:200]))


def _parts(element: Element, own: BlockKind, outer: BlockKind) -> bool:
    """Whether an element parts what is before from what is in it; all of one caption stays together."""
    if own == "caption" == outer:
        return False
    return element.tag in _BLOCKS or own != outer


def _kind(element: Element, outer: BlockKind) -> BlockKind:
    if outer == "caption" or element.tag == "figcaption":
        return "caption"
    if element.tag not in {"body", "article", "main", "img", "figure"} and _CAPTION.search(
        element.get("class", "")[:200]
    ):
        return "caption"
    if element.tag in _HEADINGS:
        return "heading"
    return "item" if element.tag == "li" else outer
