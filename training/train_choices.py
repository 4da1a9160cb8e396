"""Learns the weights by which the extractor chooses a happening's place, its time, and whether it reports one.

Reads our own marked news (training/own-news, or --news FOLDER), analyses each story as the product
does, and fits log-linear models by gradient ascent with an L2 penalty. Prints the share of right choices in five folds by
story, then writes events/extraction/models/choices/*.json from all stories. About two minutes on one core.

Run: python -m training.train_choices [--news FOLDER] [--only place|time]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from events.extraction.analysis import Analysis
from events.extraction.dependency import token_at
from events.extraction.happenings.happening import Happening
from events.extraction.happenings.proposal_features import Company, tagged_features
from events.extraction.happenings.proposal_features import features_of as proposal_features
from events.extraction.happenings.proposals import propose
from events.extraction.linear_choice import MODELS, LinearChoice
from events.extraction.pipeline import Choices, Extractor
from events.extraction.records import place_candidates, place_features, placing, same_happening, timing
from events.extraction.syntax import Parser
from events.extraction.tagging.tagger import Tagger
from events.model import Span
from geodata.gazetteer import Gazetteer
from training.right_choices import fits, is_around, is_at
from training.tagger_data import OWN_FOLDER, is_held_out, own_stories, story_of

FOLDS = 5
PENALTY = 2.0
PENALTIES = {"event_tagged": 12.0}  # few stories to learn from: what is not plain stays near nothing
STEPS = 150
FROM_SHORT_STORIES = ("place", "event")  # the long ones made these worse on the seen half of real stories
LATER_STORIES = ("own-2-", "own-3-")  # place, time, same and event_tagged were the worse for them there
Row = dict[str, float]
Group = tuple[list[Row], list[bool]]  # the candidates of one choice and which of them are right


def fold_of(story_id: str) -> int:
    """The fold of a story, by a hash of its id."""
    return hashlib.sha256(story_id.encode()).digest()[1] % FOLDS


def marked_happenings(row: dict[str, Any], analysis: Analysis) -> Iterator[tuple[Happening, dict[str, Any]]]:
    """Each marked trigger as a happening, with the event that it tells of."""
    for event in row["events"]:
        for mark in event["triggers"]:
            number = analysis.sentence_at(mark["part"], mark["start"])
            if number is None:
                continue
            sentence = analysis.sentences[number]
            token = token_at(sentence, mark["start"], mark["end"])
            if token is None:
                continue
            yield (
                Happening(
                    number, token.index, Span(part=mark["part"], start=mark["start"], end=mark["end"]), token.lemma,
                    event["type"], 1.0, event["status"], None, 1.0, float(event["core"]),
                ),
                event,
            )  # fmt: skip


def place_groups(row: dict[str, Any], analysis: Analysis) -> Iterator[Group]:
    """The choice of each happening's place."""
    for happening, event in marked_happenings(row, analysis):
        candidates = list(place_candidates.candidates_of(happening, analysis))
        right = right_places(candidates, event)
        if any(right):
            rows = [_learnable(place_features.features_of(happening, c, candidates, analysis)) for c in candidates]
            yield [*rows, place_features.none_features(happening, candidates)], right


def right_places(candidates: Sequence[place_candidates.PlaceCandidate], event: dict[str, Any]) -> list[bool]:
    """Which candidates are the marked place, and last whether none is right because the event has no place."""
    gold = event["place"]
    if gold is None or gold["lat"] is None:
        return [False] * len(candidates) + [True]
    right = [is_at(c.place, gold) for c in candidates]
    if not any(right):  # a village that no gazetteer has: what lies around it is the best that can be said
        right = [is_around(c.place, gold) for c in candidates]
    return [*right, False]


def _learnable(features: Row) -> Row:
    """Without what the definition of an event settles."""
    return {name: value for name, value in features.items() if name not in place_features.DEFINED}


def time_groups(row: dict[str, Any], analysis: Analysis) -> Iterator[Group]:
    """The choice of each happening's interval."""
    for happening, event in marked_happenings(row, analysis):
        candidates = list(timing.candidates_of(happening, analysis))
        rows = [timing.features_of(happening, c, analysis) for c in candidates]
        right = [fits(c.interval, event) for c in candidates]
        if any(right):
            yield rows, right


def event_groups(row: dict[str, Any], analysis: Analysis) -> Iterator[Group]:
    """Whether each word of the lexicon reports a marked event: a choice between yes and no."""
    untagged = replace(analysis, triggers=())
    proposals = list(propose(untagged))
    company = Company.of(proposals, untagged)
    for proposal in proposals:
        hit = _is_marked(proposal.span, row)
        yield [proposal_features(proposal, untagged, company), {}], [hit, not hit]


def tagged_event_groups(row: dict[str, Any], analysis: Analysis) -> Iterator[Group]:
    """The same with the tagger's voice, on stories that the tagger has not learned from."""
    if not is_held_out(row["id"]):
        return
    lexical = LinearChoice.load("event")
    proposals = list(propose(analysis))
    company = Company.of(proposals, analysis)
    for proposal in proposals:
        hit = _is_marked(proposal.span, row)
        features = proposal_features(proposal, analysis, company)
        yield [tagged_features(features, proposal, lexical), {}], [hit, not hit]


def _is_marked(span: Span, row: dict[str, Any]) -> bool:
    marks = (mark for event in row["events"] for mark in event["triggers"])
    return any(m["part"] == span.part and m["start"] < span.end and span.start < m["end"] for m in marks)


