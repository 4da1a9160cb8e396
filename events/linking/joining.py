"""One event out of the reports of one happening.

For the store. The report that knows most speaks for all; what a person corrected in any of them holds for all. No place,
date or quote is changed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from events.linking.grouping import groups
from events.model import Event, Report, Story

_FIELDS_OF = {
    "place": ("place",), "when": ("when",), "type": ("type", "family", "type_confidence"),
    "status": ("status", "status_confidence"), "label": ("what",),
    "actors": ("actors",),
}  # fmt: skip


def link(events: Sequence[Event], stories: Mapping[str, Story]) -> list[Event]:
    """Join the reports of one happening. Events come back in the order of their first report, each with `reports`.

    events: of any number of stories, as the extractor gave them; stories: by id, for the wording and the outlets.
    """
    return [_with_reports([events[i] for i in members], stories) for members in groups(events, stories)]


def joined(reports: Sequence[Event]) -> Event:
    """The report that knows most, with what people corrected in the others. Its id and its `reports` are its own."""
    best = max(reports, key=_knowledge)
    corrected = sorted(((review.correction, review.kind, report) for report in reports for review in report.reviews),
                       key=lambda row: row[0])  # fmt: skip
    changes = {name: getattr(report, name) for _, kind, report in corrected for name in _FIELDS_OF.get(kind, ())}
    reviews = {review.correction: review for report in reports for review in report.reviews}
    changes["reviews"] = tuple(reviews[number] for number in sorted(reviews))
    if reviews:
        changes["confidence"] = max(report.confidence for report in reports if report.reviews)
    return best.model_copy(update=changes)


def _with_reports(reports: Sequence[Event], stories: Mapping[str, Story]) -> Event:
    """The joined event under the id of the first report, with the reports that an imported one brought along."""
    brought = {report.story_id: report for event in reports for report in event.reports}
    own = {event.story_id: report_of(event.story_id, stories) for event in reports}
    told = sorted((brought | own).values(), key=_first_published)
    first = min(reports, key=lambda event: _first_published(report_of(event.story_id, stories)))
    return joined(reports).model_copy(update={"id": first.id, "reports": tuple(told)})


def report_of(story_id: str, stories: Mapping[str, Story]) -> Report:
    """What is shown of a story beside an event."""
    story = stories.get(story_id)
    if story is None:
        return Report(story_id=story_id)
    return Report(story_id=story.id, title=story.title, source=story.source, url=story.url, published=story.published)


def _first_published(report: Report) -> tuple[str, str]:
    return str(report.published or "9999"), report.story_id


def _knowledge(event: Event) -> tuple[bool, bool, bool, float, float, str]:
    radius = event.place.radius_km if event.place else math.inf
    return (
        bool(event.reviews),
        event.place is not None,
        event.when is not None and not event.when.assumed,
        -radius,
        event.confidence,
        event.id,
    )
