"""When a happening happens: a choice among the story's temporal expressions, the publication day, or no date at all.

For the pipeline. The interval is the happening's and not that of the saying ("the Kremlin said Monday" dates the statement).
Candidates are the expressions of its own sentence and of those around it, the publication day (assumed, for the story's own
news told without a date) and no date. Weights: models/choices/time.json.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.linear_choice import LinearChoice, softmax
from events.extraction.times.interval_ranges import interval_between
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.intervals import Interval
from events.extraction.times.tense import verb_looks_ahead
from events.extraction.verbs_of_saying import SAYING
from events.extraction.verbs_of_setting import SETTING
from events.model import Sentence, Span, TimeExpression, Token, When

REACH_BEFORE, REACH_AFTER = 5, 1
_AHEAD = frozenset({"planned", "cancelled"})
# What follows from the meaning of words and too few of our own stories teach: added to what was learned.
DEFINED = {"of a record": -6.0, "the day that is set": 2.5}
_RECORD = re.compile(
    r"\b(?:first|second|third|fourth|fifth|only|most|least|\w{2,}est|worst|best|record)\b[^,;.]{0,50}"
    r"\bsince (?:the |last |early |late )*$"
)


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """An interval that a happening may have. time is None for the publication day, interval None for no date."""

    interval: Interval | None
    time: TimeExpression | None
    sentence: int
    token: Token | None


def when_of(happening: Happening, analysis: Analysis, choice: LinearChoice) -> tuple[When | None, float]:
    """The interval of a happening with the chance that it is right; None where it has no date that can be had."""
    candidates = list(candidates_of(happening, analysis))
    rows = [features_of(happening, c, analysis) for c in candidates]
    shares = softmax([choice.score(row) + sum(DEFINED[name] for name in DEFINED if row.get(name)) for row in rows])
    by_interval: dict[Interval | None, float] = {}
    for candidate, share in zip(candidates, shares, strict=True):
        by_interval[candidate.interval] = by_interval.get(candidate.interval, 0.0) + share
    best = max(by_interval, key=lambda interval: by_interval[interval])
    confidence = round(by_interval[best], 3)
    if best is None:
        return None, confidence
    pairs = zip(candidates, shares, strict=True)
    chosen = max((pair for pair in pairs if pair[0].interval == best), key=lambda pair: pair[1])[0]
    if chosen.time is None:
        return When(start=best[0], end=best[1], precision=best[2], assumed=True), confidence
    span = Span(part=chosen.time.part, start=chosen.time.start, end=chosen.time.end)
    return When(start=best[0], end=best[1], precision=best[2], text=chosen.time.text, evidence=span), confidence


def candidates_of(happening: Happening, analysis: Analysis) -> Iterator[TimeCandidate]:
    """All intervals that a happening may have; the last candidates are the publication day and no date."""
    own, last = happening.sentence, len(analysis.sentences) - 1
    order = [
        own,
        *range(own - 1, max(-1, own - 1 - REACH_BEFORE), -1),
        *range(own + 1, min(last, own + REACH_AFTER) + 1),
    ]
    lead = analysis.first_body
    for number in [*order, *([lead] if lead not in order else [])]:
        if number != own and analysis.sentences[number].kind == "caption":
            continue  # a picture's day is its own
        yield from _told_in(number, analysis)
    if day := analysis.story.published:
        yield TimeCandidate((day, day, "day"), None, own, None)
    yield TimeCandidate(None, None, own, None)


def _told_in(number: int, analysis: Analysis) -> Iterator[TimeCandidate]:
    """The intervals that a sentence tells; two expressions that make a range ("from Monday to Wednesday") are one."""
    published = analysis.story.published
    told = [pair for pair in analysis.times_by_sentence.get(number, ()) if pair[0].type in {"DATE", "TIME", "DURATION"}]
    at = 0
    while at < len(told):
        time, token = told[at]
        if at + 1 < len(told):
            last, text = told[at + 1][0], analysis.story.part(time.part)
            if both := interval_between(time, last, text, published):
                words = text[time.start : last.end]
                whole = TimeExpression(time.part, time.start, last.end, words, "DATE", f"{both[0]}/{both[1]}")
                yield TimeCandidate(both, whole, number, token)
                at += 2
                continue
            if text[time.end : last.start] == " (" and text[last.end : last.end + 1] == ")":
                at += 1  # "yesterday (July 27)": the second says which day the first was
                continue
        if interval := interval_of_expression(time, published):
            yield TimeCandidate(interval, time, number, token)
        at += 1


def features_of(happening: Happening, candidate: TimeCandidate, analysis: Analysis) -> dict[str, float]:
    """The named features of one candidate."""
    if candidate.interval is None:
        return _undated_features(happening, analysis)
    if candidate.time is None:
        return _publication_features(happening, analysis)
    found: dict[str, float] = {}
    start, end, precision = candidate.interval
    found[f"precision {precision}"] = 1.0
    found[candidate.time.type] = 1.0
    found["of a record"] = float(_marks_a_record(candidate.time, candidate.sentence, analysis))
    published = analysis.story.published
    if published:
        found.update(_direction(happening, start, end, published))
    apart = happening.sentence - candidate.sentence
    if apart == 0:
        found["same sentence"] = 1.0
        found.update(_syntax(happening, candidate, analysis))
    else:
        own, other = analysis.sentences[happening.sentence], analysis.sentences[candidate.sentence]
        side = "before" if apart > 0 else "after"
        found[f"in a sentence {side}"] = 1.0
        found[f"in the sentence {side}"] = float(abs(apart) == 1)
        found[f"sentences {side}"] = math.log1p(abs(apart))
        found["in the paragraph"] = float(own.paragraph == other.paragraph)
        found["in the lead"] = float(candidate.sentence == analysis.first_body)
        found["in the headline"] = float(other.part == "title")
        found["carried, of the saying"] = float(_dates_a_saying(candidate, analysis))
        found[f"carried, precision {precision}"] = 1.0
    return found


def _undated_features(happening: Happening, analysis: Analysis) -> dict[str, float]:
    own = _dated_sentence(happening, analysis)
    return {
        "undated": 1.0,
        "undated, a date in the sentence": float(own),
        f"undated, {happening.status}": 1.0,
        "undated, late in the story": float(happening.sentence > analysis.first_body + 4),
        f"undated, {_tense(happening, analysis)}": 1.0,
    }


def _publication_features(happening: Happening, analysis: Analysis) -> dict[str, float]:
    own = _dated_sentence(happening, analysis)
    lead = happening.sentence <= analysis.first_body + 1
    return {
        "publication day": 1.0,
        "publication day, a date in the sentence": float(own),
        "publication day, lead": float(lead),
        "publication day, headline": float(analysis.sentences[happening.sentence].part == "title"),
        f"publication day, {happening.status}": 1.0,
        f"publication day, {_tense(happening, analysis)}": 1.0,
        f"publication day, {happening.family}": 1.0,
        "publication day, late in the story": float(happening.sentence > analysis.first_body + 4),
    }


def _dated_sentence(happening: Happening, analysis: Analysis) -> bool:
    return any(t.type in {"DATE", "TIME"} for t, _ in analysis.times_by_sentence.get(happening.sentence, ()))


def _tense(happening: Happening, analysis: Analysis) -> str:
    """The tense of the happening's clause: past, past perfect, perfect, present, future, none."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens:
        return "no tense"
    verb = tree.clause_verb(sentence, happening.token)
    if verb is None:
        return "no tense"
    helpers = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep in {"aux", "aux:pass"}}
    if helpers & {"will", "shall", "'ll", "’ll"} or verb_looks_ahead(sentence, verb):
        return "future"
    if "had" in helpers:
        return "past perfect"
    if helpers & {"has", "have"}:
        return "perfect"
    if verb.tag == "VBD" or helpers & {"was", "were", "did"}:
        return "past"
    return "present" if verb.tag in {"VBZ", "VBP"} or helpers & {"is", "are"} else "no tense"


