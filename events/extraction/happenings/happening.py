"""A happening before it is placed and dated: which word says so, of which type, how sure.

For the modules of extraction that decide about one attribute each.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Span, Status
from events.ontology import family_of


@dataclass(frozen=True, slots=True)
class Happening:
    """One claim that something happens.

    sentence     its number in the analysis; token: the trigger's index in the sentence
    trigger      the words that say so
    type         with its chance of being right; others: further types with their chances
    status       with the words that gave it, None where only the tense did
    probability  that an event is reported here at all
    cause        the token of the act in the sentence to which dead or hurt belong
    """

    sentence: int
    token: int
    trigger: Span
    lemma: str
    type: str
    type_probability: float
    status: Status
    status_span: Span | None
    probability: float
    core: float = 0.5
    cause: int | None = None

    @property
    def family(self) -> str:
        """The family of its type."""
        return family_of(self.type)
