"""Who does it, and to whom: the actors of a happening from its clause, passive and by-agents the right way round.

For records. A verb's subjects and objects are deep ones (arguments.py); a noun has its doer before it ("Iran's visit"), after
"of", "by", "between", or as the subject of a verb that adds nothing ("held talks"). What no one does has no actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.arguments import Parsed, Surface
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.happenings.happening import Happening
from events.extraction.records.actor_countries import country_of
from events.extraction.records.actor_names import is_person, name_of
from events.extraction.records.agents import is_named, takes_part
from events.extraction.records.governments import is_mere_place, state_behind, toponym_at
from events.extraction.records.verb_roles import ADDRESSING, SENDING, SENT, SUFFERED, THINGS, TO_WHOM, names_people
from events.model import Actor, Sentence, Token

MOST = 3  # of one role
_CARRYING = LIGHT_VERBS | {
    "attend",
    "join",
    "cancel",
    "postpone",
    "scrap",
    "shelve",
    "announce",
    "plan",
    "sign",
    "call",
}
_DONE_TO = frozenset(
    "arrest killing murder assassination seizure capture abduction kidnapping detention release election trial expulsion "
    "deportation rescue shelling bombing invasion occupation blockade closure impeachment death conviction sentencing "
    "appointment dismissal ouster removal inauguration extradition eviction shooting stabbing jailing hijacking".split()
)
_DEATHS = frozenset("kill injure wound hurt claim destroy damage hit strike displace bury sweep".split())
_NOT_SPREAD = frozenset({"appos", "flat"})
_ITS_PLURAL = {"it": False, "they": True, "them": True}
_PEOPLE_DO = frozenset({"nsubj", "nsubj:pass", "obl", "obj", "conj", "nmod:poss", "nmod"})
_COUNT_ALONE = re.compile(r"\d|[\d.,]+ (?:million|billion)|.*\b(?:body|bodies)")
_CLAUSE_AT_START = re.compile(
    r"^(?:where|when|while|as|that|which|who|since|at|and|after|because) (?:the |a |an )?", re.IGNORECASE
)
_CLAUSE_AT_END = re.compile(r" (?:of \w+ing|, for its part)$")


def actors_of(happening: Happening, analysis: Analysis) -> tuple[Actor, ...]:
    """The actors and recipients of a happening, actors first, at most three each; () where the clause names none."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens:
        return ()
    token = sentence.tokens[happening.token]
    doers, done_to = _of_verb(sentence, token) if token.pos == "VERB" else _of_noun(sentence, token)
    actors = _named(doers, sentence, analysis, happening)
    addressed = token.lemma in ADDRESSING or token.pos != "VERB"
    taken = {name for name, _ in actors}
    people = [t for t in done_to if addressed or not is_mere_place(t, sentence, analysis)]
    recipients = [pair for pair in _named(people, sentence, analysis, happening) if pair[0] not in taken]
    return (
        *(Actor(name=n, role="actor", country=country_of(t, n, sentence, analysis)) for n, t in actors[:MOST]),
        *(Actor(name=n, role="recipient", country=country_of(t, n, sentence, analysis)) for n, t in recipients[:MOST]),
    )


def _reading(sentence: Sentence, token: Token) -> Parsed:
    children: list[list[Token]] = [[] for _ in sentence.tokens]
    for other in sentence.tokens:
        if other.head != other.index:
            children[other.head].append(other)
    return Parsed(sentence, children, token)


def _of_verb(sentence: Sentence, verb: Token) -> tuple[list[Token], list[Token]]:
    """The deep subjects and objects of a verb, with whom "met with", "fired on", "appealed to" name."""
    reading = _reading(sentence, verb)
    if _is_main_verb(sentence, verb):
        return [sentence.tokens[verb.head]], []
    doers, done_to = reading.subjects(), reading.objects()
    if sentence.kind == "headline" and not doers and not done_to:
        surface = Surface(sentence, reading.children, verb)
        doers, done_to = _last_of_runs(surface.subjects()), _last_of_runs(surface.objects())
    if reading.passive() and not _looks_passive(sentence, verb):
        doers, done_to = done_to, doers
    elif not reading.passive() and _is_passive(sentence, verb):
        doers, done_to = [], doers
    elif reading.passive():
        doers = [t for t in doers if tree.preposition(sentence, t.index) == "by" or t.dep == "conj"]
    if (
        doers
        and verb.dep == "acl"
        and doers[0].dep == "conj"
        and sentence.tokens[doers[0].head].pos in {"NOUN", "PROPN"}
    ):
        doers = [sentence.tokens[doers[0].head], *doers]
    if verb.lemma in SUFFERED and not done_to:
        doers, done_to = [], [t for t in doers if t.lemma not in THINGS]
    if verb.lemma in SENDING:
        done_to = [t for t in done_to if t.lemma not in SENT]
    for child in tree.children(sentence, verb.index):
        if child.dep in {"obl", "nmod"} and verb.lemma in TO_WHOM.get(tree.preposition(sentence, child.index), ()):
            done_to = [*done_to, child, *(t for t in tree.children(sentence, child.index) if t.dep == "conj")]
    return doers, done_to


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


