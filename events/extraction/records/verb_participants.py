"""Who a verb makes its doers and to whom it is done: deep subjects and objects, only where the syntax is sure.

For participants. Where the order of the words names another subject than the one that a clause would inherit by the parse,
and where somebody is blamed for an act, the parse is not followed blindly ("arrested a man for killing": the man).
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.happenings.arguments import Parsed, Surface
from events.extraction.records.blamed import blamed_for, is_gerund, judging_verb
from events.extraction.records.verb_roles import SENDING, SENT, SUFFERED, THINGS, TO_WHOM
from events.extraction.records.word_order import (
    FINITE,
    clause_by_order,
    has_object_by_order,
    is_finite,
    stands_under_preposition,
)  # fmt: skip
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

_INHERITING = frozenset({"advcl", "conj", "parataxis", "xcomp"})


def participants_of_verb(sentence: Sentence, verb: Token, times: set[int]) -> tuple[list[Token], list[Token]]:
    """The deep subjects and objects of a verb, with whom "met with", "fired on", "appealed to" name.

    times: the tokens of dates, which say nothing of who acts.
    """
    reading = Parsed.of(sentence, verb)
    if _is_main_verb(sentence, verb):
        return [sentence.tokens[verb.head]], []
    doers, done_to = _by_voice(sentence, verb, reading, times)
    if is_gerund(sentence, verb) and judging_verb(sentence, verb) is not None:
        blamed = blamed_for(sentence, verb)
        doers = [blamed] if blamed is not None else []
    elif not reading.passive():
        doers = _sure(doers, sentence, verb, times) if doers else _by_order(sentence, verb, times)
    undertakes = any(t.tag == "TO" for t in sentence.tokens[verb.index + 1 : verb.index + 2])  # "failed to pay"
    if verb.lemma in SUFFERED and not done_to and not undertakes:
        doers, done_to = [], [t for t in doers if t.lemma not in THINGS]
    if verb.lemma in SENDING:
        done_to = [t for t in done_to if t.lemma not in SENT]
    for child in tree.children(sentence, verb.index):
        if child.dep in {"obl", "nmod"} and verb.lemma in TO_WHOM.get(tree.preposition(sentence, child.index), ()):
            done_to = [*done_to, child, *(t for t in tree.children(sentence, child.index) if t.dep == "conj")]
    return doers, done_to


def _by_voice(sentence: Sentence, verb: Token, reading: Parsed, times: set[int]) -> tuple[list[Token], list[Token]]:
    """Who does it and to whom by the parse, active and passive told apart."""
    doers, done_to = reading.subjects(), reading.objects()
    if _is_active_by_order(sentence, verb, times):
        head = sentence.tokens[verb.head]
        return reading.spread([head]), [t for t in done_to if t.index > verb.index]
    if sentence.kind == "headline" and not doers and not done_to:
        surface = Surface(sentence, reading.children, verb)
        return last_of_runs(surface.subjects()), last_of_runs(surface.objects())
    if reading.passive() and not _looks_passive(sentence, verb):
        return done_to, doers
    if not reading.passive() and _is_passive(sentence, verb):
        return [], doers
    if reading.passive():
        return [t for t in doers if _is_agent(t, sentence)], done_to
    joined_first = doers and doers[0].dep == "conj" and sentence.tokens[doers[0].head].pos in {"NOUN", "PROPN"}
    return ([sentence.tokens[doers[0].head], *doers] if joined_first and verb.dep == "acl" else doers), done_to


def _is_active_by_order(sentence: Sentence, verb: Token, times: set[int]) -> bool:
    """Whether a verb that the parser hangs on its own subject is that subject's act: "and a general called on …"."""
    if sentence.kind != "body" or verb.dep != "acl" or verb.tag not in {"VBD", "VBN"}:
        return False
    if any(tree.preposition(sentence, t.index) == "by" for t in tree.children(sentence, verb.index)):
        return False
    clause = clause_by_order(sentence, verb, times)
    others = [t for t in sentence.tokens[clause.start : clause.end] if t.tag in FINITE and t != verb]
    after = sentence.tokens[verb.index + 1].text.lower() if verb.index + 1 < len(sentence.tokens) else ""
    past = verb.tag == "VBD" and after not in {"of", "by", "with", "for"}
    alone = clause.opener in {"and", "but", "after", "before", "when"} and not others
    appeals = verb.lemma in TO_WHOM.get(after, ())  # "called on", "fired at"
    return (past or alone or appeals) and clause.subject == sentence.tokens[verb.head]


