"""A clause cut to so many words: its subject, its verb with auxiliaries, its object, then what else fits, each phrase whole.

For labels. Words come out in the order and the form of the text; time expressions, asides, relative clauses and appositions
are left out; nothing is ever cut inside a phrase.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.records.kept_words import Words
from events.extraction.records.phrase_words import NEVER_KEPT, choices, phrase
from events.extraction.records.verb_forms import past_of
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

_GERUND = frozenset("deny admit consider avoid risk stop keep begin start continue resume suggest".split())
_GROUP = frozenset("aux aux:pass cop compound:prt expl".split())
_TIE = frozenset("that when after as while because over to by".split())
_NEGATIONS = frozenset("not n't n’t never no longer".split())
_ADVERBS = frozenset("not n't n’t never off out down up back away in on over apart".split())


def clause_words(
    sentence: Sentence, verb: Token, subject: Token | None, left_out: set[int], most: int, below: bool = False
) -> Words:
    """The words of a verb's clause, alone where it stands below another.

    left_out: tokens that are never kept; subject: the verb's, or None to leave it open.
    """
    words = Words(sentence)
    chain = [verb] if below else _verb_chain(sentence, verb)
    for link in chain:
        words.kept |= _group(sentence, link) - left_out
    finite_below = any(link.tag in {"VBD", "VBZ", "VBP"} for link in chain[1:])  # "fighting went on"
    if (
        chain[0].tag == "VBG"
        and not finite_below
        and not any(t.dep == "aux" for t in tree.children(sentence, chain[0].index))
    ):
        words.instead[chain[0].index] = past_of(chain[0])
    if subject is not None:
        whole = phrase(sentence, subject, left_out, case=False)
        long = words.count(whole) > most // 2 + 2
        words.kept |= phrase(sentence, subject, left_out, short=True, case=False) if long else whole
    _add_objects(words, chain, left_out, most)
    if subject is not None and not below and _lacks_complement(words, chain, left_out):
        short = Words(sentence, words.kept - phrase(sentence, subject, left_out, case=False), words.instead)
        short.kept |= phrase(sentence, subject, left_out, short=True, case=False)
        _add_objects(short, chain, left_out, most)
        if not _lacks_complement(short, chain, left_out):
            return short
    return words


def _lacks_complement(words: Words, chain: list[Token], left_out: set[int]) -> bool:
    """Whether what the last verb says, undertakes or does it to is missing."""
    needed = [
        t
        for t in tree.children(words.sentence, chain[-1].index)
        if t.dep in {"xcomp", "ccomp", "obj"} and t.index > chain[-1].index and t.index not in left_out
    ]
    return bool(needed) and not any(t.index in words.kept for t in needed)


def _add_objects(words: Words, chain: list[Token], left_out: set[int], most: int) -> None:
    """Add the objects of the verbs, then their complements, each phrase that fits."""
    sentence = words.sentence
    objects = [t for link in chain for t in tree.children(sentence, link.index) if t.dep in {"obj", "iobj"}]
    for noun in objects:
        if noun.tag not in {"WP", "WDT"} and noun.index not in left_out:
            words.add(choices(sentence, noun, left_out), most)
    for link in reversed(chain):
        hanging = tree.children(sentence, link.index)
        for child in sorted(hanging, key=lambda t: t.dep not in {"ccomp", "xcomp"}):
            if child not in chain and child.index > link.index and child.index not in words.kept:
                _add_complement(words, child, left_out, most)


def own_subject(sentence: Sentence, verb: Token) -> Token | None:
    """The subject that hangs on a verb itself; a relative pronoun only where there is no noun."""
    found = [
        t for t in tree.children(sentence, verb.index)
        if t.dep in {"nsubj", "nsubj:pass"} and t.pos not in {"VERB", "AUX"}
    ]  # fmt: skip
    return min(found, key=lambda t: t.tag in {"WP", "WDT"} and not t.text.isupper(), default=None)


def _verb_chain(sentence: Sentence, verb: Token) -> list[Token]:
    """The verb with those that it hangs on as an open complement, the finite one first: "plan" … "to strike"."""
    chain = [verb]
    while len(chain) < 3 and (chain[0].dep == "xcomp" or (chain[0].dep == "advcl" and _has_to(sentence, chain[0]))):
        head = sentence.tokens[chain[0].head]
        if head.pos not in {"VERB", "ADJ", "AUX"} or head.index > chain[0].index:
            break
        chain.insert(0, head)
    return chain


def _has_to(sentence: Sentence, verb: Token) -> bool:
    return any(t.tag == "TO" for t in tree.children(sentence, verb.index))


def _group(sentence: Sentence, verb: Token) -> set[int]:
    """A verb with its auxiliaries, particle, "to" and negation."""
    found = {verb.index}
    for child in tree.children(sentence, verb.index):
        near = abs(child.index - verb.index) <= 5
        lower = child.text.lower()
        small = lower in _NEGATIONS or (lower in _ADVERBS and abs(child.index - verb.index) == 1)
        if near and (child.dep in _GROUP or child.tag == "TO" or (child.dep == "advmod" and small)):
            found.add(child.index)
    return found


def _add_complement(words: Words, child: Token, left_out: set[int], most: int) -> None:
    sentence = words.sentence
    if child.index in left_out or child.dep in NEVER_KEPT or child.dep in {"conj", "cc", "nsubj", "nsubj:pass", "mark"}:
        return
    if child.pos in {"VERB", "AUX"}:
        _add_clause(words, child, left_out, most)
    elif child.dep == "advcl" and any(t.text == "that" for t in tree.children(sentence, child.index)):
        words.add([phrase(sentence, child, left_out)], most)  # "denied that it was an attack"
    elif child.dep in {"obl", "obl:agent", "nmod", "xcomp", "obl:npmod", "ccomp"}:
        case = tree.preposition(sentence, child.index)
        if child.dep in {"obl", "nmod"} and not case and child.pos in {"NOUN", "PROPN"} and words.count() > 2:
            return  # the parser took in the subject of the next clause
        whole = [c for c in choices(sentence, child, left_out) if not _is_clipped(sentence, c)]
        words.add([c for c in whole if case != "between" or any(sentence.tokens[i].dep == "cc" for i in c)], most)


def _is_clipped(sentence: Sentence, phrase: set[int]) -> bool:
    """Whether a verb follows at once: then the parser took the subject of another clause for a phrase of this one."""
    after = max(phrase) + 1
    return after < len(sentence.tokens) and (
        sentence.tokens[after].pos == "AUX" or sentence.tokens[after].tag in {"VBD", "VBZ", "VBP"}
    )


def _add_clause(words: Words, verb: Token, left_out: set[int], most: int) -> None:
    """A clause below: what is said or agreed, why it happened, if its own subject, verb and object fit."""
    sentence = words.sentence
    before = [t for t in tree.children(sentence, verb.index) if t.index < verb.index]
    marks = [t for t in before if t.dep in {"mark", "advmod"} or t.text == "that"]
    after_comma = verb.index > 0 and sentence.tokens[verb.index - 1].text == ","
    gerund = verb.tag == "VBG" and sentence.tokens[verb.head].lemma in _GERUND and not after_comma
    if verb.dep == "advcl" and not gerund and not any(t.text.lower() in _TIE for t in marks):
        return
    subject = own_subject(sentence, verb)
    if verb.dep == "ccomp" and subject is not None and not marks and sentence.tokens[verb.head].lemma not in SAYING:
        return
    room = most - words.count()
    own_marks = sum(t.tag != "TO" for t in marks)
    inner = clause_words(sentence, verb, subject, left_out, room - own_marks, below=True)
    whole = inner.kept | {t.index for t in marks if t.dep == "mark" or t.text.lower() in _TIE} - left_out
    if room > 2 and words.count(whole) <= most and inner.count() > 1:
        words.kept |= whole


def phrase_with_complements(sentence: Sentence, noun: Token, left_out: set[int], most: int) -> Words:
    """The words of a noun phrase with its complements as far as they fit: "meeting with the leaders of the bloc"."""
    words = Words(sentence, phrase(sentence, noun, left_out, short=True, case=False))
    for child in tree.children(sentence, noun.index):
        if child.dep in {"nmod", "obl", "acl"} and child.index not in left_out and child.index > noun.index:
            if child.pos == "VERB":
                _add_clause(words, child, left_out, most)
            else:
                words.add(choices(sentence, child, left_out), most)
    return words


def without_object(words: Words, verb: Token, noun: Token, left_out: set[int]) -> Words:
    """What a clause says beside its verb and its object: "to five buyers"."""
    gone = phrase(words.sentence, noun, left_out) | _group(words.sentence, verb)
    last = max(gone)
    return Words(words.sentence, {i for i in words.kept - gone if i > last})
