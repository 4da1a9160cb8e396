"""Text from stories as a widget's label, which is Markdown; and counts beside labels, which must not change with them."""

from __future__ import annotations

from collections.abc import Sequence

from events.look import locale

MEANINGFUL = frozenset("\\`*_{}[]()<>#+-.!|~:$&")


def plain_label(text: str) -> str:
    r"""Text as a label: every sign that could mean something is taken out of its meaning, and lines are joined.

    >>> plain_label("Talks [off]")
    'Talks \\[off\\]'
    """
    return "".join(f"\\{letter}" if letter in MEANINGFUL else letter for letter in " ".join(text.split()))


def counts_beside(key: str, counts: Sequence[int | str]) -> str:
    """The sheet that writes a count beside each choice of a group of buttons.

    >>> counts_beside("statuses", [7])
    '<style>.st-key-statuses button:nth-of-type(1) p::after{content:"7"}</style>'
    """
    rules = (
        f'.st-key-{key} button:nth-of-type({at}) p::after{{content:"{_written(count)}"}}'
        for at, count in enumerate(counts, 1)
    )
    return f"<style>{''.join(rules)}</style>"


def _written(count: int | str) -> str:
    return count if isinstance(count, str) else locale.number(count)
