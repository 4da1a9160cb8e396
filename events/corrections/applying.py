"""What people said, applied to what the extractor gave: a pure function over one story.

For the store. The same events, story and corrections give the same answer, whatever was answered before, so undoing is
leaving one out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from events.corrections.anchoring import find, reports_again, words_of_place
from events.corrections.missed import is_added
from events.corrections.values import (
    Accept,
    AddEvent,
    Correction,
    Merge,
    Reject,
    SetActors,
    SetPlace,
    SetType,
    SetWhen,
    Split,
)
from events.model import Event, Review, Span, Story
from events.ontology import family_of

_REACHES = ("outlet", "story", "event")  # the narrower comes later and wins


@dataclass(frozen=True, slots=True)
class StandingEvent:
    """An event of a story as it stands today. `extracted`: the extractor gave it; `rejected`: a person said it is none."""

    event: Event
    extracted: bool = True
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """That a correction took hold of an event: `report` is which of its reports, below 0 one of a split's rest."""

    correction: int
    report: int
    event_id: str


def apply(events: Sequence[Event], story: Story, corrections: Sequence[Correction]) -> list[Event]:
    """The events of a story after what people said; what they rejected is left out.

    events: the story's, as extracted; corrections: any, not undone; those of other stories and outlets change nothing.
    """
    return [standing.event for standing in standing_events(events, story, corrections)[0] if not standing.rejected]


def standing_events(
    events: Sequence[Event], story: Story, corrections: Sequence[Correction]
) -> tuple[list[StandingEvent], list[Hold]]:
    """Each event of the story as it stands, and which corrections took hold of which events."""
    work = _Work(story, {event.id: StandingEvent(event) for event in events}, [])
    ordered = sorted(corrections, key=lambda correction: (_reach(correction), correction.id))
    for correction in sorted(ordered, key=lambda c: not isinstance(c.change, AddEvent)):
        work.take(correction)
    return [_in_order(row) for row in work.standing.values()], work.holds


def outlet_of(correction: Correction) -> str | None:
    """The outlet of the correction's first report."""
    first = correction.reports[0]
    return next((report.source for report in first.reports if report.story_id == first.story_id), None)


def _reach(correction: Correction) -> int:
    change = correction.change
    return _REACHES.index(change.reach if isinstance(change, SetPlace) else "event")


def _in_order(row: StandingEvent) -> StandingEvent:
    reviews = tuple(sorted(row.event.reviews, key=lambda review: review.correction))
    return replace(row, event=row.event.model_copy(update={"reviews": reviews})) if reviews else row


class _Work:
    """The events of one story while corrections are taken one by one."""

    def __init__(self, story: Story, standing: dict[str, StandingEvent], holds: list[Hold]) -> None:
        self.story, self.standing, self.holds = story, standing, holds
        self._extracted = [row.event for row in standing.values()]  # what is sought, whatever was changed before

    def take(self, correction: Correction) -> None:
        change = correction.change
        for number, report in enumerate(correction.reports):
            if report.story_id == self.story.id:
                self._take_report(correction, number, report)
        if isinstance(change, Split):
            for number, report in enumerate(change.rest):
                if report.story_id == self.story.id and (found := self._find(report)):
                    self.holds.append(Hold(correction.id, -1 - number, found.id))
        if isinstance(change, SetPlace) and change.reach != "event":
            self._take_name(correction, change)

    def _take_report(self, correction: Correction, number: int, report: Event) -> None:
        if isinstance(correction.change, AddEvent):
            found = self._add(report)
        else:
            found = self._find(report) or self._restored(correction, report)
        if found is not None:
            self.holds.append(Hold(correction.id, number, found.id))
            self._change(found.id, correction)

    def _find(self, report: Event) -> Event | None:
        """The event as extracted, sought by what the extractor said and then by what people have said since."""
        today = [row.event for row in self.standing.values()]
        return find(report, self._extracted, self.story) or find(report, today, self.story)

    def _add(self, report: Event) -> Event | None:
        """A missed event takes its place, and that of what an extractor makes of the same words by now."""
        added = reports_again(report, self.story)
        if added is None:
            return None
        same = [event for event in self._extracted if event.type_evidence and _overlap(event, added)]
        twin = find(added, same, self.story)
        if twin is not None:
            added = added.model_copy(update={"id": twin.id})
            self._extracted = [event for event in self._extracted if event.id != twin.id]
        self.standing[added.id] = StandingEvent(added, extracted=twin is not None)
        self._extracted.append(added)
        return added

    def _restored(self, correction: Correction, report: Event) -> Event | None:
        """What a person accepted or mended is an event, even where the extractor no longer says so."""
        if isinstance(correction.change, Reject | Merge | Split) or is_added(report):
            return None
        event = reports_again(report, self.story)
        if event is None:
            return None
        event = event.model_copy(update={"reviews": (), "reports": _own_reports(report)})
        if event.id not in self.standing:
            self.standing[event.id] = StandingEvent(event, extracted=False)
            self._extracted.append(event)
        return event

    def _take_name(self, correction: Correction, change: SetPlace) -> None:
        """The place of a name, wherever the story (or any story of the outlet) places an event by that name."""
        anchored = correction.reports[0].story_id == self.story.id
        of_outlet = change.reach == "outlet" and self.story.source is not None
        if not anchored and not (of_outlet and self.story.source == outlet_of(correction)):
            return
        held = {hold.event_id for hold in self.holds if hold.correction == correction.id}
        for event in self._extracted:
            if event.id not in held and words_of_place(event, self.story).casefold() == change.name.casefold():
                self.holds.append(Hold(correction.id, len(correction.reports), event.id))
                self._change(event.id, correction)

    def _change(self, event_id: str, correction: Correction) -> None:
        row = self.standing[event_id]
        change = correction.change
        rejected = isinstance(change, Reject) or (row.rejected and not isinstance(change, Accept))
        changes: dict[str, Any] = _CHANGES.get(change.kind, _nothing)(correction, row.event, self.story)
        review = Review(
            correction=correction.id, kind=change.kind, who=correction.who, at=correction.at, why=correction.why
        )  # fmt: skip
        changes["reviews"] = (*row.event.reviews, review)
        self.standing[event_id] = replace(row, event=row.event.model_copy(update=changes), rejected=rejected)


