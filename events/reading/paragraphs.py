"""Paragraphs, some of them captions, to the text of a story and the offsets of its captions; and words made plain.

For the readers of pages, feeds and documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from events.model import PublishedBasis, Story, StoryError
from events.reading.identity import plain_address, story_id
from events.reading.limits import check_length

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]"
)
_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a story, on one line, and whether it is a picture's caption."""

    text: str
    is_caption: bool = False


def squeezed(text: str) -> str:
    r"""The words on one line, without what can't be seen: controls, soft hyphens, turns of the writing's direction.

    >>> squeezed(" It\u200b rained \n in\xa0\u202eCork. ")
    'It rained in Cork.'
    """
    return " ".join(_INVISIBLE.sub("", text).split())


def key_of(text: str) -> str:
    """The words without case, spaces and punctuation: equal for two copies of one paragraph."""
    return _KEY.sub("", text.casefold())


def text_of(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""The text, paragraphs parted by a blank line, and the (start, end) offsets of its captions.

    >>> text_of([Paragraph("A wet street.", True), Paragraph("It rained.")])
    ('A wet street.\n\nIt rained.', ((0, 13),))
    """
    captions, pieces, at = [], [], 0
    for paragraph in paragraphs:
        if paragraph.is_caption:
            captions.append((at, at + len(paragraph.text)))
        pieces.append(paragraph.text)
        at += len(paragraph.text) + 2
    return "\n\n".join(pieces), tuple(captions)


def story_of(
    paragraphs: Sequence[Paragraph], *, title: str = "", published: date | None = None,
    basis: PublishedBasis | None = None, url: str | None = None, source: str | None = None,
) -> Story:  # fmt: skip
    """The story of its parts, under an id made of them. Raises StoryError when there is no text or too much."""
    text, captions = text_of(paragraphs)
    if not text:
        raise StoryError("holds no story: there is no text in it")
    check_length(text)
    address = plain_address(url) if url else None
    return Story(
        id=story_id(title, text, published, address, source),
        text=text,
        title=title,
        published=published,
        published_basis=(basis or "metadata") if published else None,
        url=address,
        source=source or None,
        captions=captions,
    )