def _by_order(sentence: Sentence, verb: Token, times: set[int]) -> list[Token]:
    """The noun before a verb in the past or the present whose subject the parser missed: "before mates found him"."""
    if sentence.kind != "body" or verb.tag not in FINITE or not has_object_by_order(sentence, verb):
        return []
    subject = clause_by_order(sentence, verb, times).subject
    return [subject] if subject is not None and subject.index < verb.index else []


def _is_agent(noun: Token, sentence: Sentence) -> bool:
    """Whether "by" stands before a noun or before the one that it is joined to."""
    head = sentence.tokens[noun.head]
    first = head if noun.dep in {"conj", "flat", "appos"} else noun
    return tree.preposition(sentence, noun.index) == "by" or tree.preposition(sentence, first.index) == "by"


def _sure(doers: list[Token], sentence: Sentence, verb: Token, times: set[int]) -> list[Token]:
    """The doers, less those that the order of the words speaks against: then the noun that stands there, or nobody."""
    if not doers or sentence.kind != "body":
        return doers
    first = doers[0]
    own = first.head == verb.index and first.dep in {"nsubj", "nsubj:pass"}
    if own and not (stands_under_preposition(sentence, first) and is_finite(sentence, verb)):
        return doers
    if not own and verb.dep not in _INHERITING:
        return doers
    quoted = sentence.tokens[first.head].lemma in SAYING and first.index > verb.index
    if quoted or (verb.dep == "conj" and sentence.tokens[verb.head].pos not in {"VERB", "AUX"}):
        return []
    if not is_finite(sentence, verb):
        return doers
    clause = clause_by_order(sentence, verb, times)
    if clause.subject is not None and clause.subject not in doers:
        return [clause.subject] if verb.tag in {"VBD", "VBZ", "VBP", "VB"} else []
    return [] if clause.subject is None and clause.has_nouns and (own or verb.dep == "advcl") else doers


def _is_main_verb(sentence: Sentence, verb: Token) -> bool:
    """Whether a sentence has no other verb than one that the parser hangs on its first noun: "Two passengers waited"."""
    head = sentence.tokens[verb.head]
    if sentence.kind != "body" or verb.dep != "acl" or head.head != head.index or head.pos not in {"NOUN", "PROPN"}:
        return False
    if any(tree.preposition(sentence, t.index) == "by" for t in tree.children(sentence, verb.index)):
        return False
    return verb.tag in {"VBN", "VBD"} and not any(
        t.tag in {"VBD", "VBZ", "VBP", "MD"} and t is not verb for t in sentence.tokens
    )


def last_of_runs(nouns: list[Token]) -> list[Token]:
    """The head words of noun phrases out of all their nouns."""
    indices = {t.index for t in nouns}
    return [t for t in nouns if t.index + 1 not in indices]


def _looks_passive(sentence: Sentence, verb: Token) -> bool:
    """Whether a passive has the form of one: in running text the parser takes "his supporters rallied" for one."""
    if sentence.kind != "body" or verb.dep in {"acl", "amod"}:
        return True
    below = tree.children(sentence, verb.index)
    head = sentence.tokens[verb.head]
    joined = verb.dep == "conj" and any(t.dep == "aux:pass" for t in tree.children(sentence, head.index))
    return joined or any(t.dep == "aux:pass" for t in below)


def _is_passive(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is passive that has its auxiliary further up: "was put ashore and handed to a doctor"."""
    if any(t.dep == "obj" for t in tree.children(sentence, verb.index)):
        return False
    head = sentence.tokens[verb.head]
    joined = verb.dep == "conj" and verb.tag in {"VBN", "VBD"} and tree.is_passive(sentence, head.index)
    own_subject = any(t.dep.startswith("nsubj") for t in tree.children(sentence, verb.index))
    return tree.is_passive(sentence, verb.index) or (joined and not own_subject)