def _overlap(event: Event, added: Event) -> bool:
    a, b = event.type_evidence, added.type_evidence
    return a is not None and b is not None and a.part == b.part and a.start < b.end and b.start < a.end


def _own_reports(report: Event) -> tuple[Any, ...]:
    return tuple(row for row in report.reports if row.story_id == report.story_id)


def _nothing(_: Correction, __: Event, ___: Story) -> dict[str, Any]:
    return {}


def _sure(_: Correction, event: Event, __: Story) -> dict[str, Any]:
    """All of it is right, each attribute too."""
    certain = {"confidence": 1.0}
    return {
        **certain, "type_confidence": 1.0, "status_confidence": 1.0,
        "place": event.place and event.place.model_copy(update=certain),
        "when": event.when and event.when.model_copy(update=certain),
    }  # fmt: skip


def _place(correction: Correction, event: Event, story: Story) -> dict[str, Any]:
    """The person's place, pointing to the words that the extractor's place pointed to where the person named none."""
    change = correction.change
    assert isinstance(change, SetPlace)
    if change.place is None:
        return {"place": None, "confidence": 1.0}
    words = _span_given(change.place.evidence, correction, story) or (event.place.evidence if event.place else None)
    reason = change.place.reason or f"placed by {correction.who}"
    return {"place": change.place.model_copy(update={"evidence": words, "reason": reason}), "confidence": 1.0}


def _when(correction: Correction, event: Event, story: Story) -> dict[str, Any]:
    change = correction.change
    assert isinstance(change, SetWhen)
    if change.when is None:
        return {"when": None, "confidence": 1.0}
    given = _span_given(change.when.evidence, correction, story)
    kept: dict[str, Any] = {"confidence": 1.0, "evidence": given or (event.when.evidence if event.when else None)}
    kept["text"] = change.when.text or (event.when.text if event.when else "")
    return {"when": change.when.model_copy(update=kept), "confidence": 1.0}


def _span_given(span: Span | None, correction: Correction, story: Story) -> Span | None:
    """The words that the person pointed to, where they still stand there: for one story, and as it was then."""
    quotes = [quote for report in correction.reports for quote in report.evidence[:1]]
    unmoved = all(story.part(quote.part)[quote.start : quote.end] == quote.text for quote in quotes)
    return span if {report.story_id for report in correction.reports} == {story.id} and unmoved else None


def _value(correction: Correction, _: Event, __: Story) -> dict[str, Any]:
    """The status, the label or the actors."""
    sure = {"status_confidence": 1.0} if correction.change.kind == "status" else {}
    return {
        **correction.change.model_dump(include={"status", "what"}),
        **_actors(correction),
        **sure,
        "confidence": 1.0,
    }


def _actors(correction: Correction) -> dict[str, Any]:
    return {"actors": correction.change.actors} if isinstance(correction.change, SetActors) else {}


def _type(correction: Correction, _: Event, __: Story) -> dict[str, Any]:
    change = correction.change
    assert isinstance(change, SetType)
    return {"type": change.type, "family": family_of(change.type), "type_confidence": 1.0, "confidence": 1.0}


_CHANGES: dict[str, Callable[[Correction, Event, Story], dict[str, Any]]] = {
    "accept": _sure, "add": _sure, "place": _place, "when": _when, "type": _type,
    "status": _value, "label": _value, "actors": _value,
}  # fmt: skip
