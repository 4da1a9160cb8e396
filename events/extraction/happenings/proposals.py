"""Which words of a story may report a happening: the lexicon's triggers and the learned ones, joined.

For finding_happenings.py, which weighs each by proposal_features.py. Two voices propose: the lexicon (triggers.py) and, in
the full profile, the tagger's event head. Each proposal brings how its clause tells of it (factuality.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.extraction import dependency as tree
from events.extraction.analysis import MOST_IN_SENTENCE, Analysis
from events.extraction.happenings.factuality import telling_of
from events.extraction.happenings.telling import Telling
from events.extraction.happenings.triggers import Trigger, find_triggers
from events.extraction.tagging.tagger import LearnedTrigger
from events.model import Sentence, Span, Token

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
