"""A label of what a noun tells ("the strike", "talks with the rebels"): the clause that tells of it, else its own phrase.

For labels. A bare noun borrows the place beside it, or the words of another sentence that says whose it is.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.arguments import Parsed
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.happenings.happening import Happening
from events.extraction.records.clause_drafts import clause_draft, whole_names
from events.extraction.records.clause_words import phrase_with_complements
from events.extraction.records.kept_words import Words
from events.extraction.records.label_draft import Draft
from events.extraction.records.label_text import MOST_WORDS, cleaned
from events.extraction.records.left_out_times import left_out_times
from events.extraction.records.phrase_words import mended
from events.model import Sentence, Token

REACH = 40  # sentences in which a bare noun's fuller words are sought
_EMPTY = frozenset(
    "be last come begin start follow include take occur happen continue end remain go become see mark bring involve".split()
)
_PLACE_CASES = frozenset({"in", "at", "near", "on", "with"})
_NEAR = 5  # tokens between a bare noun and the place that is told of it
_PLACE_WORDS = 6


def noun_draft(sentence: Sentence, noun: Token, happening: Happening, analysis: Analysis, left_out: set[int]) -> Draft:
    """The label of a nominal happening. left_out: tokens of dates."""
    own = phrase_with_complements(sentence, noun, left_out, MOST_WORDS)
    verb = Parsed.of(sentence, noun).governor()
    role = noun.dep.split(":")[0]
    carried = role == "obj" and verb is not None and (verb.lemma in LIGHT_VERBS or _is_bare(own))
    tells = role == "nsubj" and verb is not None and verb.pos == "VERB" and verb.lemma not in _EMPTY
    if verb is not None and verb.pos == "VERB" and (carried or tells):
        clause = clause_draft(sentence, verb, happening, analysis, left_out)
        if noun.text.lower() in clause.text.lower().split():
            return clause
    if _is_bare(own) and verb is not None:
        _add_place(own, sentence, verb, left_out)
        if _is_bare(own) and role == "nsubj" and verb.pos == "VERB":
            borrowed = same_noun_elsewhere(noun, analysis)
            return borrowed or clause_draft(sentence, verb, happening, analysis, left_out)
    words = _without_preposition(whole_names(mended(own, left_out, MOST_WORDS), analysis, MOST_WORDS))
    return Draft(cleaned(words.text()), "noun", sentence, frozenset(words.kept), left_out=frozenset(left_out))


def same_noun_elsewhere(noun: Token, analysis: Analysis) -> Draft | None:
    """A bare "meeting" by the words of another sentence that says whose: "Meeting in Accra with the leaders of …"."""
    if noun.pos != "NOUN":
        return None
    for number, sentence in enumerate(analysis.sentences[:REACH]):
        for other in sentence.tokens:
            if other.lemma != noun.lemma or other.pos != "NOUN" or sentence.kind != "body":
                continue
            left_out = left_out_times(number, analysis)
            words = phrase_with_complements(sentence, other, left_out, MOST_WORDS)
            if _is_bare(words) and (verb := Parsed.of(sentence, other).governor()) is not None:
                _add_place(words, sentence, verb, left_out)
            if not _is_bare(words) and words.count() >= 3:
                words = _without_preposition(whole_names(mended(words, set(), MOST_WORDS), analysis, MOST_WORDS))
                return Draft(
                    cleaned(words.text()), "noun", sentence, frozenset(words.kept), left_out=frozenset(left_out)
                )
    return None


def _without_preposition(words: Words) -> Words:
    """The words without a preposition that they begin with, which the parser hangs on an adjective."""
    while words.kept and words.sentence.tokens[min(words.kept)].pos == "ADP":
        words.kept.discard(min(words.kept))
    return words


def _is_bare(words: Words) -> bool:
    """Whether there is but one word beside articles and the like."""
    return sum(words.sentence.tokens[i].pos not in {"DET", "PRON"} for i in words.kept) < 2


def _add_place(words: Words, sentence: Sentence, verb: Token, left_out: set[int]) -> None:
    """Where a bare "meeting" or "rally" was, so that it is more than a word."""
    for child in tree.children(sentence, verb.index):
        near = child.index > max(words.kept) and child.index - max(words.kept) < _NEAR
        if child.dep == "obl" and near and tree.preposition(sentence, child.index) in _PLACE_CASES:
            if child.index not in left_out:
                words.kept |= phrase_with_complements(sentence, child, left_out, _PLACE_WORDS).kept
                words.kept |= {t.index for t in tree.children(sentence, child.index) if t.dep == "case"}
            return
