"""The words of a parsed sentence that tell of a happening, each with the type that the lexicon gives it.

For the pipeline. Whether the happening is fact, plan or denial is not asked here, nor whether it has a place: only
which words may report one, of which type, and how surely. Of the rows that fit a word the one that asks for most wins;
a row of type "-" silences its words. A light verb fires with its noun ("held talks" once, on "talks"), and a noun that
a verb's row asked for doesn't fire again ("signed an agreement" once, on "signed").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from events.extraction.happenings.arguments import Parsed, Surface, lemma_as
from events.extraction.happenings.frames import LIGHT_VERBS, holds
from events.extraction.happenings.lexicon import VETO, Lexicon, Row, lexicon
from events.extraction.happenings.misreadings import capitalised, class_by_form, class_by_place, clauses, uninflected
from events.model import Part, Sentence, Token

LIGHT_VERB_GAIN = 0.5  # the share of the doubt about a noun that a light verb takes away
ATTRIBUTIVE = 0.4  # what is left of the sureness of a word that only qualifies another ("wounded men", "crash site")
_CLASSES = {"NOUN": ("NOUN",), "VERB": ("VERB",), "ADJ": ("ADJ", "ADV", "VERB", "ADP")}
_HARMS = frozenset({"ACCIDENT", "ASSAULT", "DISASTER", "HEALTH"})
_CASUALTIES = frozenset({"kill", "die", "injure", "wound", "hurt", "dead", "death", "missing"})
_CONSUMING = frozenset({"obj", "prep", "light"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that report a happening. `token` and `support` (a light verb) index the sentence's tokens.

    `start` and `end` are offsets in the story's `part`; `sure` is in 0..1; `row` is the key of the lexicon's row. A
    casualty ("killing 13") has the type of the happening that the sentence gives for it, whose `token` is its `cause`.
    """

    token: int
    part: Part
    start: int
    end: int
    text: str
    lemma: str
    type: str
    sure: float
    row: str
    support: int | None = None
    cause: int | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    row: Row
    token: Token
    span: tuple[int, ...]
    consumed: tuple[int, ...]
    support: int | None


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """The triggers of a parsed sentence, in order; none for a sentence without tokens."""
    if not sentence.tokens:
        return []
    rows = lexicon()
    candidates = [token for token in sentence.tokens if token.lemma in rows]
    children = _children(sentence)
    hits = [hit for token in candidates if (hit := _best(rows, Parsed(sentence, children, token), token.lemma, ""))]
    hits += _misread(sentence, children, rows, {hit.token.index for hit in hits})
    return _caused([(hit, _trigger(sentence, hit)) for hit in sorted(_once(hits), key=lambda hit: hit.token.index)])


def _children(sentence: Sentence) -> list[list[Token]]:
    children: list[list[Token]] = [[] for _ in sentence.tokens]
    for token in sentence.tokens:
        if token.head != token.index:
            children[token.head].append(token)
    return children


def _best(rows: Lexicon, reading: Parsed, lemma: str, pos: str) -> _Hit | None:
    """The most specific row that fits a word, or the veto that does. `pos` overrides the parser's word class."""
    best: _Hit | None = None
    for row in rows.get(lemma, ()):
        hit = _fit(row, reading, pos)
        if hit is None:
            continue
        if row.type == VETO:
            return hit
        if best is None or (row.specific, row.sure) > (best.row.specific, best.row.sure):
            best = hit
    return best


def _fit(row: Row, reading: Parsed, pos: str) -> _Hit | None:
    span = _span(row, reading) if len(row.words) > 1 else (reading.token.index,)
    if span is None:
        return None
    token = reading.token
    if len(span) > 1:
        if row.pos == "NOUN":
            inside = [reading.tokens[i] for i in span]
            token = next((t for t in inside if t.head not in span or t.head == t.index), token)
            pos = "NOUN" if any(t.pos in {"NOUN", "PROPN"} for t in inside) or _hyphened(reading, span) else "VERB"
        reading = type(reading)(reading.sentence, reading.children, token, span)
    if not _may_be(row.pos, pos or token.pos, reading):
        return None
    consumed: list[int] = []
    support = None
    for constraint in row.frame:
        found = holds(constraint, reading)
        if not found:
            return None
        if isinstance(found, Token) and constraint.kind in _CONSUMING:
            consumed.append(found.index)
            support = found.index if constraint.kind == "light" else support
    if support is None and row.pos == "NOUN":
        support = _light_verb(reading)
    return _Hit(row, token, span, tuple(consumed), support)


def _hyphened(reading: Parsed, span: tuple[int, ...]) -> bool:
    return any(reading.tokens[i].tag == "HYPH" for i in range(span[0], span[-1]))


def _may_be(wanted: str, pos: str, reading: Parsed) -> bool:
    """Whether a word of the parser's class may stand for a row's: a proper noun only in a headline all of capitals."""
    if pos == "PROPN":
        return wanted == "NOUN" and reading.in_headline and capitalised(reading.sentence)
    return pos in _CLASSES[wanted]


