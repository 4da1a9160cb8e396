"""Place names found in a story by the gazetteer and by the evidence around them.

For the geoparser (resolution.py says which place is meant). The longest name that the gazetteer knows is taken at each
capital (name_drafts.py); what stands around it, what the rest of the story says of it and, where there is one, a learned
tagger decide whether it is a place here (place_evidence.py). Demonyms are found too, as a kind of their own. Names that
the gazetteer lacks are found only where they say what they are ("Neches River") or where the tagger calls them places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from events.extraction.places import name_context as context
from events.extraction.places.name_drafts import Draft, Found, drafts_of
from events.extraction.places.name_tokens import Words, tokenise
from events.extraction.places.place_evidence import WEIGHTS, WEIGHTS_WITH_TAGGER, log_odds
from events.extraction.places.story_names import StoryNames, containers_in, persons_in, story_evidence
from events.extraction.places.tagged_names import TaggedNames
from events.model import Mention, Part, Sentence, ToponymKind
from geodata.gazetteer import Gazetteer
from geodata.place import Place

TAGGED_CERTAINTY = 0.7  # of a place that only a tagger sees
SURE = 2.0  # log-odds above which a mention lends its place to the story's others
MOST_POINTS = 24
Tagger = Callable[[Sequence[Sentence]], list[Mention]]
_EMBEDDING = {
    "before an organisation's word", "before a government's word", "before a building's word", "before Street",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name with the place it is taken to mean.

    place is None where the name is known and no candidate fits. confidence is the share of such answers that are right;
    alternatives are the other candidates, likeliest first; reason says in a few words why this one was taken.
    """

    part: Part
    start: int
    end: int
    text: str
    kind: ToponymKind
    place: Place | None
    confidence: float
    alternatives: tuple[Place, ...]
    reason: str


def recognise(sentences: Sequence[Sentence], gazetteer: Gazetteer, names: Tagger | None = None) -> list[Found]:
    """The place names of a story in the order of the text, title first, demonyms among them.

    names: a tagger whose persons and organisations speak against a name, and whose places are found beside the
    gazetteer's.
    """
    tokens = [tokenise(sentence) for sentence in sentences]
    drafts = [draft for words in tokens for draft in drafts_of(words, gazetteer)]
    tagged = TaggedNames(names(sentences)) if names else None
    found = [draft.found("demonym") for draft in drafts if draft.known.demonym]
    found += [draft.found(_kind(draft)) for draft in weigh(drafts, tokens, gazetteer, tagged) if draft.score > 0]
    if tagged:
        weighed = [draft.found("literal") for draft in drafts]
        found += [Found(*mention, "literal", TAGGED_CERTAINTY) for mention in tagged.further_places(found, weighed)]
    return sorted(found, key=lambda f: (f.part == "text", f.start))


def weigh(
    drafts: Sequence[Draft], tokens: Sequence[Words], gazetteer: Gazetteer, tagged: TaggedNames | None
) -> list[Draft]:
    """The drafts that are no demonyms, each with all its evidence and the sum of it."""
    weights = WEIGHTS_WITH_TAGGER if tagged else WEIGHTS
    persons, perhaps = persons_in(tokens, gazetteer)
    story = StoryNames(persons, perhaps, containers_in(drafts))
    places = [draft for draft in drafts if not draft.known.demonym]
    for draft in places:
        draft.evidence += tagged.evidence(draft.found("literal")) if tagged else []
        draft.score = log_odds(draft.evidence, weights)
        story.best[draft.key] = max(draft.score, story.best.get(draft.key, -99.0))
        story.worst[draft.key] = min(draft.score, story.worst.get(draft.key, 99.0))
    for draft in places:
        if draft.score > SURE and draft.known.candidates and len(story.points) < MOST_POINTS:
            place = draft.known.candidates[0].place
            if place.kind in {"town", "district", "site"}:
                story.points.append((place.lat, place.lon))
    for draft in places:
        more = story_evidence(draft.key, draft.known, story, draft.score)
        draft.evidence += more
        draft.score += log_odds(more, weights)
    return places


def _kind(draft: Draft) -> ToponymKind:
    if _EMBEDDING & set(draft.evidence):
        return "embedded"
    if "behind of" in draft.evidence and _behind_organisation(draft):
        return "embedded"
    speaks = {"before said", "before said, a government's"} & set(draft.evidence)
    return (
        "metonymic"
        if speaks and not {"behind in", "behind at or from", "behind of"} & set(draft.evidence)
        else "literal"
    )


def _behind_organisation(draft: Draft) -> bool:
    """Whether "University of" or the like stands before."""
    words, i = draft.words, draft.i - 2
    return words.capital(i) and words.keys[i] in context.ORGANISATIONS
