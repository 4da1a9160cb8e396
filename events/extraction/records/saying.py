"""Who says so: verbs of saying, and the source that a sentence names for what it tells.

For timing (a verb of saying has a date of its own), status and attribution. A source is somebody named: a pronoun is followed
back to the sentence before ("It added that …"), or left out.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.records.noun_phrases import noun_phrase
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

_TELLING = SAYING - frozenset("quote learn understand show believe think point conclude concede".split())
_CONTENT = frozenset({"ccomp", "parataxis", "xcomp"})
_FACTS = frozenset("report confirm announce claim allege disclose reveal".split())
_ACCORDING = re.compile(r"\b[Aa]ccording to ([^,.;:()“”\"]{2,70}?)(?=[,.;:()]|$| who | which | that )")
_SAYS = r"(?:said|says?|added?|reported|announced|confirmed|claimed|insists?|insisted|maintained|told reporters|wrote|alleged)"
_ASIDE = re.compile(rf",[”\"]? ([^,;“”\"]{{2,70}}?) {_SAYS}(?=[.,;]|$| on \w+day| \w+day| late| in a| at a| after)")
_INVERTED = re.compile(rf"[,?!][”\"] {_SAYS} ((?:the )?[\w’'. -]{{2,60}}?)(?=[.,;]|$| in | on | at | after | during )")
_HEADLINE_HEAD = re.compile(r"^([^,;:]{2,40}?) (?:says?|said|claims?|reports?)\b(?! (?:yes|no)\b)", re.IGNORECASE)
_HEADLINE_TAIL = re.compile(r"(?:,|;| -| –) ([^,;:]{2,40}?) (?:says?|said|claims?)$", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"^(?:when|while|as|after|before|because|if|who|which|that|and|but|he|she|it|they|we|i|one|who)\b", re.IGNORECASE
)
LONGEST = 60  # characters of an attribution


def attribution_of(sentence: Sentence, index: int, analysis: Analysis | None = None) -> str | None:
    """The source that is named for the clause of a token ("Kremlin"), None where nobody is named.

    With the story's analysis a pronoun that tells is followed back to the teller of the sentence before.
    """
    teller = _teller(sentence, index) if sentence.kind != "headline" else None
    if teller is not None:
        if teller.tag == "PRP":
            return _teller_before(sentence, analysis) if analysis else None
        if words := _phrase(sentence, teller):
            return words
    return _by_words(sentence, index)


def _teller(sentence: Sentence, index: int) -> Token | None:
    """The subject of the verb of saying whose content a token's clause is."""
    below = sentence.tokens[index]
    for head in tree.ancestors(sentence, index):
        content = below.dep in _CONTENT or (below.dep == "obj" and head.lemma in _FACTS and below.pos != "VERB")
        if head.pos == "VERB" and head.lemma in _TELLING and content and below.dep != "xcomp":
            subject = _subject(sentence, head)
            if subject is not None and subject.index != index:
                return subject
        aside = next((t for t in tree.children(sentence, head.index) if _is_aside(t) and t.index != below.index), None)
        if aside is not None and (subject := _subject(sentence, aside)) is not None and below.dep != "nsubj":
            return subject
        below = head
    own = tree.clause_verb(sentence, index)
    sides = [t for t in tree.children(sentence, own.index) if _is_aside(t)] if own is not None else []
    return next((s for t in sides if (s := _subject(sentence, t)) is not None), None)


def _is_aside(verb: Token) -> bool:
    """Whether a verb of saying hangs on what it says: "…, police said"."""
    return verb.dep == "parataxis" and verb.lemma in _TELLING


def _subject(sentence: Sentence, verb: Token) -> Token | None:
    return next((t for t in tree.children(sentence, verb.index) if t.dep in {"nsubj", "expl"}), None)


def _teller_before(sentence: Sentence, analysis: Analysis) -> str | None:
    """Who told the sentence before, where this one goes on with "it added" or "he said"."""
    number = analysis.sentence_at(sentence.part, sentence.start)
    if not number:
        return None
    before = analysis.sentences[number - 1]
    if before.part != sentence.part or before.kind == "headline":
        return None
    for token in before.tokens:
        if token.pos == "VERB" and token.lemma in _TELLING:
            subject = _subject(before, token)
            if subject is not None and subject.tag != "PRP":
                return _phrase(before, subject)
    return _by_words(before, 0)


def _by_words(sentence: Sentence, index: int) -> str | None:
    """What the parse misses: "according to …", an aside with commas, a headline's "Russia says"."""
    text, at = sentence.text, sentence.tokens[index].start - sentence.start if sentence.tokens else 0
    if match := _ACCORDING.search(text):
        return _clean(match[1])
    if sentence.kind == "headline":
        return _of_headline(text, at)
    for pattern in (_ASIDE, _INVERTED):
        for match in pattern.finditer(text):
            if not _SUBORDINATE.match(match[1]) and at < match.start():
                return _clean(match[1])
    return None


def _of_headline(text: str, at: int) -> str | None:
    """Who says it in the headline's own clause: "Russia says …; Kyiv …", "…, police say"."""
    start = text.rfind(";", 0, at) + 1
    head, tail = _HEADLINE_HEAD.match(text[start:].lstrip()), _HEADLINE_TAIL.search(text)
    if head and start + head.end() <= at:
        return _clean(head[1])
    return _clean(tail[1]) if tail and at < tail.start() else None


def _phrase(sentence: Sentence, head: Token) -> str | None:
    """The noun phrase of a subject, None for one that stands for nobody or is too long."""
    if head.tag in {"PRP", "WP", "WDT", "DT", "EX", "CD"}:
        return None
    return _clean(noun_phrase(head, sentence))


def _clean(words: str) -> str | None:
    words = re.sub(r"^(?:the|a|an|its|his|her|their) ", "", words.strip(" ,;:\"“”’'"), flags=re.IGNORECASE)
    return words if 1 < len(words) <= LONGEST else None
