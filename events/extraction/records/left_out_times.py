"""The tokens of a sentence that tell when: a label does without them, for the date stands beside it."""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.model import Token

_CLOCK = frozenset("p.m. a.m. morning afternoon evening night dawn dusk noon midnight midday overnight".split())
_SPANS = frozenset({"day", "week", "month", "year"})
_SAME = frozenset("same next previous following last this".split())
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday tomorrow".split())
_TIME_CASES = frozenset("on in at by since until till from during about around early late".split())
_NEARLY = frozenset("early late earlier later only just".split())


def left_out_times(number: int, analysis: Analysis) -> set[int]:
    """The tokens of a sentence's time expressions with their prepositions, durations and "daily" apart."""
    found: set[int] = set()
    sentence = analysis.sentences[number]
    for time, head in analysis.times_by_sentence.get(number, ()):
        if time.type in {"DURATION", "SET"}:
            continue
        own = [t.index for t in sentence.tokens if t.start < time.end and time.start < t.end]
        if own and own[-1] + 1 < len(sentence.tokens):
            after = sentence.tokens[own[-1] + 1]
            if after.tag == "POS" or after.text == "-":
                continue  # "last month's raid", "three-year-old"
        found.update(own)
        if head is not None:
            found |= {t.index for t in tree.children(sentence, head.index) if t.dep == "case"}
        if own and not _is_in_name(own, sentence.tokens):
            found |= _before(own[0], sentence.tokens)
    for token in sentence.tokens:
        if token.text.lower() in _CLOCK or token.text in _WEEKDAYS or token.lemma in _SPANS:
            below = tree.children(sentence, token.index)
            if any(t.text.lower() in {"a", "an"} for t in below):
                continue  # "lasted a morning"
            if token.lemma not in _SPANS or any(t.text.lower() in _SAME for t in below):
                found |= {token.index} | {t.index for t in below if t.dep in {"case", "det", "amod"}}
    return found


def _is_in_name(time: list[int], tokens: tuple[Token, ...]) -> bool:
    """Whether a date is a word of a name or of a noun phrase: "the 2018 World Cup"."""
    before, after = time[0] - 1, time[-1] + 1
    return (
        before >= 0 and after < len(tokens) and tokens[before].pos == "DET" and tokens[after].pos in {"NOUN", "PROPN"}
    )


def _before(first: int, tokens: tuple[Token, ...]) -> set[int]:
    """The "early on" of "early on Wednesday", whatever the parser hangs it on."""
    found = set()
    for words in (_TIME_CASES, _NEARLY):
        if first and tokens[first - 1].text.lower() in words:
            first -= 1
            found.add(first)
    return found
