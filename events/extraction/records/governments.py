"""A capital that acts stands for its state: "Baghdad summoned the envoy" is Iraq's act.

For participants. Only the seat of a government by its bare name, in acts that states do; "Baghdad's mayor" and a club of
that name keep their own. Brussels and The Hague are more than their states.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.places.toponyms import Toponym
from events.extraction.records.institutions import government_seat
from events.model import Sentence, Token

_NO_STATE_ACTS = frozenset({"OTHER", "ACCIDENT", "DISASTER", "HEALTH", "CRIME"})
_MORE_THAN_A_STATE = frozenset({"brussels", "the hague", "hague"})
_STATES = frozenset({"country", "region"})


def state_behind(head: Token, sentence: Sentence, analysis: Analysis, kind: str) -> str | None:
    """The state whose seat of government a word names, None for other places. kind: the happening's type."""
    found = toponym_at(head, sentence, analysis)
    if kind in _NO_STATE_ACTS or found is None or found.place is None or not found.place.country:
        return None
    if found.text.lower() in _MORE_THAN_A_STATE or any(
        t.dep in {"amod", "compound", "nmod:poss"} for t in tree.children(sentence, head.index)
    ):
        return None
    seat = government_seat(found.place.country, analysis)
    if seat is None or seat.id != found.place.id:
        return None
    state = analysis.gazetteer.country(found.place.country)
    return state.name if state else None


def is_mere_place(head: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether a word is the name of a town, an island or the like, which can neither act nor be acted upon as one who is."""
    found = toponym_at(head, sentence, analysis)
    if (
        found is None
        or found.place is None
        or any(m.label in {"PER", "ORG"} and m.start <= head.start < m.end for m in analysis.names_in(sentence))
    ):
        return False
    return found.kind == "literal" and found.place.kind not in _STATES and found.start <= head.start < found.end


def toponym_at(head: Token, sentence: Sentence, analysis: Analysis) -> Toponym | None:
    """The place name that a word belongs to."""
    return next((t for t in analysis.toponyms_in(sentence) if t.start <= head.start < t.end), None)
