"""What the auxiliaries, the negation and the governing words of a verb make of its happening.

For factuality.py and telling_by_noun.py. Wishes, bare possibilities, conditions and negated acts are no happenings; an
infinitive is what the word above it makes of it.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.happenings.claims import unless_disputed
from events.extraction.happenings.telling import Telling, is_set_for_later, is_supposed, negation_of, told, untold
from events.extraction.happenings.telling_by_tense import of_tense
from events.model import Sentence, Token

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_POSSIBLE = frozenset({"could", "may", "might", "can", "should", "must", "ought", "ca"})
_PLANNING = frozenset(
    "plan schedule expect set slate due prepare intend aim vow pledge promise agree decide threaten order commit book "
    "announce pencil ready poise commission forecast foresee undertake".split()
)
_BE = frozenset({"is", "are", "was", "were", "'s", "’s"})
_MEANWHILE = frozenset(
    "next this later also now still then on week month year today tomorrow monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)
_WISHING = frozenset(
    "want hope seek wish try need like ask urge call demand request beg appeal fail refuse decline hesitate propose "
    "suggest recommend consider mull offer press push encourage invite tempt allow let able unable want struggle".split()
)
PREVENTING = frozenset("prevent avoid avert foil thwart block ban forbid bar deter forestall".split())
_PLANS = frozenset("plan decision deal agreement mission promise pledge intention date invitation ultimatum".split())
_MANAGING = frozenset("manage begin start continue help use appear seem gather go come meet".split())
_CONDITION = frozenset({"if", "unless", "whether", "should", "lest"})
_TIMELY = frozenset("when after before while because as since until although though by".split())


def telling_of_verb(sentence: Sentence, verb: Token) -> Telling:
    """How a happening that a verb stands for is told, by who disputes it and else by its clause."""
    return unless_disputed(sentence, verb, lambda: of_verb(sentence, tree.carrier_of(sentence, verb)))


def of_verb(sentence: Sentence, verb: Token, noun: bool = False) -> Telling:
    """What the auxiliaries, the negation and the governing words of a verb make of it."""
    own = tree.children(sentence, verb.index)
    helpers = [t for t in own if t.dep in {"aux", "aux:pass"}]
    words = {t.text.lower() for t in helpers}
    if negation_of(sentence, verb) is not None:
        return untold("negated")
    if any(t.dep == "mark" and t.text.lower() in _CONDITION for t in own):
        return untold("a condition")
    future = next((t for t in helpers if t.text.lower() in _FUTURE), None)
    if future is not None:
        return told(sentence, "planned", future)
    if words & _POSSIBLE:
        return untold("a possibility")
    if "would" in words:
        return _of_would(sentence, verb, helpers)
    if is_set_for_later(sentence, verb) and words & {"is", "are", "be", "was", "were", "been"}:
        return told(sentence, "planned", verb)
    if any(t.tag == "TO" for t in own) or (verb.tag == "VB" and verb.dep not in {"ROOT", "parataxis"}):
        return _of_infinitive(sentence, verb, own)
    governed = _governed(sentence, verb)
    if governed is not None:
        return governed
    return of_tense(sentence, verb, words, noun)


def _of_would(sentence: Sentence, verb: Token, helpers: list[Token]) -> Telling:
    """The word "would" under a verb of saying is a plan told in the past; elsewhere it is a bare possibility."""
    if is_supposed(sentence, verb):
        return untold("a possibility")
    said = any(t.pos == "VERB" and t.tag in {"VBD", "VBN"} for t in tree.ancestors(sentence, verb.index))
    announced = any(t.lemma in {"say", "announce", "tell"} and t.tag == "VBD" for t in sentence.tokens)
    if said or announced:
        return told(sentence, "planned", next(t for t in helpers if t.text.lower() == "would"))
    return untold("a possibility")


def _of_infinitive(sentence: Sentence, verb: Token, own: list[Token]) -> Telling:
    """An infinitive is what its governing word makes of it."""
    marker = next((t for t in own if t.tag == "TO"), None)
    head = sentence.tokens[verb.head]
    if marker is not None and (be := _to_be(sentence, verb, marker)) is not None:
        return told(sentence, "planned", be, marker)
    if head.index != verb.index and any(
        t.dep == "aux" and t.text.lower() in _POSSIBLE | {"would"} for t in tree.children(sentence, head.index)
    ):
        return untold("a possibility")
    if marker is None and verb.dep == "conj" and head.pos == "VERB" and head.tag == "VB":
        return of_verb(sentence, head)
    if head.index == verb.index or marker is None:
        planned = marker is not None and head.index == verb.index
        return told(sentence, "planned", marker) if planned and marker else _bare_infinitive(verb, head)
    if head.lemma in _PLANNING or head.lemma in {"be", "go"}:
        if head.lemma == "go" and head.tag != "VBG":
            return Telling("occurred", None)
        return told(sentence, "planned", head)
    if head.lemma == "continue" and head.tag != "VBD":
        return told(sentence, "ongoing", head)
    if head.lemma in _MANAGING:
        return telling_of_verb(sentence, head) if head.pos == "VERB" else Telling("occurred", None)
    if head.lemma in _WISHING:
        return untold("wished or prevented")
    if head.pos in {"NOUN", "PROPN"}:
        if sentence.kind == "headline" and head.dep == "ROOT" and head.index == marker.index - 1:
            return told(sentence, "planned", marker)
        return told(sentence, "planned", marker) if head.lemma in _PLANS else untold("a purpose")
    return untold("a purpose") if verb.dep in {"advcl", "xcomp", "acl"} else Telling("occurred", None)


def _bare_infinitive(verb: Token, head: Token) -> Telling:
    """A bare form: under "let" or "see" what that makes of it; most often the parser took a past tense for one."""
    if head.index != verb.index and head.lemma in _WISHING and verb.dep in {"ccomp", "xcomp"}:
        return untold("wished or prevented")
    return Telling("occurred", None)


def _to_be(sentence: Sentence, verb: Token, marker: Token) -> Token | None:
    """The form of "be" whose infinitive a verb is: "the talks are to open on Monday", "is next week to visit"."""
    before = sentence.tokens[marker.index - 1] if marker.index else None
    if before is not None and before.text.lower() in _BE | {"due", "set"}:
        return before
    back = marker.index - 1
    while back > 0 and marker.index - back < 5 and sentence.tokens[back].text.lower() in _MEANWHILE:
        back -= 1
    if back >= 0 and sentence.tokens[back].text.lower() in _BE:
        return sentence.tokens[back]
    helpers = [t for t in tree.children(sentence, verb.index) if t.dep in {"aux", "cop"} and t.index < marker.index]
    return next((t for t in helpers if t.text.lower() in _BE), None)


def _governed(sentence: Sentence, verb: Token) -> Telling | None:
    """What a verb above makes of a finite clause or a gerund: wished or prevented."""
    above = next((t for t in tree.ancestors(sentence, verb.index) if t.pos in {"VERB", "ADJ", "NOUN"}), None)
    marks = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep in {"mark", "advmod"}}
    if above is None or marks & _TIMELY or verb.dep not in {"ccomp", "advcl", "xcomp", "acl", "obl"}:
        return None
    if verb.tag == "VBG" and above.lemma in PREVENTING | {"consider", "mull", "suggest", "favour", "favor"}:
        return untold("wished or prevented")
    if above.lemma in {"want", "hope", "wish", "fear", "imagine"}:
        return untold("wished or prevented")
    return None
