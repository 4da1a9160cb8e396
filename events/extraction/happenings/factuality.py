"""How a happening is told: as a fact, as going on, as planned, alleged, denied or cancelled, or not as a happening at all.

For the finding of happenings. It goes by the parse. Wishes, bare possibilities, conditions, habits and negated acts are no
happenings. Each answer points to the words that gave it; plain past tense has none. What is called off is read by
cancelling.py, what is claimed or denied by claims.py, and all else by telling_by_verb.py, telling_by_noun.py and
telling_by_tense.py.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.happenings.claims import unless_disputed
from events.extraction.happenings.telling import Telling, governor
from events.extraction.happenings.telling_by_noun import of_noun
from events.extraction.happenings.telling_by_verb import telling_of_verb
from events.model import Sentence, Token

_BACKGROUND = frozenset("after following over since amid despite by during from".split())


def telling_of(sentence: Sentence, index: int) -> Telling:
    """How the sentence tells of the happening that a token stands for."""
    if not sentence.tokens:
        return Telling("occurred", None)
    token = sentence.tokens[index]
    if token.pos in {"VERB", "AUX"}:
        return telling_of_verb(sentence, token)
    verb = _verb_of_noun(sentence, token)
    return unless_disputed(sentence, token, lambda: of_noun(sentence, token, verb))


def _verb_of_noun(sentence: Sentence, token: Token) -> Token | None:
    """The verb of whose clause a nominal happening is a part; None for one that hangs on another noun or on "after"."""
    above, role = governor(sentence, token)
    if role == "obl" and tree.preposition(sentence, token.index) in _BACKGROUND:
        return None
    if role == "ROOT" or above is None:
        return None
    return tree.clause_verb(sentence, above.index) if above.pos == "ADJ" else above