def _last_of_runs(nouns: list[Token]) -> list[Token]:
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


def _of_noun(sentence: Sentence, noun: Token) -> tuple[list[Token], list[Token]]:
    """As in "the visit of the president to …", "Iran's attack on …", "talks between A and B", "held talks with"."""
    doers: list[Token] = []
    done_to: list[Token] = []
    suffers = noun.lemma in _DONE_TO
    for child in tree.children(sentence, noun.index):
        word = tree.preposition(sentence, child.index)
        joined = [child, *(t for t in tree.children(sentence, child.index) if t.dep == "conj")]
        if child.dep == "nmod:poss" or (child.dep == "nmod" and word == "of"):
            (done_to if suffers else doers).extend(joined)
        elif child.dep == "nmod" and word in {"by", "between"}:
            doers += joined
        elif child.dep in {"nmod", "obl"} and word in {"on", "against", "with"}:
            done_to += joined
        elif child.dep in {"compound", "amod"} and child.pos in {"NOUN", "PROPN"} and child.index < noun.index:
            (done_to if suffers else doers).append(child)
    verb_doers, verb_done_to = _of_its_verb(sentence, noun)
    return verb_doers or doers, done_to + verb_done_to


def _of_its_verb(sentence: Sentence, noun: Token) -> tuple[list[Token], list[Token]]:
    """Who holds the talks and whom the attack killed: what the verb of a nominal happening adds."""
    reading = _reading(sentence, noun)
    verb = reading.governor()
    if verb is None or verb.pos != "VERB":
        return [], []
    own = _reading(sentence, verb)
    role = noun.dep.split(":")[0]
    patient = role == "obj" or (role == "nsubj" and own.passive())
    if patient and verb.lemma in _CARRYING:
        _, with_whom = _of_verb(sentence, verb)
        return [t for t in own.subjects() if t.index != noun.index], [
            t for t in with_whom if tree.preposition(sentence, t.index) in {"with", "to", "against"}
        ]
    if role == "nsubj" and not own.passive() and verb.lemma in _DEATHS:
        return [], own.objects()
    return [], []


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
    for token in spread:
        name = _name(token, sentence, analysis, happening)
        if name and not any(other == name or other.endswith(f" {name}") for other, _ in found):
            found.append((name, token))
    return found


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
    if token.text.lower() in _ITS_PLURAL:
        return _behind_it(token, sentence, analysis)
    people = names_people(token.lemma, plural=token.tag in {"NNS", "NNPS"}) and token.dep in _PEOPLE_DO
    named = takes_part(token, sentence, analysis) or people or is_person(token, sentence, analysis)
    if token.tag != "PRP" and not named:
        return None
    name = name_of(token, sentence, analysis)
    return _without_clause(name) if name and not _COUNT_ALONE.fullmatch(name) else None


def _behind_it(pronoun: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """Which body or people "it" or "they" is: the only one who is a subject in the sentence before, if it can act."""
    number = analysis.sentence_at(sentence.part, sentence.start)
    before = analysis.sentences[number - 1] if number else None
    if before is None or before.kind != "body" or before.part != sentence.part:
        return None
    own = [t for t in sentence.tokens[: pronoun.index] if t.dep == "nsubj" and t.pos in {"NOUN", "PROPN"}]
    nouns = own or [t for t in before.tokens if t.dep in {"nsubj", "nsubj:pass"} and t.pos in {"NOUN", "PROPN"}]
    where = sentence if own else before
    if len(nouns) != 1 or is_person(nouns[0], where, analysis) or not takes_part(nouns[0], where, analysis):
        return None
    plural = nouns[0].tag in {"NNS", "NNPS"}
    return name_of(nouns[0], where, analysis) if plural == _ITS_PLURAL[pronoun.text.lower()] else None


def _without_clause(name: str) -> str:
    """A name without what the parser took in from the clause: "Bogotá of dropping", "where workers"."""
    return _CLAUSE_AT_END.sub("", _CLAUSE_AT_START.sub("", name))
