"""Which words of a story report a happening: the lexicon's triggers and the learned ones, weighed by what stands around.

For the pipeline. Two voices propose: the lexicon (triggers.py) and, in the full profile, the tagger's event head. Each
proposal is weighed by its clause (factuality.py), its place in the story and its company; models/choices/event.json holds
the weights. It says nothing yet of where and when.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import MOST_IN_SENTENCE, Analysis
from events.extraction.happenings.factuality import telling_of
from events.extraction.happenings.happening import Happening
from events.extraction.happenings.telling import Telling
from events.extraction.happenings.triggers import Trigger, find_triggers
from events.extraction.linear_choice import LinearChoice
from events.extraction.tagging.tagger import LearnedTrigger
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Span, Token
from events.ontology import family_of

LEXICAL_VOICE, SURE_VOICE = 0.3, 0.6  # of a type, beside the tagger, which sees the whole sentence
_PERCEIVING = frozenset("see spot observe film photograph hear watch sight".split())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that may report a happening, by either voice or by both. `rank` counts proposals within the sentence."""

    sentence: int
    token: Token
    lexical: Trigger | None
    learned: LearnedTrigger | None
    telling: Telling
    rank: int

    @property
    def span(self) -> Span:
        """The trigger's words."""
        if self.lexical:
            return Span(part=self.lexical.part, start=self.lexical.start, end=self.lexical.end)
        assert self.learned
        return Span(part=self.learned.part, start=self.learned.start, end=self.learned.end)

    @property
    def type(self) -> str:
        """The likelier type of the two voices."""
        scores = self.type_scores()
        return max(scores, key=lambda name: scores[name])

    def type_scores(self) -> dict[str, float]:
        """Types with the weight that both voices give them, together 1."""
        found: defaultdict[str, float] = defaultdict(float)
        if self.lexical:
            found[self.lexical.type] += LEXICAL_VOICE + SURE_VOICE * self.lexical.sure
        if self.learned:
            for name, share in self.learned.types:
                found[name] += share
        total = sum(found.values()) or 1.0
        return {name: value / total for name, value in found.items()}


def find_happenings(
    analysis: Analysis, lexical: LinearChoice, tagged: LinearChoice | None, least: float
) -> list[Happening]:
    """The happenings of a story whose chance is at least `least`, in the order of the text.

    lexical: weights over what the lexicon and the clause say; tagged: weights that add the tagger's voice to that.
    """
    proposals = list(propose(analysis))
    company = Company.of(proposals, analysis)
    found = []
    for proposal in proposals:
        features = features_of(proposal, analysis, company)
        choice = lexical
        if tagged is not None:
            features, choice = tagged_features(features, proposal, lexical), tagged
        probability = choice.probability(features)
        if probability >= least:
            found.append(happening_of(proposal, probability))
    return found


def tagged_features(features: dict[str, float], proposal: Proposal, lexical: LinearChoice) -> dict[str, float]:
    """The features with the tagger's voice beside the score that the first weights give."""
    score = max(-6.0, min(6.0, lexical.score(features)))
    found = features | _tagger_features(proposal)
    found["score"] = score if proposal.lexical else 0.0
    found["score without lexicon"] = 0.0 if proposal.lexical else score
    return found


def happening_of(proposal: Proposal, probability: float) -> Happening:
    """A proposal that is believed."""
    scores = proposal.type_scores()
    best = proposal.type
    return Happening(
        proposal.sentence, proposal.token.index, proposal.span, proposal.token.lemma, best, round(scores[best], 3),
        proposal.telling.status, proposal.telling.span, round(probability, 3),
        proposal.learned.core_probability if proposal.learned else 0.5,
        proposal.lexical.cause if proposal.lexical else None,
    )  # fmt: skip


def propose(analysis: Analysis) -> Iterator[Proposal]:
    """Every word that either voice takes for a trigger."""
    learned: dict[int, list[LearnedTrigger]] = {}
    for trigger in analysis.triggers:
        number = analysis.sentence_at(trigger.part, trigger.start)
        if number is not None:
            learned.setdefault(number, []).append(trigger)
    for number, sentence in enumerate(analysis.sentences):
        yield from _in_sentence(number, sentence, learned.get(number, []))


def _in_sentence(number: int, sentence: Sentence, learned: Sequence[LearnedTrigger]) -> Iterator[Proposal]:
    if not sentence.tokens:
        return
    pairs: dict[int, tuple[Trigger | None, LearnedTrigger | None]] = {}
    rest = [(trigger, _act_of(sentence, trigger)) for trigger in learned]
    for lexical in find_triggers(sentence):
        own = {lexical.token, lexical.support}
        same = next((p for p in rest if _meet(p[0], lexical.start, lexical.end) or (p[1] and p[1].index in own)), None)
        if same:
            rest.remove(same)
        pairs[lexical.token] = (lexical, same[0] if same else None)
    for trigger, token in rest:
        if token is not None and token.index not in pairs and token.pos != "ADV":  # "allegedly" tells how, not what
            pairs[token.index] = (None, trigger)
    for rank, index in enumerate(sorted(pairs)[:MOST_IN_SENTENCE]):
        lexical_, learned_ = pairs[index]
        token = sentence.tokens[index]
        yield Proposal(number, token, lexical_, learned_, telling_of(sentence, index), rank)


def _act_of(sentence: Sentence, trigger: LearnedTrigger) -> Token | None:
    """The word that tells of the act: for "was seen circling" the second, since who saw it is no matter; a particle's verb."""
    token = tree.token_at(sentence, trigger.start, trigger.end)
    if token is not None and token.dep == "compound:prt":
        token = sentence.tokens[token.head]
    if token is not None and token.lemma in _PERCEIVING:
        return next((t for t in tree.children(sentence, token.index) if t.dep == "xcomp" and t.pos == "VERB"), token)
    return token


def _meet(trigger: LearnedTrigger, start: int, end: int) -> bool:
    return trigger.start < end and start < trigger.end


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
        helpers = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep in {"aux", "aux:pass"}}
        found["perfect"] = float(bool(helpers & {"has", "have", "had"}))
        found[f"verb {verb.tag}"] = 1.0
        found["verb of saying above"] = float(
            any(t.lemma in SAYING and t.pos == "VERB" for t in tree.ancestors(sentence, verb.index))
        )
        found[f"clause {verb.dep}"] = 1.0
        subject = tree.subject_of(sentence, verb.index)
        if subject is not None:
            found[f"subject {_sort_of_subject(sentence, subject)}"] = 1.0
    if token.pos == "NOUN":
        before = tree.children(sentence, token.index)
        found["definite"] = float(any(t.dep == "det" and t.text.lower() in {"the", "this", "that"} for t in before))
        found["indefinite"] = float(any(t.dep == "det" and t.text.lower() in {"a", "an"} for t in before))
        found["plural noun"] = float(token.tag in {"NNS", "NNPS"})
        found["named by an adjective or noun"] = float(any(t.dep in {"amod", "compound"} for t in before))
    return found


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