def same_groups(row: dict[str, Any], analysis: Analysis) -> Iterator[Group]:
    """Whether two marked mentions tell of one event: a choice between yes and no."""
    for earlier, later, one in _pairs(row, analysis):
        yield [same_happening.pair_features(earlier, later, analysis), {}], [one, not one]


def _pairs(row: dict[str, Any], analysis: Analysis) -> Iterator[tuple[same_happening.Told, same_happening.Told, bool]]:
    """Each two marked mentions of a story in the order of the text, and whether they are of one event."""
    place_choice, time_choice = LinearChoice.load("place"), LinearChoice.load("time")
    mentions = []
    for happening, event in marked_happenings(row, analysis):
        place = placing.place_of(happening, analysis, place_choice)
        when, chance = timing.when_of(happening, analysis, time_choice)
        mentions.append((same_happening.told(happening, place, when, chance, analysis), event))
    mentions.sort(key=lambda pair: (pair[0].happening.sentence, pair[0].happening.token))
    for number, (later, event) in enumerate(mentions):
        for earlier, other in mentions[:number]:
            yield earlier, later, event is other


def fit(groups: Sequence[Group], penalty: float = PENALTY) -> dict[str, float]:
    """Weights that make the right candidates likely: maximum marginal likelihood with an L2 penalty."""
    names = sorted({name for rows, _ in groups for row in rows for name in row})
    index = {name: i for i, name in enumerate(names)}
    lengths = np.array([len(rows) for rows, _ in groups])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    matrix = np.zeros((int(lengths.sum()), len(names)), dtype=np.float32)
    for r, row in enumerate(row for rows, _ in groups for row in rows):
        for name, value in row.items():
            matrix[r, index[name]] = value
    right = np.array([value for _, marks in groups for value in marks])
    weights = np.zeros(len(names))
    squares = np.zeros(len(names))
    for step in range(STEPS):
        scores = matrix @ weights
        shares = _softmax(scores, starts, lengths)
        wanted = np.where(right, shares, 0.0)
        wanted /= np.repeat(np.maximum(np.add.reduceat(wanted, starts), 1e-9), lengths)
        gradient = matrix.T @ (wanted - shares) - penalty * weights
        squares = 0.9 * squares + 0.1 * gradient**2
        weights += 0.08 * (1 - 0.9 * step / STEPS) * gradient / (np.sqrt(squares) + 1e-6)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}


def _softmax(scores: Any, starts: Any, lengths: Any) -> Any:
    top = np.repeat(np.maximum.reduceat(scores, starts), lengths)
    parts = np.exp(scores - top)
    return parts / np.repeat(np.add.reduceat(parts, starts), lengths)


def accuracy(groups: Sequence[Group], weights: dict[str, float]) -> float:
    """The share of choices whose best candidate is right."""
    choice = LinearChoice(weights)
    hits = 0
    for rows, right in groups:
        scores = [choice.score(row) for row in rows]
        hits += right[scores.index(max(scores))]
    return hits / max(1, len(groups))


def train(name: str, by_fold: dict[int, list[Group]]) -> None:
    """Print the accuracy of each fold, then write the weights of all."""
    shares, penalty = [], PENALTIES.get(name, PENALTY)
    for fold in range(FOLDS):
        weights = fit([group for f, groups in by_fold.items() if f != fold for group in groups], penalty)
        shares.append(accuracy(by_fold[fold], weights))
    print(
        f"{name}: right in {np.mean(shares):.3f} of choices (folds {', '.join(f'{s:.3f}' for s in shares)})", flush=True
    )
    every = [group for groups in by_fold.values() for group in groups]
    MODELS.mkdir(parents=True, exist_ok=True)
    card = {
        "learned from": "Dateline's own news",
        "choices": len(every),
        "right in five folds": round(float(np.mean(shares)), 3),
    }
    text = json.dumps({"card": card, "weights": fit(every, penalty)}, indent=0, ensure_ascii=False)
    (MODELS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Train the choices one after another; the later ones use the earlier."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--news", type=Path, default=OWN_FOLDER)
    parser.add_argument("--only", choices=tuple(field.name for field in fields(Choices)))
    parser.add_argument("--light", action="store_true", help="without the learned tagger")
    wanted = parser.parse_args()
    none = LinearChoice({})
    extractor = Extractor(
        Gazetteer.open(),
        Parser.load(),
        None if wanted.light else Tagger.load(),
        Choices(*[none] * len(fields(Choices))),
    )
    stories = [row for row in own_stories(wanted.news) if not row["id"].startswith(LATER_STORIES)]
    read = [(row, extractor.read(story_of(row))) for row in stories]
    makers: dict[str, Callable[[dict[str, Any], Analysis], Iterator[Group]]] = {
        "place": place_groups, "time": time_groups, "event": event_groups, "event_tagged": tagged_event_groups,
        "same": same_groups,
    }  # fmt: skip
    for name, maker in makers.items():
        if wanted.only in {None, name} and not (wanted.light and name == "event_tagged"):
            by_fold: dict[int, list[Group]] = {fold: [] for fold in range(FOLDS)}
            for row, analysis in read:
                if name in FROM_SHORT_STORIES and row["id"].startswith("own-long"):
                    continue
                by_fold[fold_of(row["id"])] += list(maker(row, analysis))
            train(name, by_fold)
            LinearChoice.load.cache_clear()


if __name__ == "__main__":
    main()
