"""Who does it, and to whom: the actors of a happening from its clause, passive and by-agents the right way round.

For records. Names are made whole within the story ("Rutte" → "Mark Rutte"), pronouns are left out rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happening import Happening
from events.model import Actor, Sentence, Token

LONGEST = 60  # characters of an actor's name
MOST = 3  # actors of one role
_LEFT_OUT = frozenset("acl:relcl acl appos parataxis conj cc advcl punct dep list".split())
_MUTUAL = frozenset({"meet", "talk", "discuss", "sign", "agree", "negotiate", "confer", "clash", "fight"})


def actors_of(happening: Happening, analysis: Analysis) -> tuple[Actor, ...]:
    """The actors and recipients of a happening, actors first; () where the clause names none."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens:
        return ()
    token = sentence.tokens[happening.token]
    verb = token if token.pos == "VERB" else tree.clause_verb(sentence, token.index)
    doers, done_to = _of_verb(sentence, verb) if verb is not None else ([], [])
    if token.pos != "VERB":
        own_doers, own_done_to = _of_noun(sentence, token)
        doers, done_to = (
            own_doers or [d for d in doers if d.index != token.index],
            own_done_to or [d for d in done_to if d.index != token.index],
        )
    found = [*_named(doers, "actor", sentence, analysis), *_named(done_to, "recipient", sentence, analysis)]
    seen: set[str] = set()
    return tuple(a for a in found if not (a.name in seen or seen.add(a.name)))  # type: ignore[func-returns-value]


def _of_verb(sentence: Sentence, verb: Token) -> tuple[list[Token], list[Token]]:
    own = tree.children(sentence, verb.index)
    agents = [
        t for t in own if t.dep == "obl:agent" or (t.dep == "obl" and tree.preposition(sentence, t.index) == "by")
    ]
    objects = [t for t in own if t.dep in {"obj", "iobj"}]
    subject = tree.subject_of(sentence, verb.index)
    if tree.is_passive(sentence, verb.index):
        patient = subject if subject is not None else sentence.tokens[verb.head] if verb.dep == "acl" else None
        return agents, [patient] if patient is not None else []
    with_ = [t for t in own if t.dep == "obl" and tree.preposition(sentence, t.index) in {"with", "against"}]
    return [subject] if subject is not None else [], objects + with_


def _of_noun(sentence: Sentence, noun: Token) -> tuple[list[Token], list[Token]]:
    """As in "the visit of the president to …", "Iran's attack on …", "talks between A and B"."""
    doers, done_to = [], []
    for child in tree.children(sentence, noun.index):
        word = tree.preposition(sentence, child.index)
        if child.dep == "nmod:poss" or (child.dep == "nmod" and word in {"by", "between"}):
            doers.append(child)
        elif child.dep == "nmod" and word in {"on", "against", "with", "of"}:
            done_to.append(child)
    return doers, done_to


def _named(tokens: Iterable[Token], role: str, sentence: Sentence, analysis: Analysis) -> list[Actor]:
    found: list[Actor] = []
    for token in tokens:
        for head in [token, *(t for t in tree.children(sentence, token.index) if t.dep == "conj")]:
            name = name_of(head, sentence, analysis)
            if name and len(found) < MOST:
                found.append(Actor.model_validate({"name": name, "role": role}))
    return found


def name_of(head: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """The words of a participant, whole where the story names the same person more fully; None for a pronoun."""
    if head.pos in {"PRON", "NUM", "PUNCT", "VERB"}:
        return None
    for mention in analysis.names:
        if (
            mention.part == sentence.part
            and mention.start <= head.start
            and head.end <= mention.end
            and mention.label == "PER"
        ):
            return fuller_name(mention.text, analysis)
    words = noun_phrase(head, sentence)
    return words if words and len(words) <= LONGEST else None


def fuller_name(name: str, analysis: Analysis) -> str:
    """The longest name of a person in the story that ends in this one."""
    longer = [
        m.text for m in analysis.names if m.label == "PER" and m.text.endswith(" " + name) and len(m.text) <= LONGEST
    ]
    return max(longer, key=len, default=name)


def noun_phrase(head: Token, sentence: Sentence) -> str:
    """A noun phrase without its clauses, appositions and conjuncts, and without an article."""
    keep, below = {head.index}, [head.index]
    while below:
        for child in tree.children(sentence, below.pop()):
            if child.dep in _LEFT_OUT or (child.dep == "case" and child.head == head.index):
                continue
            if child.dep in {"nmod", "obl"} and tree.preposition(sentence, child.index) not in {"of", "for"}:
                continue
            keep.add(child.index)
            below.append(child.index)
    run = _run_around(head.index, keep)
    start, end = sentence.tokens[run[0]].start - sentence.start, sentence.tokens[run[-1]].end - sentence.start
    words = re.sub(r"\s+", " ", sentence.text[start:end]).strip(" ,;:\"“”'’")
    return re.sub(r"^(?:the|a|an|its|his|her|their) ", "", words, flags=re.IGNORECASE)


def _run_around(index: int, keep: set[int]) -> list[int]:
    """The unbroken run of kept tokens around one; a gap of one token (a hyphen, an apostrophe) is bridged."""
    run = [index]
    while run[0] - 1 in keep or run[0] - 2 in keep:
        run.insert(0, run[0] - 1 if run[0] - 1 in keep else run[0] - 2)
    while run[-1] + 1 in keep or run[-1] + 2 in keep:
        run.append(run[-1] + 1 if run[-1] + 1 in keep else run[-1] + 2)
    return run
