"""Which mentions of a story tell of one happening: "a bus crashed … the accident … the crash killed nine".

For records. Mentions are joined to the best earlier one when type, place, time and words let them be one; the weights are in
models/choices/same.json. Mentions that differ in place, day or act stay apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.cancelling import is_called_off_by
from events.extraction.happenings.happening import Happening
from events.extraction.linear_choice import LinearChoice
from events.extraction.records.place_containment import contains
from events.extraction.records.placing import Placement
from events.model import When

# The chance above which two mentions are taken for one: a duplicate on the map costs more than a joined pair, and real copy
# retells a happening far more often than the stories do from which the weights were learned.
JOIN = 0.1
MIDNIGHT = 1  # days between two that are named for one happening: a night's, or the day of the news and the day before
# Of a book's worth of mentions each is held against the first groups and the latest, and in a group likewise: time that
# grows as the story does. No story of news has so many.
FIRST_HELD, LAST_HELD = 40, 120
FIRST_WEIGHED, LAST_WEIGHED = 6, 40
FAR_DAYS = 20  # between two days that are told, beyond which acts of other names are two
_RELATED = (
    {"COERCE", "CRIME"}, {"ASSAULT", "CRIME"}, {"AGREE", "COOPERATE"}, {"AGREE", "CONSULT"}, {"REJECT", "ACCUSE"},
    {"ACCIDENT", "DISASTER"}, {"SUPPORT", "AGREE"}, {"REQUEST", "ACCUSE"}, {"THREATEN", "ACCUSE"}, {"PROTEST", "REQUEST"},
    {"ACCIDENT", "OTHER"}, {"MOBILIZE", "COERCE"}, {"ASSAULT", "MOBILIZE"}, {"AID", "COOPERATE"},
)  # fmt: skip
CASUALTY = frozenset(
    "kill die injure wound hurt dead death drown perish casualty toll injury fatality wounded injured lose claim".split()
)
_CAUSES = frozenset({"ACCIDENT", "DISASTER", "ASSAULT", "HEALTH", "CRIME", "PROTEST"})
_FUNCTION = frozenset({"DET", "ADP", "PUNCT", "AUX", "PART", "CCONJ", "PRON", "X", "SYM", "INTJ"})


@dataclass(frozen=True, slots=True)
class Told:
    """A happening with its tentative place and time, and the content words of its clause.

    is_dated_here: whether its own sentence names the time.
    """

    happening: Happening
    place: Placement | None
    when: When | None
    when_chance: float
    words: frozenset[str]
    is_dated_here: bool = False


def told(
    happening: Happening, place: Placement | None, when: When | None, when_chance: float, analysis: Analysis
) -> Told:
    """A happening with what is compared."""
    sentence = analysis.sentences[happening.sentence]
    clause = tree.clause_of(sentence, happening.token) if sentence.tokens else set()
    words = frozenset(
        sentence.tokens[i].lemma for i in clause if sentence.tokens[i].pos not in _FUNCTION and i != happening.token
    )
    dated = when.evidence if when else None
    here = dated is not None and analysis.sentence_at(dated.part, dated.start) == happening.sentence
    return Told(happening, place, when, when_chance, words, here)


def groups(mentions: Sequence[Told], analysis: Analysis, choice: LinearChoice) -> list[list[Told]]:
    """The mentions of each happening, both in the order of the text."""
    found: list[list[Told]] = []
    for mention in mentions:
        near = chain(range(min(FIRST_HELD, len(found))), range(max(FIRST_HELD, len(found) - LAST_HELD), len(found)))
        scored = [(_chance(found[number], mention, analysis, choice), number) for number in near]
        best = max(scored, default=(0.0, -1))
        if best[0] >= JOIN:
            found[best[1]].append(mention)
        else:
            found.append([mention])
    return found


def _are_apart(a: Told, b: Told) -> bool:
    """Whether two mentions can't be one: the days that their own sentences name are apart, or they're acts of other names
    whose days, as told, don't meet or of which one lies in a year long gone.
    """
    if a.is_dated_here and b.is_dated_here and a.when and b.when and _days_between(a.when, b.when) > MIDNIGHT:
        return True
    if a.happening.lemma == b.happening.lemma:
        return False
    told = [t.when for t in (a, b) if t.when is not None and not t.when.assumed]
    if len(told) == 2:
        return _days_between(*told) > FAR_DAYS
    return len(told) == 1 and told[0].precision == "year"


def _days_between(a: When, b: When) -> int:
    """Days from the end of the earlier interval to the start of the later one; below 1 where they meet."""
    return max((b.start - a.end).days, (a.start - b.end).days)


def _chance(group: Sequence[Told], mention: Told, analysis: Analysis, choice: LinearChoice) -> float:
    """The mean chance over a group's mentions, so that one likeness does not chain unlike things together."""
    group = [*group[:FIRST_WEIGHED], *group[FIRST_WEIGHED:][-LAST_WEIGHED:]]
    if any(
        o.happening.sentence == mention.happening.sentence
        and (o.happening.cause == mention.happening.token or mention.happening.cause == o.happening.token)
        for o in group
    ):
        return 1.0
    if any(_is_one_predicate(other.happening, mention.happening, analysis) for other in group):
        return 1.0
    if any(_are_apart(other, mention) for other in group):
        return 0.0
    chances = [choice.probability(pair_features(other, mention, analysis)) for other in group[:FIRST_WEIGHED]]
    return 0.5 * max(chances) + 0.5 * sum(chances) / len(chances)


