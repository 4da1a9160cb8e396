"""A label for an event, of at most twelve words, from the text's own: who, what is done, to whom or what.

For records. A headline that tells of the event is its label; else the clause is cut to its subject, its verb and its object.
What comes out with the form of a fragment (label_form.py) gives way, in this order: to another mention's clause, to the
clause's own words as they stand, to the story's headline where that tells of the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.clause_drafts import bare_clause_draft, clause_draft
from events.extraction.records.clause_words import own_subject
from events.extraction.records.headlines import part_of_headline
from events.extraction.records.label_draft import Draft
from events.extraction.records.label_form import gravity_of
from events.extraction.records.label_text import MOST_WORDS, cleaned, within, without_auxiliaries
from events.extraction.records.left_out_times import left_out_times
from events.extraction.records.noun_drafts import noun_draft, same_noun_elsewhere
from events.extraction.records.phrase_faults import says_nothing
from events.extraction.records.plain_words import plain_clause, trimmed, words_between_stops
from events.extraction.records.pronouns import stand_in
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

_MISREAD = frozenset({"ADP", "SCONJ", "CCONJ", "ADV", "PART", "DET"})  # classes in which a trigger is misread
MOST_MENTIONS = 4  # whose clauses are tried
FAIR = 2  # how bad a participle without its noun is: "Questioned over the decree"
ENOUGH_WORDS = 4  # with which such a label says something
LEAST_SURE = 0.4  # chance of another mention that may speak for the event


def label_of(happening: Happening, analysis: Analysis, others: Sequence[Happening] = ()) -> str:
    """What happened, in at most twelve words. others: further mentions of the same event, the best first."""
    best, least = _best_of(_own_drafts(happening, analysis, others))
    if best is not None and (not least or (least <= FAIR and len(best.text.split()) >= ENOUGH_WORDS)):
        return without_auxiliaries(best.text, happening.status)
    other, gravity = _best_of(_other_drafts(happening, analysis, others))
    if other is not None and (best is None or gravity < least):
        best = other
    return without_auxiliaries(best.text, happening.status) if best is not None else "Event"


def _best_of(drafts: Iterator[Draft]) -> tuple[Draft | None, int]:
    """The first draft that is whole, as it is or without its last phrases, else the least bad; and how bad it is."""
    best, least = None, 0
    for draft in drafts:
        gravity = gravity_of(draft)
        if not gravity:
            return draft, 0
        if (shorter := trimmed(draft)) is not None:
            return shorter, 0
        if best is None or gravity < least:
            best, least = draft, gravity
    return best, least


def _own_drafts(happening: Happening, analysis: Analysis, others: Sequence[Happening]) -> Iterator[Draft]:
    """What the mention itself and those by the same word make of it, the best first."""
    same = [other for other in others if other.lemma == happening.lemma]
    for mention in (happening, *same[:MOST_MENTIONS]):
        yield from _of_mention(mention, analysis)
    sentence = analysis.sentences[happening.sentence]
    if sentence.tokens and sentence.kind != "headline":
        left_out = left_out_times(happening.sentence, analysis) - {happening.token}
        token = sentence.tokens[happening.token]
        name = stand_in(own_subject(sentence, token), sentence, analysis)
        around = words_between_stops(sentence, token, left_out, name)
        if around is not None:
            yield around


def _other_drafts(happening: Happening, analysis: Analysis, others: Sequence[Happening]) -> Iterator[Draft]:
    """What the headline and mentions by other words make of it: they may tell of more than the event."""
    yield from _headline(happening, analysis)
    unlike = [o for o in others if o.lemma != happening.lemma and o.probability >= LEAST_SURE]
    for mention in unlike[:MOST_MENTIONS]:
        yield from _of_mention(mention, analysis)


def _of_mention(happening: Happening, analysis: Analysis) -> Iterator[Draft]:
    """The clause or the phrase of one mention, whole and at its barest; a short headline as it stands."""
    sentence = analysis.sentences[happening.sentence]
    if sentence.kind == "headline":
        part = part_of_headline(sentence.text, happening.trigger.start - sentence.start)
        if len(part.split()) <= MOST_WORDS or not sentence.tokens:
            yield Draft(cleaned(within(part)), "headline", sentence)
    if not sentence.tokens:
        yield Draft(cleaned(within(sentence.text)), "headline", sentence)
        return
    token = sentence.tokens[happening.token]
    left_out = left_out_times(happening.sentence, analysis) - {token.index}
    if token.pos in _MISREAD:
        yield from _plain(happening, analysis)
        return
    if token.pos == "VERB" and token.dep == "amod" and own_subject(sentence, sentence.tokens[token.head]) is None:
        token = sentence.tokens[token.head]  # "stepped-up patrols", "the impeached president"
    is_clause = token.pos in {"VERB", "AUX"} or own_subject(sentence, token) is not None
    if happening.status == "denied" and token.dep == "ccomp":
        yield clause_draft(sentence, sentence.tokens[token.head], happening, analysis, left_out)
    draft = (clause_draft if is_clause else noun_draft)(sentence, token, happening, analysis, left_out)
    yield draft
    yield from _plain(happening, analysis)
    if token.lemma in SAYING:
        yield from _what_is_said(sentence, token, happening, analysis, left_out)
    if is_clause and (barest := bare_clause_draft(sentence, token, analysis, left_out)) is not None:
        yield barest
    if not is_clause and (verb := _verbs_near(sentence, token)):
        above = clause_draft(sentence, verb[0], happening, analysis, left_out)
        if token.text.lower() in above.text.lower().split():
            yield above
    if left_out and says_nothing(draft):
        yield noun_draft(sentence, token, happening, analysis, set())  # "the unrest of January"
    if not is_clause and (elsewhere := same_noun_elsewhere(token, analysis)) is not None:
        yield elsewhere


def _what_is_said(
    sentence: Sentence, saying: Token, happening: Happening, analysis: Analysis, left_out: set[int]
) -> Iterator[Draft]:
    """The clause that a verb of saying governs, where both together are too long."""
    for said in tree.children(sentence, saying.index):
        if said.dep in {"ccomp", "csubj"} and said.pos == "VERB" and said.index > saying.index:
            yield clause_draft(sentence, said, happening, analysis, left_out)


def _plain(happening: Happening, analysis: Analysis) -> Iterator[Draft]:
    """The words of the clause that a mention stands in, as they stand."""
    sentence = analysis.sentences[happening.sentence]
    if not sentence.tokens or sentence.kind == "headline":
        return
    left_out = left_out_times(happening.sentence, analysis) - {happening.token}
    for verb in _verbs_near(sentence, sentence.tokens[happening.token]):
        draft = plain_clause(sentence, verb, left_out)
        if draft is not None and (verb.index == happening.token or happening.token in draft.kept):
            yield draft


def _verbs_near(sentence: Sentence, token: Token) -> list[Token]:
    """The word itself where it is a verb, and the verbs above it."""
    above = [t for t in tree.ancestors(sentence, token.index) if t.pos == "VERB"]
    return [token, *above] if token.pos == "VERB" else above


def _headline(happening: Happening, analysis: Analysis) -> Iterator[Draft]:
    """The story's headline where it tells of the event: it has its word, or the mention is in the first sentences."""
    title = analysis.story.title.strip()
    early = happening.sentence <= analysis.first_body + 1
    if title and len(title.split()) <= MOST_WORDS and (early or _has_lemma(happening.lemma, analysis)):
        sentence = analysis.sentences[happening.sentence]
        yield Draft(cleaned(title), "headline", sentence)


def _has_lemma(lemma: str, analysis: Analysis) -> bool:
    headlines = (s for s in analysis.sentences if s.part == "title")
    return any(token.lemma == lemma for sentence in headlines for token in sentence.tokens)
