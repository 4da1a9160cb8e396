"""A Word document to stories: its headings, paragraphs, tables and captions by their styles.

For files.py. What the styles leave open (a headline in bold, a byline) is found as in plain text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx

from events.model import Story
from events.reading.paragraphs import squeezed
from events.reading.plain_stories import read_plain
from events.reading.result import Problem, Result

_TITLES = ("title", "heading 1")
_CAPTION = "caption"


def read_word(data: bytes, name: str) -> Result:
    """The stories of a DOCX whose parts were looked at; name stands in the problems."""
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document))
    except Exception as error:  # a broken document breaks lxml and python-docx in many ways
        return Result(problems=(Problem(name, None, f"is a document that can't be read: {type(error).__name__}"),))
    captions = {words for words, style in blocks if style == _CAPTION}
    text = "\n\n".join(f"# {words}" if style in _TITLES else words for words, style in blocks)
    if not text.strip():
        return Result(problems=(Problem(name, None, "holds no text"),))
    result = read_plain(text, name)
    return Result(tuple(_with_captions(story, captions) for story in result.stories), result.problems)


def _blocks(document: Any) -> Iterator[tuple[str, str]]:
    """The words of each paragraph with the name of its style in small letters; a row of a table is a paragraph."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = [squeezed(cell.text) for cell in row.cells]
                words = " | ".join(cell for n, cell in enumerate(cells) if cell and (n == 0 or cell != cells[n - 1]))
                if words:
                    yield words, "table"
        elif squeezed(block.text):
            style = block.style.name if block.style is not None else None
            yield squeezed(block.text), (style or "").lower()


def _with_captions(story: Story, captions: set[str]) -> Story:
    """The story with the paragraphs marked that the document sets as captions."""
    marked, at = set(story.captions), 0
    for paragraph in story.text.split("\n\n"):
        if paragraph in captions:
            marked.add((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return story.model_copy(update={"captions": tuple(sorted(marked))})
