"""What can be wrong with the clause that a label shows: its verb, what that is done to, and who does it.

For label_form.py.
"""

from __future__ import annotations

from itertools import pairwise

from events.extraction import dependency as tree
from events.extraction.records.label_draft import Draft
from events.extraction.records.word_order import (
    STOPS,
    clause_by_order,
    has_object_by_order,
    is_finite,
    stands_under_preposition,
)
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Verbs that say nothing without what is done to: "the witness retracted" is half a clause.
NEEDS_OBJECT = frozenset(
    "abduct accuse allow approve arrest attack ban beat blame bring build burn buy call capture carry charge condemn conduct "
    "criticise criticize cut damage declare defeat deliver demand deny deploy destroy detain discover dismiss divert do "
    "encourage enable establish exonerate expect express find found get give grant hand have hit hold host identify impose "
    "injure involve issue kidnap kill lack launch lead lift like make mean need offer oust own pay place praise "
    "present produce promise provide put raise receive recover reject release request retract reveal say see seize sell send "
    "sentence set shoot shot show sign strike strip suspend take tell thank threaten throw topple treat urge use want wound "
    "wreck".split()
)
_TIES = frozenset(
    "and or but that which who whom where when while after before as because until since if to than".split()
)
_OTHER_CLAUSE = frozenset("after before when while because as since until although where".split())
_CROWDS = frozenset("police people staff team crew family number majority couple group dozen government public".split())


def is_bare_participle(draft: Draft) -> bool:
    """Begins with its own verb and shows no subject: "Arrested in May", "Refused to quit"."""
    return _hanging_verb(draft) is not None


def opens_with_other_verb(draft: Draft) -> bool:
    """Begins with a verb that is not the one it tells by: "said at the rally" for the rally."""
    opening = _hanging_verb(draft)
    return opening is not None and opening != draft.verb and opening.tag != "VBN"


def _hanging_verb(draft: Draft) -> Token | None:
    """The verb that a draft begins with, where that stands for no noun."""
    if draft.has_name:
        return None
    opening = draft.sentence.tokens[min(draft.kept)]
    if opening.pos != "VERB" or opening.dep == "amod":
        return None
    hanging = opening == draft.verb or opening.dep in {"advcl", "acl", "conj", "parataxis"}
    is_one = opening.tag in {"VB", "VBD", "VBN", "VBZ", "VBP"} or (opening.tag == "VBG" and hanging)
    return opening if is_one else None


def has_two_verbs_unjoined(draft: Draft) -> bool:
    """Two finite verbs with nothing between them that joins their clauses: "ended lifted it"."""
    tokens = draft.sentence.tokens
    previous: Token | None = None
    joined = True
    for index in sorted(draft.kept):
        token = tokens[index]
        if token.text.lower() in _TIES or token.text in {",", ";", ":", "“", '"'} or token.tag in {"WRB", "WDT", "WP"}:
            joined = True
        if _is_predicate(token, previous, draft):
            if previous is not None and not joined and not _is_said_directly(previous, token, draft):
                return True
            previous, joined = token, False
    return False


def _is_predicate(token: Token, previous: Token | None, draft: Draft) -> bool:
    """Whether a word opens a clause's predicate: a finite verb, a copula, a participle right behind a finite verb."""
    if token.pos == "AUX":
        return token.dep == "cop" and token.tag in _FINITE
    following = draft.sentence.tokens[min((i for i in draft.kept if i > token.index), default=token.index)]
    if token.tag == "VBN" and token.dep == "acl" and following.tag in _FINITE:
        return True  # "drillship moored is to sail"
    adjacent = previous is not None and token.tag == "VBN" and not _kept_between(draft, previous, token)
    return token.pos == "VERB" and (token.tag in _FINITE or adjacent)


def _kept_between(draft: Draft, one: Token, other: Token) -> bool:
    return any(one.index < i < other.index for i in draft.kept)


def _is_said_directly(saying: Token, said: Token, draft: Draft) -> bool:
    """In "said the ship sank" no "that" is needed; a saying behind what is said needs its comma."""
    subject_between = any(
        saying.index < i < said.index and draft.sentence.tokens[i].pos in {"NOUN", "PROPN", "PRON"} for i in draft.kept
    )
    return saying.lemma in SAYING and said.lemma not in SAYING and subject_between


def lacks_object(draft: Draft) -> bool:
    """The clause's last verb has an object in the text, or can't do without one, and the draft has none."""
    if draft.verb is None:
        return False
    verbs = [draft.sentence.tokens[i] for i in sorted(draft.kept) if draft.sentence.tokens[i].pos == "VERB"]
    return any(_stands_alone(verb, draft) for verb in verbs)


def only_says(draft: Draft) -> bool:
    """That somebody said something, and not what: "Ministry said in a statement"."""
    tokens = draft.sentence.tokens
    verbs = [tokens[i] for i in sorted(draft.kept) if tokens[i].pos == "VERB"]
    saying = verbs[-1] if verbs else None
    if saying is None or saying.lemma not in SAYING or draft.kind == "noun":
        return False
    following = next((t for t in tokens[saying.index + 1 :] if t.index not in draft.left_out), None)
    if following is not None and following.tag == "PRP" and saying.index == max(draft.kept):
        return True
    if _reads_passive(saying, draft) or (saying.dep in {"parataxis", "acl"} and saying != draft.verb):
        return False
    after = [tokens[i] for i in sorted(draft.kept - draft.left_out) if i > saying.index]
    told = after and after[0].pos not in {"ADP", "CCONJ", "ADV"}
    return not told and not any(t.dep in {"ccomp", "obj"} for t in after)