def _light_verb(reading: Parsed) -> int | None:
    """The light verb that a noun depends on as object, passive subject or after "under", "into"."""
    governor = reading.governor()
    if governor is None or governor.lemma not in LIGHT_VERBS:
        return None
    if reading.token.dep in {"obj", "nsubj:pass", "obl", "acl"}:
        return governor.index
    return governor.index if reading.token.dep == "nsubj" and governor.tag == "VBN" else None


def _span(row: Row, reading: Parsed) -> tuple[int, ...] | None:
    """The indices of a row's words from the reading's token on: in a row, or verb and particle apart."""
    index = reading.token.index
    span = [index]
    for word in row.words[1:]:
        at = span[-1] + 1
        while at < len(reading.tokens) and reading.tokens[at].tag == "HYPH":
            at += 1
        if at >= len(reading.tokens) or word not in {reading.tokens[at].lemma, reading.tokens[at].text.lower()}:
            break
        span.append(at)
    if len(span) == len(row.words):
        return tuple(span)
    if row.pos == "VERB" and len(row.words) == 2:
        for child in reading.children[index]:
            if child.text.lower() == row.words[1] and child.dep in {"compound:prt", "advmod", "case"}:
                return (index, child.index) if child.index > index else None
    return None


def _misread(sentence: Sentence, children: list[list[Token]], rows: Lexicon, known: set[int]) -> Iterator[_Hit]:
    """Hits of words that the parser took for another class, by their form or, in headlines, by their place."""
    capitals = sentence.kind != "body" and capitalised(sentence)
    for clause in clauses(sentence):
        fired = any(token.index in known and token.pos == "VERB" and token.tag != "VBG" for token in clause)
        for position, token in sorted(enumerate(clause), key=lambda place: uninflected(place[1])):
            again = token.index in known  # a noun that fires may be a headline's verb: "police fire on crowd"
            if not token.text[0].isalpha() or (again and (fired or token.pos != "NOUN" or sentence.kind == "body")):
                continue
            pos = class_by_form(token, clause, position)
            if not pos and sentence.kind != "body" and not (fired and token.pos != "VERB"):
                pos = class_by_place(token, clause, position, capitals)
            lemma = lemma_as(token.text.lower(), pos, guess=True) if pos else ""
            if lemma not in rows:
                continue
            reading = (Parsed if pos == "NOUN" else Surface)(sentence, children, token)
            hit = _best(rows, reading, lemma, pos)
            if hit is not None and (not again or hit.row.specific > 1):
                fired = fired or pos == "VERB"
                yield hit


def _once(hits: list[_Hit]) -> list[_Hit]:
    """The hits without vetoed words, light verbs, and words that a hit has taken in."""
    silent = {index for hit in hits if hit.row.type == VETO for index in hit.span}
    loud: dict[int, _Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.row.specific):
        if hit.token.index not in silent:
            loud[hit.token.index] = hit
    covered = {i for hit in loud.values() for i in hit.span if i != hit.token.index}
    loud = {index: hit for index, hit in loud.items() if index not in covered}
    taken = {i for hit in loud.values() if hit.row.pos != "NOUN" for i in hit.consumed}
    named = {hit.token.index for hit in loud.values() if hit.support is not None and hit.support in hit.consumed}
    taken -= named  # a noun whose row names its light verb speaks for both
    taken |= {hit.support for hit in loud.values() if hit.support is not None and hit.token.index not in taken}
    return [hit for index, hit in loud.items() if index not in taken]


def _caused(told: list[tuple[_Hit, Trigger]]) -> list[Trigger]:
    """The triggers, casualties with the type of the nearest harm told beside them, of the same type if theirs is sure."""
    harms = [t for _, t in told if t.type in _HARMS and t.lemma not in _CASUALTIES]
    found = []
    for hit, trigger in told:
        causes = [harm for harm in harms if not hit.row.names_cause or harm.type == trigger.type]
        if trigger.lemma in _CASUALTIES and causes:
            cause = min(causes, key=lambda harm: abs(harm.token - hit.token.index))
            trigger = replace(trigger, type=cause.type, cause=cause.token)
        found.append(trigger)
    return found


def _after_noun(sentence: Sentence, token: Token) -> bool:
    return token.pos == "VERB" and token.index > 0 and sentence.tokens[token.index - 1].pos in {"NOUN", "PROPN"}


def _trigger(sentence: Sentence, hit: _Hit) -> Trigger:
    tokens = [sentence.tokens[i] for i in hit.span]
    between = sentence.tokens[hit.span[0] : hit.span[-1] + 1]
    whole = all(token.index in hit.span or token.tag == "HYPH" for token in between)
    start, end = (tokens[0].start, tokens[-1].end) if whole else (hit.token.start, hit.token.end)
    sure = hit.row.sure
    if hit.support is not None:
        sure += (1 - sure) * LIGHT_VERB_GAIN
    elif hit.token.dep in {"amod", "compound"} and sentence.kind == "body" and not _after_noun(sentence, hit.token):
        sure *= ATTRIBUTIVE
    text = sentence.text[start - sentence.start : end - sentence.start]
    lemma = " ".join(hit.row.words)
    return Trigger(
        hit.token.index, sentence.part, start, end, text, lemma, hit.row.type, round(sure, 3), hit.row.key, hit.support
    )  # fmt: skip
