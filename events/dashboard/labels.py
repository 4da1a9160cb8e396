"""Text from stories as a widget's label, which is Markdown."""

from __future__ import annotations

MEANINGFUL = frozenset("\\`*_{}[]()<>#+-.!|~:$&")


def plain_label(text: str) -> str:
    r"""Text as a label: every sign that could mean something is taken out of its meaning, and lines are joined.

    >>> plain_label("Talks [off]")
    'Talks \\[off\\]'
    """
    return "".join(f"\\{letter}" if letter in MEANINGFUL else letter for letter in " ".join(text.split()))
