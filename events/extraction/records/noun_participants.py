"""Who a nominal happening makes its doers and to whom it is done: "Iran's visit to …", "talks between A and B".

For participants. A noun has its doer before it, after "of", "by", "between", or as the subject of a verb that adds nothing
("held talks"); what is done to somebody has that one there ("the assault of a student"). Where the noun leaves it open
("the attack of") nobody is named.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.happenings.arguments import Parsed, Surface
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.records.blamed import judging_verb, whom_it_judges
from events.extraction.records.verb_participants import last_of_runs, participants_of_verb
from events.model import Sentence, Token

_CARRYING = LIGHT_VERBS | frozenset("attend join cancel postpone scrap shelve announce plan sign call".split())
_DONE_TO = frozenset(
    "arrest killing murder assassination seizure capture abduction kidnapping detention release election trial expulsion "
    "deportation rescue shelling bombing invasion occupation blockade closure impeachment death conviction sentencing "
    "appointment dismissal ouster removal inauguration extradition eviction shooting stabbing jailing hijacking assault rape "
    "abuse massacre torture beating lynching beheading poisoning harassment mistreatment burial funeral demolition "
    "destruction closing takeover hospitalisation hospitalization exoneration indictment prosecution acquittal".split()
)
_OPEN_AFTER_OF = frozenset("attack strike raid siege robbery fire killing ambush".split())  # "of" may name either side
_DEATHS = frozenset("kill injure wound hurt claim destroy damage hit strike displace bury sweep".split())


def participants_of_noun(sentence: Sentence, noun: Token, times: set[int]) -> tuple[list[Token], list[Token]]:
    """As in "the visit of the president to …", "Iran's attack on …", "talks between A and B", "held talks with"."""
    if is_verb_of_headline(sentence, noun):
        surface = Surface(sentence, [], noun)
        return last_of_runs(surface.subjects()), last_of_runs(surface.objects())
    doers: list[Token] = []
    done_to: list[Token] = []
    suffers = noun.lemma in _DONE_TO
    owned = any(t.dep == "nmod:poss" for t in tree.children(sentence, noun.index))
    both = owned and _has_of(sentence, noun)  # in "Israel's killing of Ali" the possessor is no victim
    for child in tree.children(sentence, noun.index):
        word = tree.preposition(sentence, child.index)
        joined = [child, *(t for t in tree.children(sentence, child.index) if t.dep == "conj")]
        if child.dep == "nmod" and word == "of" and (owned or noun.lemma in _OPEN_AFTER_OF - _DONE_TO):
            done_to += joined if owned else []
            continue
        if child.dep == "nmod:poss" or (child.dep == "nmod" and word == "of"):
            (done_to if suffers and not both else doers).extend(joined)
        elif child.dep == "nmod" and word in {"by", "between"}:
            doers += joined
        elif child.dep in {"nmod", "obl"} and word in {"on", "against", "with"}:
            done_to += joined
        elif child.dep in {"compound", "amod"} and child.pos in {"NOUN", "PROPN"} and child.index < noun.index:
            (done_to if suffers else doers).append(child)
    verb_doers, verb_done_to = _of_its_verb(sentence, noun, times)
    return verb_doers or doers, done_to + verb_done_to


def is_verb_of_headline(sentence: Sentence, noun: Token) -> bool:
    """Whether the parser takes a headline's verb for a noun: "police arrest five over …"."""
    tokens = sentence.tokens
    if sentence.kind != "headline" or not 0 < noun.index < len(tokens) - 1:
        return False
    before, after = tokens[noun.index - 1], tokens[noun.index + 1]
    return (before.tag in {"NNS", "NNPS"} or before.lemma == "police") and after.pos in {"NUM", "DET"}


def _has_of(sentence: Sentence, noun: Token) -> bool:
    below = tree.children(sentence, noun.index)
    return any(t.dep == "nmod" and tree.preposition(sentence, t.index) == "of" for t in below)


def _of_its_verb(sentence: Sentence, noun: Token, times: set[int]) -> tuple[list[Token], list[Token]]:
    """Who holds the talks and whom the attack killed: what the verb of a nominal happening adds."""
    reading = Parsed.of(sentence, noun)
    verb = reading.governor()
    if verb is None or verb.pos != "VERB":
        return [], []
    if judging_verb(sentence, noun) is not None and verb == judging_verb(sentence, noun):
        blamed = whom_it_judges(sentence, verb)
        return ([blamed] if blamed is not None else []), []
    own = Parsed.of(sentence, verb)
    role = noun.dep.split(":")[0]
    patient = role == "obj" or (role == "nsubj" and own.passive())
    if patient and verb.lemma in _CARRYING:
        _, with_whom = participants_of_verb(sentence, verb, times)
        return [t for t in own.subjects() if t.index != noun.index], [
            t for t in with_whom if tree.preposition(sentence, t.index) in {"with", "to", "against"}
        ]
    if role == "nsubj" and not own.passive() and verb.lemma in _DEATHS:
        return [], own.objects()
    return [], []
