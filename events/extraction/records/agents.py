"""Which nouns can act or be acted upon: people, institutions, armed bodies, firms, vehicles; no dates, no happenings.

For participants and labels. "Police", "three ministers", "the Kremlin" take part; "Tuesday", "a joint press conference",
"its windows" do not.
"""

from __future__ import annotations

from functools import lru_cache

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.lexicon import word_classes
from events.model import Sentence, Token

_CLASSES = "person leader police fighter court envoy vessel aircraft".split()
_BODIES = frozenset(
    "government cabinet parliament senate congress assembly ministry department agency authority administration "
    "commission committee council board tribunal police army navy force troop soldier military militia junta palace "
    "presidency country nation power alliance bloc union party opposition faction movement group organisation "
    "organization body delegation team crew staff side community tribe family crowd public audience congregation "
    "company firm bank airline operator producer maker business club association federation society foundation charity "
    "hospital school university church diocese embassy consulate broadcaster newspaper outlet agency service office "
    "province city town village municipality county district kingdom republic island region territory "
    "coastguard gendarmerie brigade battalion regiment division squadron fleet convoy patrol garrison bus train truck "
    "lorry car helicopter driver official spokesman spokeswoman spokesperson aide adviser minister treasury embassy "
    "shareholder investor lender donor partner mediator negotiator counterpart ally rival neighbour neighbor voter "
    "refugee migrant thousand hundred dozen people other many rescuer lawyer victim dead wounded survivor kremlin "
    "chamber collective consortium inspector investigator observer monitor mayor prosecutor regulator watchdog".split()
)
_NO_ACTORS = frozenset(
    "activity advertising alcohol app book demonstration event export festival film fishing flight gathering import march "
    "plastic product protest rally sale song transport use website head post position player conference talk summit "
    "meeting visit patrol signing deal pact agreement strike attack visit speech statement".split()
)
_NOBODY = frozenset({"country", "nation", "side", "other"})  # alone they name nobody: "between the countries"
_WHERE = frozenset("in at near from off through over across into around along inside outside".split())
_CROWDS = frozenset("thousand hundred dozen score million".split())


@lru_cache(maxsize=1)
def _agents() -> frozenset[str]:
    classes = word_classes()
    words = frozenset().union(*(classes[name] for name in _CLASSES))
    return frozenset(w for w in words | _BODIES if not w.startswith("@")) - _NO_ACTORS


def takes_part(head: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether the word may be an actor or a recipient of a happening."""
    if head.tag in {"PRP", "PRP$", "WP", "WDT", "DT", "EX"} or head.pos in {"PUNCT", "VERB", "AUX", "ADP", "ADV"}:
        return False
    if any(t.part == sentence.part and t.start < head.end and head.start < t.end for t in analysis.times):
        return False
    if _is_a_setting(head, sentence, analysis):
        return False
    if is_named(head, sentence, analysis):
        return True
    if head.pos == "NUM" or head.lemma in _CROWDS:
        return _counts_people(head, sentence)
    if head.pos == "PROPN" and sentence.kind == "body" and (head.index or not analysis.names):
        return head.lemma not in _NO_ACTORS
    if head.lemma in _NOBODY:
        return any(t.dep in {"amod", "compound", "nmod"} for t in tree.children(sentence, head.index))
    return head.lemma in _agents()


def _is_a_setting(head: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether the word names where something is: a lake, a road, or a town after "in"."""
    if head.pos == "PROPN" and tree.preposition(sentence, head.index) in _WHERE:
        return True
    return any(
        t.place is not None and t.place.precision in {"sea", "line"}
        for t in analysis.toponyms_in(sentence)
        if t.start <= head.start < t.end
    )


def is_named(head: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether the word stands in a name that the tagger or the gazetteer found."""
    in_name = any(m.start <= head.start < m.end for m in analysis.names_in(sentence))
    return in_name or any(t.start <= head.start < t.end and t.place is not None for t in analysis.toponyms_in(sentence))


def _counts_people(head: Token, sentence: Sentence) -> bool:
    """Whether a figure stands alone ("thousands fled", "30,000 of them") or counts people."""
    things = [t for t in tree.children(sentence, head.index) if t.dep in {"nmod", "obl"}]
    return not things or any(t.lemma in _agents() or t.pos == "PRON" for t in things)
