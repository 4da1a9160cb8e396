"""Who does it, and to whom: the actors of a happening from its clause, passive and by-agents the right way round.

For records. A verb's subjects and objects are deep ones (arguments.py); a noun has its doer before it ("Iran's visit"), after
"of", "by", "between", or as the subject of a verb that adds nothing ("held talks"). What no one does has no actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.actor_countries import country_of
from events.extraction.records.actor_names import is_person, name_of
from events.extraction.records.agents import is_named, takes_part
from events.extraction.records.governments import is_mere_place, state_behind, toponym_at
from events.extraction.records.left_out_times import left_out_times
from events.extraction.records.noun_participants import participants_of_noun
from events.extraction.records.pronouns import body_behind, person_behind
from events.extraction.records.verb_participants import participants_of_verb
from events.extraction.records.verb_roles import ADDRESSING, names_people
from events.model import Actor, Sentence, Token

MOST = 3  # of one role
_NOT_SPREAD = frozenset({"appos", "flat"})
_PEOPLE_DO = frozenset({"nsubj", "nsubj:pass", "obl", "obj", "conj", "nmod:poss", "nmod"})
_COUNT_ALONE = re.compile(r"\d|[\d.,]+ (?:million|billion)|.*\b(?:body|bodies)")


def actors_of(happening: Happening, analysis: Analysis) -> tuple[Actor, ...]:
    """The actors and recipients of a happening, actors first, at most three each; () where the clause names none."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens:
        return ()
    token = sentence.tokens[happening.token]
    around = participants_of_verb if token.pos == "VERB" else participants_of_noun
    doers, done_to = around(sentence, token, left_out_times(happening.sentence, analysis))
    actors = _named(doers, sentence, analysis, happening)
    addressed = token.lemma in ADDRESSING or token.pos != "VERB"
    taken = {name for name, _ in actors}
    people = [t for t in done_to if addressed or not is_mere_place(t, sentence, analysis)]
    recipients = [pair for pair in _named(people, sentence, analysis, happening) if pair[0] not in taken]
    return (
        *(Actor(name=n, role="actor", country=country_of(t, n, sentence, analysis)) for n, t in actors[:MOST]),
        *(Actor(name=n, role="recipient", country=country_of(t, n, sentence, analysis)) for n, t in recipients[:MOST]),
    )


def _joined(token: Token, sentence: Sentence, analysis: Analysis) -> list[Token]:
    """The word with the persons joined to it whom the parser lumps together ("Amina Bello and Tunde Cole met")."""
    if token.pos != "PROPN":
        return [token]
    below, found = [token.index], {token.index}
    while below:
        for child in tree.children(sentence, below.pop()):
            if child.dep in {"compound", "flat", "conj"} and child.pos == "PROPN" and child.index not in found:
                found.add(child.index)
                below.append(child.index)
    persons: dict[int, Token] = {}
    for mention in analysis.names_in(sentence):
        inside = [i for i in found if mention.start <= sentence.tokens[i].start < mention.end]
        if mention.label == "PER" and inside:
            persons[mention.start] = token if token.index in inside else sentence.tokens[max(inside)]
    return [persons[start] for start in sorted(persons)] if len(persons) > 1 else [token]


def _named(
    tokens: Iterable[Token], sentence: Sentence, analysis: Analysis, happening: Happening
) -> list[tuple[str, Token]]:
    """The names of those who can take part, each once, in order, with the head of the words that name them here."""
    found: list[tuple[str, Token]] = []
    spread = [each for token in _apart(tokens, sentence, analysis) for each in _joined(token, sentence, analysis)]
    for number, token in enumerate(spread):
        if any(_is_one_name(other, token, sentence) for other in spread[:number]):
            continue
        last = next((t for t in reversed(spread[number:]) if _is_one_name(token, t, sentence)), token)
        name = _name(last if is_person(last, sentence, analysis) else token, sentence, analysis, happening)
        if name and not any(other == name or other.endswith(f" {name}") for other, _ in found):
            found.append((name, token))
    return found


def _is_one_name(one: Token, other: Token, sentence: Sentence) -> bool:
    """Whether two words stand in one unbroken run of names: "Md Rahm Ali", "El Salvador"."""
    between = sentence.tokens[min(one.index, other.index) : max(one.index, other.index) + 1]
    return one.index != other.index and all(t.pos == "PROPN" or t.text == "-" for t in between)


def _apart(tokens: Iterable[Token], sentence: Sentence, analysis: Analysis) -> list[Token]:
    """The words without those that only say again who is meant: appositions, and what the parser takes for a list of two.

    "The commander, Colonel Bali" has no "and"; the adjectives of "Tajik and Kyrgyz guards" are no names of their own.
    """
    kept: list[Token] = []
    for token in tokens:
        adjective = token.pos == "ADJ" and not takes_part(token, sentence, analysis)
        if token.dep in _NOT_SPREAD or (adjective and not is_named(token, sentence, analysis)):
            continue
        if _is_demonym(token, sentence, analysis):
            continue
        if token.dep == "conj" and not _is_joined(token, sentence):
            if kept and kept[-1].index == token.head and is_person(token, sentence, analysis):
                kept[-1] = token
            continue
        kept.append(token)
    return kept


def _is_joined(token: Token, sentence: Sentence) -> bool:
    """Whether a list has an "and" or an "or", or more than two members."""
    below = tree.subtree(sentence, token.head)
    return (
        any(sentence.tokens[i].dep == "cc" for i in below) or sum(sentence.tokens[i].dep == "conj" for i in below) > 1
    )


def _is_demonym(token: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether a word is the bare "Tajik" of "Tajik and Kyrgyz border guards"."""
    found = toponym_at(token, sentence, analysis)
    bare = not any(t.dep in {"det", "nummod"} for t in tree.children(sentence, token.index))
    return found is not None and found.kind == "demonym" and bare and token.tag not in {"NNPS", "NNS"}


def _name(token: Token, sentence: Sentence, analysis: Analysis, happening: Happening) -> str | None:
    """What one who takes part is called, None for what can't."""
    if state := state_behind(token, sentence, analysis, happening.type):
        return state
    if token.tag in {"PRP", "PRP$"}:
        return person_behind(token, sentence, analysis) or body_behind(token, sentence, analysis)
    people = names_people(token.lemma, plural=token.tag in {"NNS", "NNPS"}) and token.dep in _PEOPLE_DO
    named = takes_part(token, sentence, analysis) or people or is_person(token, sentence, analysis)
    if not named:
        return None
    name = name_of(token, sentence, analysis)
    return name if name and not _COUNT_ALONE.fullmatch(name) else None
