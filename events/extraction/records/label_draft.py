"""A label in the making: its text, and which words of which sentence it shows.

For the modules that make labels and those that test their form.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Sentence, Token


@dataclass(frozen=True, slots=True)
class Draft:
    """A label in the making.

    kind: what it was made from; kept: the tokens of its sentence that it shows; verb: of a clause, the verb that it tells by;
    subject: the token that it shows as its subject, None where it shows none of this sentence.
    """

    text: str
    kind: str
    sentence: Sentence
    kept: frozenset[int] = frozenset()
    verb: Token | None = None
    subject: Token | None = None
    left_out: frozenset[int] = frozenset()
    has_name: bool = False
