"""What speaks for and against a word as the report of a happening: named features of each proposal.

For finding_happenings.py, which weighs them, and training/train_choices.py, which learns their weights.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.proposals import Proposal
from events.extraction.linear_choice import LinearChoice
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token
from events.ontology import family_of


@dataclass(frozen=True, slots=True)
class Company:
    """What a proposal is seen beside: how many its sentence has, how often its lemma comes, the headline's lemmas."""

    in_sentence: Counter[int]
    lemmas: Counter[str]
    title_lemmas: frozenset[str]

    @classmethod
    def of(cls, proposals: Sequence[Proposal], analysis: Analysis) -> Company:
        """The company of a story's proposals."""
        title = next((s for s in analysis.sentences if s.part == "title"), None)
        return cls(
            Counter(p.sentence for p in proposals),
            Counter(p.token.lemma for p in proposals),
            frozenset(t.lemma for t in title.tokens) if title else frozenset(),
        )


def features_of(proposal: Proposal, analysis: Analysis, company: Company) -> dict[str, float]:
    """The named features of one proposal."""
    sentence, token = analysis.sentences[proposal.sentence], proposal.token
    found: dict[str, float] = {"bias": 1.0, f"type {proposal.type}": 1.0, f"class {token.pos}": 1.0}
    found.update(_voices(proposal))
    found.update(_clause(proposal, sentence))
    found.update(_where_in_story(proposal, analysis))
    found["several in the sentence"] = math.log(company.in_sentence[proposal.sentence])
    found["first in the sentence"] = float(proposal.rank == 0)
    found["its lemma comes again"] = math.log(company.lemmas[token.lemma])
    found["its lemma is in the headline"] = float(token.lemma in company.title_lemmas and sentence.part == "text")
    found["in a quotation"] = float(_in_quotation(sentence, token))
    return found


def tagged_features(features: dict[str, float], proposal: Proposal, lexical: LinearChoice) -> dict[str, float]:
    """The features with the tagger's voice beside the score that the first weights give."""
    score = max(-6.0, min(6.0, lexical.score(features)))
    found = features | _tagger_features(proposal)
    found["score"] = score if proposal.lexical else 0.0
    found["score without lexicon"] = 0.0 if proposal.lexical else score
    return found


def _voices(proposal: Proposal) -> dict[str, float]:
    found: dict[str, float] = {}
    if proposal.lexical:
        found["lexicon"] = 1.0
        found["lexicon's odds"] = _odds(proposal.lexical.sure)
        found["light verb"] = float(proposal.lexical.support is not None)
    return found


def _tagger_features(proposal: Proposal) -> dict[str, float]:
    if proposal.learned is None:
        return {"no tagger": 1.0, "no tagger, headline": float(proposal.span.part == "title")}
    found = {
        "tagger": 1.0,
        "tagger's odds": _odds(proposal.learned.probability),
        "tagger's odds of core": _odds(proposal.learned.core_probability),
        "tagger's sureness of the type": proposal.learned.type_probability,
        "both voices": float(proposal.lexical is not None),
    }
    if proposal.lexical:
        found["both voices, one type"] = float(proposal.lexical.type == proposal.learned.type)
        found["both voices, tagger's odds"] = found["tagger's odds"]
    return found


def _odds(share: float) -> float:
    share = min(0.98, max(0.02, share))
    return math.log(share / (1 - share))


def _clause(proposal: Proposal, sentence: Sentence) -> dict[str, float]:
    token, telling = proposal.token, proposal.telling
    verb = tree.clause_verb(sentence, token.index)
    found = {f"status {telling.status}": 1.0, f"relation {token.dep}": 1.0, f"tag {token.tag}": 1.0}
    if telling.no_event:
        found[f"no event: {telling.no_event}"] = 1.0
    if verb is not None:
        found.update(_verb_above(sentence, verb))
    if token.pos == "NOUN":
        found.update(_noun_phrase(sentence, token))
    return found


def _verb_above(sentence: Sentence, verb: Token) -> dict[str, float]:
    helpers = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep in {"aux", "aux:pass"}}
    found = {"perfect": float(bool(helpers & {"has", "have", "had"})), f"verb {verb.tag}": 1.0}
    found["verb of saying above"] = float(
        any(t.lemma in SAYING and t.pos == "VERB" for t in tree.ancestors(sentence, verb.index))
    )
    found[f"clause {verb.dep}"] = 1.0
    subject = tree.subject_of(sentence, verb.index)
    if subject is not None:
        found[f"subject {_sort_of_subject(sentence, subject)}"] = 1.0
    return found


def _noun_phrase(sentence: Sentence, noun: Token) -> dict[str, float]:
    before = tree.children(sentence, noun.index)
    return {
        "definite": float(any(t.dep == "det" and t.text.lower() in {"the", "this", "that"} for t in before)),
        "indefinite": float(any(t.dep == "det" and t.text.lower() in {"a", "an"} for t in before)),
        "plural noun": float(noun.tag in {"NNS", "NNPS"}),
        "named by an adjective or noun": float(any(t.dep in {"amod", "compound"} for t in before)),
    }


def _sort_of_subject(sentence: Sentence, subject: Token) -> str:
    if subject.pos == "PRON":
        return "pronoun"
    if subject.pos == "PROPN":
        return "name"
    if subject.tag == "NNS" and not any(t.dep in {"det", "nummod"} for t in tree.children(sentence, subject.index)):
        return "bare plural"
    return "noun"


def _where_in_story(proposal: Proposal, analysis: Analysis) -> dict[str, float]:
    number = proposal.sentence
    sentence = analysis.sentences[number]
    body = number - analysis.first_body
    times = [t for t, _ in analysis.times_by_sentence.get(number, ()) if t.type in {"DATE", "TIME"}]
    places = [t for t, _ in analysis.toponyms_by_sentence.get(number, ()) if t.kind in {"literal", "embedded"}]
    verb = tree.clause_verb(sentence, proposal.token.index)
    dated = verb is not None and any(
        token is not None and token.head == verb.index
        for time, token in analysis.times_by_sentence.get(number, ())
        if time.type in {"DATE", "TIME"}
    )
    return {
        sentence.kind: 1.0,
        "lead": float(sentence.kind == "body" and body == 0),
        "second to fourth sentence": float(0 < body <= 3),
        "how far down": math.log1p(max(0, body)),
        "a date in the sentence": float(bool(times)),
        "a date at its verb": float(dated),
        "a place in the sentence": float(bool(places)),
        "a short sentence": float(len(sentence.tokens) < 8),
        f"family {family_of(proposal.type)}, how far down": math.log1p(max(0, body)),
    }


def _in_quotation(sentence: Sentence, token: Token) -> bool:
    """Whether a quotation is open at a word; copy mixes straight and curly marks."""
    is_open = False
    for mark in re.findall(r"[“”\"]", sentence.text[: token.start - sentence.start]):
        is_open = mark == "“" or (mark == '"' and not is_open)
    return is_open