def _stands_alone(verb: Token, draft: Draft) -> bool:
    sentence = draft.sentence
    below = tree.children(sentence, verb.index)
    if _reads_passive(verb, draft):
        return False
    own = [t for t in below if t.dep in {"obj", "ccomp", "xcomp", "iobj"}]
    after = [i for i in draft.kept if i > verb.index]
    if not after:
        needed = any(t.index > verb.index and t.index not in draft.left_out for t in own)
        return verb.lemma in NEEDS_OBJECT or (needed and not _ends_here(verb, draft))
    following = sentence.tokens[min(after)]
    said_later = verb.lemma in NEEDS_OBJECT and following.pos in {"ADP", "SCONJ", "CCONJ"} and verb.dep != "acl"
    return said_later and any(t.index > verb.index and t.index not in draft.kept | draft.left_out for t in own)


def _ends_here(verb: Token, draft: Draft) -> bool:
    """Whether a stop or another clause follows a verb in the text, whatever the parse hangs on it."""
    following = [t for t in draft.sentence.tokens[verb.index + 1 :] if t.index not in draft.left_out]
    return not following or following[0].text in STOPS or following[0].text.lower() in _OTHER_CLAUSE


def _reads_passive(verb: Token, draft: Draft) -> bool:
    """Whether a participle is passive: by its helper, or bare with neither "have" nor a subject or an object of its own."""
    if verb.tag != "VBN":
        return False
    before = draft.sentence.tokens[max(0, verb.index - 4) : verb.index]
    if any(t.lemma in {"be", "get"} and t.pos in {"AUX", "VERB"} for t in before):
        return True
    acts = draft.sentence.kind == "body" and any(t.dep == "nsubj" for t in tree.children(draft.sentence, verb.index))
    has = any(t.lemma == "have" for t in before)
    return not acts and not has and not has_object_by_order(draft.sentence, verb)


def has_false_subject(draft: Draft) -> bool:
    """The subject that is shown is not the one that stands before the verb, nor has the parse it for the verb's own."""
    if draft.verb is None or draft.subject is None or draft.kind != "clause":
        return False
    own = tree.children(draft.sentence, draft.verb.index)
    if not _is_antecedent(draft.subject, draft.verb, draft.sentence):
        if stands_under_preposition(draft.sentence, draft.subject):
            return is_finite(draft.sentence, draft.verb)
    elif _is_parted_from_relative(draft.verb, draft.sentence):
        return True
    if draft.subject.head == draft.verb.index or any(t.index == draft.subject.index for t in own):
        return False
    if not is_finite(draft.sentence, draft.verb):
        return False
    found = clause_by_order(draft.sentence, draft.verb, set(draft.left_out))
    if found.subject is None:
        return found.has_nouns and found.opener in {"where", "when", "because", "after"}
    inside = {t.index for t in tree.children(draft.sentence, draft.subject.index)} | {draft.subject.index}
    return found.subject.index not in inside and found.subject.index not in draft.kept


def _is_antecedent(noun: Token, verb: Token, sentence: Sentence) -> bool:
    """Whether a noun is what a verb's own relative clause or participle hangs on, or that of the verb it is joined to."""
    links = [verb]
    while links[-1].dep in {"conj", "xcomp", "advcl"} and len(links) < 4:
        links.append(sentence.tokens[links[-1].head])
    return any(t.dep.startswith("acl") and t.head == noun.index for t in links)


def _is_parted_from_relative(verb: Token, sentence: Sentence) -> bool:
    """Whether a comma and "and" part a verb from a relative clause that the parse joins it to."""
    before = sentence.tokens[max(0, verb.index - 4) : verb.index]
    return verb.dep == "conj" and any(a.text == "," and b.dep == "cc" for a, b in pairwise(before))


def disagrees(draft: Draft) -> bool:
    """The verb right behind its subject is of another number: "clients was arrested"."""
    if draft.subject is None or draft.verb is None or draft.subject.index not in draft.kept:
        return False
    after = [i for i in draft.kept if i > draft.subject.index]
    if not after or draft.subject.pos == "NUM":
        return False
    following = draft.sentence.tokens[min(after)]
    singular = draft.subject.tag == "NN" and draft.subject.lemma not in _CROWDS
    joining = {"conj", "appos"} if singular else {"nummod", "conj", "nmod"}
    alone = not any(t.dep in joining for t in tree.children(draft.sentence, draft.subject.index))
    if not alone or following.pos not in {"AUX", "VERB"}:
        return False
    plural = draft.subject.tag == "NNS"
    return (plural and following.text.lower() in {"was", "is", "has"}) or (
        draft.subject.tag == "NN" and following.text.lower() in {"were", "are"} and draft.subject.lemma not in _CROWDS
    )
