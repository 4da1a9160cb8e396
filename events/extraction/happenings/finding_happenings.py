"""Which words of a story report a happening: those proposals that are believed when all is weighed.

For the pipeline. models/choices/event.json and event_tagged.json hold the weights of proposal_features.py. It says nothing
yet of where and when.
"""

from __future__ import annotations

from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.happenings.proposal_features import Company, features_of, tagged_features
from events.extraction.happenings.proposals import Proposal, propose
from events.extraction.linear_choice import LinearChoice


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
