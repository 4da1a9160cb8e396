"""A person's word on events: it outranks the extractor's, lasts, and can be taken back in one step.

For the store and the review screen. How a screen uses it:

    reports = store.reports_of(event.id)          # what the event on the map is joined of, one Event a story
    number = store.correct(Correction(reports=reports, change=SetStatus(status="denied"), who="Ada", why="see line 4"))
    store.undo(number, who="Ada")                 # in one step; both stay in the history
    store.corrections()                           # newest first: Recorded(correction, undone, held)
    store.corrections(story_id=...)               # those of one story
    store.event(event.id).reviews                 # who accepted or corrected it, when and why; () for nobody yet
    store.rejected()                              # events that a person rejected, to look at and take back
    store.history()                               # the audit trail: corrections, undos, new versions of stories

Changes: Accept, Reject, SetPlace (reach "event", "story" or "outlet"), SetWhen, SetType, SetStatus, SetLabel, SetActors;
Merge (reports of two or more events), Split (reports, and the rest that they stood with); AddEvent, with the one report
that `missed_event(story, part, start, end, ...)` makes of a marked span of text. Where several speak of one attribute,
the narrower reach wins, then the later. `store.revision()` grows with every one of them. An event on the map keeps its
id through corrections and new versions of its stories; after a merge, the ids of both lead to the joined event.

`apply` is the pure function behind it. What this room does not do: it keeps nothing and draws nothing.
"""

from events.corrections.applying import apply
from events.corrections.missed import missed_event
from events.corrections.values import (
    Accept,
    AddEvent,
    Change,
    Correction,
    Merge,
    Recorded,
    Reject,
    SetActors,
    SetLabel,
    SetPlace,
    SetStatus,
    SetType,
    SetWhen,
    Split,
    Undo,
)

__all__ = [
    "Accept",
    "AddEvent",
    "Change",
    "Correction",
    "Merge",
    "Recorded",
    "Reject",
    "SetActors",
    "SetLabel",
    "SetPlace",
    "SetStatus",
    "SetType",
    "SetWhen",
    "Split",
    "Undo",
    "apply",
    "missed_event",
]
