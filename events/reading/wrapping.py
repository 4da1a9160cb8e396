"""Paragraphs that a mail or a terminal broke into lines, made whole again.

For plain_stories.py, before anything asks what a line is. Copy with a paragraph on each line stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from events.reading.lines import Line, is_apparatus, is_headline, separator

_WIDEST = 100  # characters: of a line that may be a wrapped one
_NARROWEST = 35  # the mean of such lines
_BULLETS = ("-", "•", "*", "–", "·", "‣")
_SENTENCE_ENDS = (".", "!", "?", "”", '"', ":", ")", "…")


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    r"""The lines with wrapped ones joined, each paragraph with the number of its first line.

    >>> from events.reading.lines import lines_of
    >>> text = "A long ferry with forty people on board\nsank in the lagoon on Friday morning.\n\nNobody was hurt."
    >>> [line.text for line in unwrapped(lines_of(text))]
    ['A long ferry with forty people on board sank in the lagoon on Friday morning.', 'Nobody was hurt.']
    """
    found: list[Line] = []
    for block in _blocks(lines):
        found += _joined(block) if _is_wrapped(block) else block
    return found


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line between them; a headline on top of a paragraph is a run of its own."""
    block: list[Line] = []
    for line in lines:
        if block and (line.gap or (len(block) == 1 and _heads(block[0], line))):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _heads(line: Line, below: Line) -> bool:
    """Whether a line is a headline set right above its text: shorter than a full line, and not gone on with."""
    return len(line.text) < 0.8 * len(below.text) and not below.text[0].islower() and is_headline(line.text)


def _is_wrapped(block: Sequence[Line]) -> bool:
    inner = block[:-1]
    if not inner or any(len(line.text) > _WIDEST for line in block):
        return False
    if len({line.key for line in block}) < len(block) or any(_stays(line) for line in block):
        return False
    unended = sum(not line.text.endswith(_SENTENCE_ENDS) for line in inner)
    return sum(len(line.text) for line in inner) > _NARROWEST * len(inner) and 2 * unended > len(inner)


def _stays(line: Line) -> bool:
    """Whether a line is one by itself, as headers, captions and separators are."""
    return bool(separator(line.text)) or is_apparatus(line.text)


def _joined(block: Sequence[Line]) -> list[Line]:
    """The paragraphs of a wrapped block: a new one begins at an indent and at a bullet."""
    found: list[Line] = []
    for index, line in enumerate(block):
        indent = line.indented and not block[index - 1].indented
        if not found or indent or line.text.startswith(_BULLETS):
            found.append(line)
        else:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}")
    return found
