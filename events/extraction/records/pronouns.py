"""Whom or what a pronoun means, named only where nobody and nothing else can be meant.

For participants and labels. Who is quoted is not who is told of: in "The accused was handed over, Inspector Monir said. He
will be produced before a court" the inspector is not "he"; of "He added" he is.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.records.actor_names import is_person, name_of, person_by_title
from events.extraction.records.agents import takes_part
from events.extraction.records.noun_phrases import noun_phrase, phrase_tokens
from events.extraction.records.verb_roles import names_people
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

REACH = 3  # sentences over which a pronoun that goes on is followed back
LONGEST_STAND_IN = 5  # words
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_PERSON_PRONOUNS = frozenset({"he", "she"})
_IS_PLURAL = {"it": False, "they": True, "them": True}
_HE = frozenset(
    "man boy father husband son brother king prince grandfather uncle spokesman businessman policeman".split()
)
_SHE = frozenset("woman girl mother wife daughter sister queen princess grandmother aunt spokeswoman widow".split())
_ONE = frozenset(
    "accused deceased defendant suspect victim child student patient official judge priest chief boss guard thief pilot "
    "witness".split()
)
_BESIDE = frozenset({"obj", "obl:agent", "iobj", "appos"})  # relations of what a pronoun may mean beside the subject
_SOMEBODY = "?"  # a person whom the text names by a common noun only


def person_behind(pronoun: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """Whom "he" or "she" stands for: the one person who is a subject before it, in its sentence or those just before."""
    word = pronoun.text.lower()
    if word not in _PERSON_PRONOUNS:
        return None
    antecedent = _antecedent_name(pronoun, sentence, analysis)
    telling = sentence.tokens[pronoun.head].lemma in SAYING and pronoun.dep in _SUBJECTS
    number = analysis.sentence_at(sentence.part, sentence.start)
    own = [name for name in _persons(sentence, analysis, pronoun.index, word, telling) if name != antecedent]
    if own or number is None or number == 0:
        return _only_one(own)
    for before in reversed(analysis.sentences[max(0, number - REACH) : number]):
        if before.kind != "body" or before.part != sentence.part:
            return None
        found = _persons(before, analysis, len(before.tokens), word, telling)
        if found or not any(t.text.lower() == word for t in before.tokens):
            return _only_one(found)
    return None


def _antecedent_name(pronoun: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """Whom the relative clause is about that a pronoun stands in: in "Cole, whom he ousted" he is not Cole."""
    for above in tree.ancestors(sentence, pronoun.index):
        if above.dep == "acl:relcl":
            return name_of(sentence.tokens[above.head], sentence, analysis)
    return None


def _only_one(names: list[str]) -> str | None:
    return names[0] if len(set(names)) == 1 and names[0] != _SOMEBODY else None


def _persons(sentence: Sentence, analysis: Analysis, before: int, word: str, telling: bool) -> list[str]:
    """The persons who are subjects in a sentence up to a word, as they are called; "?" for one without a name.

    telling: whether the pronoun is one who says something: then who told the sentence counts alone.
    """
    told: list[str] = []
    tellers: list[str] = []
    for token in sentence.tokens[:before]:
        relative = sentence.tokens[token.head].dep == "acl:relcl"
        if token.dep in _SUBJECTS and not relative and (name := _called(token, sentence, analysis, word)):
            (tellers if _tells_aside(token, sentence) else told).append(name)
    if telling:
        return tellers or told
    return told or [_SOMEBODY for _ in tellers]


def _called(token: Token, sentence: Sentence, analysis: Analysis, word: str) -> str:
    """What a person who may be meant is called; "" for what is none."""
    if is_person(token, sentence, analysis):
        return name_of(token, sentence, analysis) or _SOMEBODY
    lemma, text = token.lemma, token.text.lower()
    if token.tag in {"NNS", "NNPS"} or lemma in (_SHE if word == "he" else _HE):
        return ""
    if lemma in _HE | _SHE | _ONE or text in _ONE or names_people(lemma, plural=True):
        return person_by_title(noun_phrase(token, sentence), token, sentence, analysis) or _SOMEBODY
    return ""


def _tells_aside(subject: Token, sentence: Sentence) -> bool:
    """Whether somebody is only quoted: "…, Inspector Monir said"."""
    verb = sentence.tokens[subject.head]
    if verb.lemma not in SAYING and verb.lemma != "say":
        return False
    below = tree.children(sentence, verb.index)
    if any(t.dep == "cc" and t.index < subject.index for t in below) or sentence.tokens[subject.index - 1].dep == "cc":
        return False  # "…, and Sarr said" opens a clause of its own
    content = [t for t in below if t.dep in {"ccomp", "parataxis", "advcl"}]
    return verb.dep == "parataxis" or any(t.index < subject.index for t in content)


def body_behind(pronoun: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """Which body or people "it" or "they" is: the only one in the sentence before or this, a subject that can act."""
    number = analysis.sentence_at(sentence.part, sentence.start)
    before = analysis.sentences[number - 1] if number else None
    word = pronoun.text.lower()
    if word not in _IS_PLURAL or before is None or before.kind != "body" or before.part != sentence.part:
        return None
    own = [t for t in sentence.tokens[: pronoun.index] if t.dep == "nsubj" and t.pos in {"NOUN", "PROPN"}]
    where = sentence if own else before
    nouns = own or _noun_subjects(before)
    if len(nouns) != 1 or is_person(nouns[0], where, analysis) or not takes_part(nouns[0], where, analysis):
        return None
    if _has_rival(nouns[0], where, analysis) or _is_plural(nouns[0]) != _IS_PLURAL[word]:
        return None
    return name_of(nouns[0], where, analysis)


def stand_in(subject: Token | None, sentence: Sentence, analysis: Analysis) -> str:
    """The name that a pronoun stands for in a label: a person, or the thing that is the subject of the sentence before."""
    if subject is None or subject.tag != "PRP":
        return ""
    if person := person_behind(subject, sentence, analysis):
        return person
    number = analysis.sentence_at(sentence.part, sentence.start)
    if not number or subject.text.lower() not in {"it", "they"}:
        return ""
    before = analysis.sentences[number - 1]
    nouns = _noun_subjects(before)
    if before.kind != "body" or len(nouns) != 1 or is_person(nouns[0], before, analysis):
        return ""
    if _is_plural(nouns[0]) != _IS_PLURAL[subject.text.lower()] or _has_rival(nouns[0], before, analysis, wide=True):
        return ""
    words = noun_phrase(nouns[0], before)
    return words if len(words.split()) <= LONGEST_STAND_IN else ""


def _noun_subjects(sentence: Sentence) -> list[Token]:
    return [t for t in sentence.tokens if t.dep in _SUBJECTS and t.pos in {"NOUN", "PROPN"}]


def _is_plural(noun: Token) -> bool:
    return noun.tag in {"NNS", "NNPS"}


def _has_rival(subject: Token, sentence: Sentence, analysis: Analysis, wide: bool = False) -> bool:
    """Whether a sentence names another body of the same number beside its subject, which the pronoun may mean as well.

    wide: wherever it stands in the sentence.
    """
    inside = phrase_tokens(subject, sentence)
    own = {sentence.tokens[i].start for i in inside}
    bodies = [m for m in analysis.names_in(sentence) if m.label == "ORG" and not any(m.start <= s < m.end for s in own)]
    return (bool(bodies) and not _is_plural(subject) and wide) or any(
        token.index not in inside
        and token.pos in {"NOUN", "PROPN"}
        and (token.dep in _BESIDE or tree.preposition(sentence, token.index) in {"by", "with"})
        and _is_plural(token) == _is_plural(subject)
        and not is_person(token, sentence, analysis)
        and takes_part(token, sentence, analysis)
        for token in sentence.tokens
    )
