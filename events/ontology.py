"""Event types, their families and one-line meanings.

The sixteen type names from AGREE to ASSAULT are those of PLOVER (Open Event Data Alliance); the meanings are our own
words. Five more stand for what PLOVER leaves out and news is full of. Colours belong to the page
(events/look/theme.py), not here.

>>> family_of("ASSAULT")
'material conflict'
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event: its name, the family it is shown with, and what it means."""

    name: str
    family: str
    meaning: str


FAMILIES: tuple[str, ...] = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
    "incident",
)

_TABLE = """
AGREE     | verbal cooperation   | says it will cooperate, meet, help or sign
CONSULT   | verbal cooperation   | meets, visits, calls or talks
SUPPORT   | verbal cooperation   | backs, praises, recognises or ratifies
CONCEDE   | verbal cooperation   | gives way in words: eases a rule, apologises, pardons
COOPERATE | material cooperation | does something useful together: trade, exercises, shared work
AID       | material cooperation | gives help that serves the receiver: relief, money, arms, rescue
RETREAT   | material cooperation | gives way in deed: withdraws, frees, disarms, resigns
REQUEST   | verbal conflict      | asks, demands or orders
ACCUSE    | verbal conflict      | blames, condemns, complains, sues or investigates
REJECT    | verbal conflict      | refuses or turns down
THREATEN  | verbal conflict      | warns of harm or penalty
PROTEST   | material conflict    | people act together in public against something
SANCTION  | material conflict    | cuts back relations: embargo, expulsion, suspension
MOBILIZE  | material conflict    | moves forces or raises readiness without using force
COERCE    | material conflict    | uses power short of violence: bans, seizes, blocks, detains
ASSAULT   | material conflict    | uses force that can kill, injure or destroy
ACCIDENT  | incident             | harm that nobody meant: crash, collapse, spill, blast
DISASTER  | incident             | harm by nature: quake, flood, storm, drought, wildfire
CRIME     | incident             | crime and courts: arrest, charge, trial, verdict
HEALTH    | incident             | disease: outbreaks, cases, vaccination
OTHER     | incident             | elections, ceremonies, sport, launches and the rest
"""

TYPES: dict[str, EventType] = {
    name: EventType(name, family, meaning)
    for name, family, meaning in (
        tuple(cell.strip() for cell in line.split("|")) for line in _TABLE.strip().splitlines()
    )
}


def family_of(event_type: str) -> str:
    """The family that an event type is shown with. Raises KeyError for a name that is no type."""
    return TYPES[event_type].family