def _direction(happening: Happening, start: date, end: date, published: date) -> dict[str, float]:
    """Whether the interval lies behind or ahead of the publication, and whether that fits the status."""
    where = "ahead" if start > published else "behind" if end < published else "around"
    far = "far" if abs((start - published).days) > 60 else "near"
    ahead = happening.status in _AHEAD
    return {
        f"{where}, {'planned' if ahead else 'told as past'}": 1.0,
        f"{far}": 1.0,
        "the publication day": float(start <= published <= end and (end - start).days <= 1),
        "within a week behind": float(published - timedelta(days=7) <= start <= published),
    }


def _syntax(happening: Happening, candidate: TimeCandidate, analysis: Analysis) -> dict[str, float]:
    sentence = analysis.sentences[happening.sentence]
    if candidate.token is None or not sentence.tokens:
        return {"no parse": 1.0}
    token, trigger = candidate.token, happening.token
    clause = tree.clause_of(sentence, trigger)
    below = token.index in tree.subtree(sentence, trigger)
    head = sentence.tokens[token.head]
    verb = tree.clause_verb(sentence, trigger)
    at_verb = verb is not None and head.index == verb.index
    word = tree.preposition(sentence, token.index)
    return {
        "steps": float(min(8, tree.distance(sentence, token.index, trigger))),
        "below": float(below),
        "in the clause": float(token.index in clause),
        "at the verb": float(at_verb),
        "at a verb of saying": float(head.lemma in SAYING and head.index != trigger),
        "at another verb": float(head.pos == "VERB" and not at_verb and head.lemma not in SAYING),
        "words apart": math.log1p(abs(token.index - trigger)),
        "after": float(token.index > trigger),
        f"preposition {word}"
        if word in {"since", "until", "before", "after", "by", "for", "between"}
        else "preposition": 1.0,
        "the day that is set": float(happening.status in _AHEAD and _is_set_for(sentence, token, trigger)),
        "the only one": float(len(analysis.times_by_sentence.get(happening.sentence, ())) == 1),
    }


def _marks_a_record(time: TimeExpression, number: int, analysis: Analysis) -> bool:
    """Whether a time only says since when something is the highest or the first: "the worst storm since 1987"."""
    sentence = analysis.sentences[number]
    at = time.start - sentence.start
    return bool(_RECORD.search(sentence.text[max(0, at - 100) : at]))


def _is_set_for(sentence: Sentence, token: Token, trigger: int) -> bool:
    """Whether a clause on the happening's noun sets the time for it: the Monday of "a rally called for Monday was put off"."""
    setting = sentence.tokens[token.head]
    if not setting.dep.startswith("acl") or setting.lemma not in SETTING:
        return False
    noun = sentence.tokens[setting.head]
    return trigger in {noun.index, setting.index, noun.head} or sentence.tokens[trigger].head == noun.index


def _dates_a_saying(candidate: TimeCandidate, analysis: Analysis) -> bool:
    sentence = analysis.sentences[candidate.sentence]
    if candidate.token is None or not sentence.tokens:
        return False
    return sentence.tokens[candidate.token.head].lemma in SAYING