def _is_one_predicate(a: Happening, b: Happening, analysis: Analysis) -> bool:
    """Whether two triggers are a verb and the participle that it carries ("stay shut"), or a thing and its calling off."""
    sentence = analysis.sentences[a.sentence]
    tokens = sentence.tokens
    if a.sentence != b.sentence or not tokens:
        return False
    pairs = ((tokens[a.token], tokens[b.token]), (tokens[b.token], tokens[a.token]))
    return any(tree.carrier_of(sentence, x).index == y.index or is_called_off_by(sentence, x, y) for x, y in pairs)


def pair_features(a: Told, b: Told, analysis: Analysis) -> dict[str, float]:
    """The named features of an earlier and a later mention."""
    x, y = a.happening, b.happening
    gap = y.sentence - x.sentence
    title = analysis.sentences[x.sentence].part == "title"
    shared = len(a.words & b.words) / math.sqrt(max(1, len(a.words)) * max(1, len(b.words)))
    found = {
        "bias": 1.0,
        "same type": float(x.type == y.type),
        "related types": float({x.type, y.type} in _RELATED),
        "same family": float(x.family == y.family),
        "same lemma": float(x.lemma == y.lemma),
        "same status": float(x.status == y.status),
        "one planned, one told as past": float((x.status == "planned") != (y.status == "planned")),
        "same sentence": float(gap == 0),
        "next sentence": float(gap == 1),
        "sentences apart": math.log1p(gap),
        "headline and lead": float(title and y.sentence <= analysis.first_body + 1),
        "headline": float(title),
        "shared words": shared,
        "shared words, same type": shared * (x.type == y.type),
        "its word named before": float(y.lemma in a.words or x.lemma in b.words),
        f"type {x.type}": float(x.type == y.type),
    }
    found.update(_casualty_features(x, y, gap))
    found.update(_noun_features(b, analysis))
    found.update(_place_features(a.place, b.place))
    found.update(_time_features(a.when, b.when))
    return found


def is_casualty(happening: Happening) -> bool:
    """Whether the trigger only counts the dead or the hurt: they belong to what caused them."""
    return happening.lemma.split(" ")[0] in CASUALTY


def _casualty_features(x: Happening, y: Happening, gap: int) -> dict[str, float]:
    """Dead and hurt beside a possible cause, or counted twice."""
    if x.sentence == y.sentence and (x.cause == y.token or y.cause == x.token):
        return {"a casualty and its own cause": 1.0}
    counted = is_casualty(x), is_casualty(y)
    if counted == (True, True):
        return {"two casualties": 1.0, "two casualties, same sentence": float(gap == 0)}
    if True not in counted:
        return {}
    cause = y if counted[0] else x
    if cause.type not in _CAUSES:
        return {"a casualty and no cause": 1.0}
    return {
        "a casualty and a cause": 1.0,
        "a casualty and a cause, same sentence": float(gap == 0),
        "a casualty and a cause, next sentence": float(gap == 1),
        f"a casualty and a cause, {cause.type}": 1.0,
    }


def _noun_features(b: Told, analysis: Analysis) -> dict[str, float]:
    sentence = analysis.sentences[b.happening.sentence]
    if not sentence.tokens or sentence.tokens[b.happening.token].pos != "NOUN":
        return {"later is a verb": 1.0}
    before = tree.children(sentence, b.happening.token)
    definite = any(t.text.lower() in {"the", "this", "that", "these"} and t.dep == "det" for t in before)
    return {"later is a definite noun": float(definite), "later is an indefinite noun": float(not definite)}


def _place_features(a: Placement | None, b: Placement | None) -> dict[str, float]:
    if a is None or b is None:
        return {"a place is missing": 1.0}
    if a.place.id == b.place.id:
        return {"same place": 1.0}
    if contains(a.place, b.place) or contains(b.place, a.place):
        return {"one place in the other": 1.0}
    return {"places apart": min(a.confidence, b.confidence)}


def _time_features(a: When | None, b: When | None) -> dict[str, float]:
    if a is None or b is None:
        return {"a date is missing": 1.0}
    if a.start == b.start and a.end == b.end:
        return {"same interval": 1.0, "same interval, told": float(not a.assumed and not b.assumed)}
    if a.start <= b.end and b.start <= a.end:
        return {"intervals meet": 1.0}
    gap = _days_between(a, b)
    return {
        "intervals apart": 1.0,
        "intervals a day apart": float(gap == 1),
        "an assumed day apart": float(a.assumed or b.assumed),
    }
