"""Why an event's attributes are what they are, in words; and what people said of it.

For the story view and the cards. Plain text only, nothing is escaped here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from events.look import wording
from events.model import Event, Review
from events.ontology import TYPES

Role = Literal["type", "place", "date", "status", "actor"]
ROLE_NAMES: dict[Role, str] = {
    "type": "What happened", "place": "Place", "date": "Date", "actor": "Who", "status": "How it is told",
}  # fmt: skip
SAID = {
    "accept": "Accepted", "reject": "Rejected", "place": "Place corrected", "when": "Date corrected",
    "type": "Type corrected", "status": "Status corrected", "label": "Label corrected", "actors": "Actors corrected",
    "merge": "Merged", "split": "Split off", "add": "Added",
}  # fmt: skip
STATUS_REASONS = {
    "occurred": "told as fact: no word makes it a plan, a claim or a denial",
    "ongoing": "told as fact, and as not over",
    "planned": "told as something that is to come",
    "alleged": "told as somebody’s claim",
    "denied": "told as something that somebody denies",
    "cancelled": "told as something that was called off",
}


def reason_of(role: Role, event: Event) -> str:
    """One line on why an attribute of an event is what it is."""
    if role == "place":
        return event.place.reason if event.place else "no word that tells of it leads to a place"
    if role == "date":
        return _of_date(event)
    if role == "type":
        return f"{event.type.title()}: {TYPES[event.type].meaning}"
    if role == "status":
        return STATUS_REASONS[event.status]
    names = [f"{actor.name} ({'does it' if actor.role == 'actor' else 'has it done to'})" for actor in event.actors]
    return wording.listed(names) if names else "nobody is named as taking part"


def said_of(review: Review) -> str:
    """What a person said of an event, when and why.

    >>> at = datetime(2025, 3, 4, 9, 5)
    >>> said_of(Review(correction=3, kind="place", who="Ada", at=at, why="the other Paris"))
    'Place corrected by Ada, 4 Mar 2025, 09:05 UTC: the other Paris'
    """
    return said(review.kind, review.who, review.at, review.why)


def said(kind: str, who: str, at: datetime, why: str) -> str:
    """What was said, by whom, when and why."""
    reason = f": {why}" if why else ""
    return f"{SAID.get(kind, kind.capitalize())} by {who}, {wording.day(at.date(), year=True)}, {at:%H:%M} UTC{reason}"


def touched_by(event: Event) -> str:
    """Who changed or accepted an event, for a card; "" where nobody did."""
    if not event.reviews:
        return ""
    people = wording.listed(list(dict.fromkeys(review.who for review in event.reviews)))
    accepted = all(review.kind == "accept" for review in event.reviews)
    return f"{'accepted' if accepted else 'corrected'} by {people}"


def _of_date(event: Event) -> str:
    if event.when is None:
        return "no word that tells of it leads to a date"
    if event.when.assumed:
        return "no word gives a day: news in the past tense is taken to be of the story’s own day"
    reading = wording.date_reading(event.when)
    return f"“{event.when.text}” as read on the story’s own day" if event.when.text else reading
