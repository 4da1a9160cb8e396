"""What a headline says of one happening: the part of it between stops that holds the word, without who says so.

For labels. A headline is written by a person and is kept as it stands where it is short enough.
"""

from __future__ import annotations

import re

_PARTS = re.compile(r"[;:]\s|\s[–—|]\s|\s-\s")
_SAYS = re.compile(r"^[^,;:]{2,40}?\b(?:says?|said|claims?|reports?)\s+(?=[A-Z“\"'’\w])", re.IGNORECASE)
_ASIDE = re.compile(r"(?:,|;)\s[^,;:]{2,40}?\b(?:says?|said)$", re.IGNORECASE)
_WIRE = re.compile(r"^(?:UPDATE|WRAPUP|CORRECTED|REFILE|LIVE|BREAKING|WATCH)\b ?\d*[-:] ?")
_TURN = re.compile(r"\s(?:as|while|amid)\s", re.IGNORECASE)
SHORTEST = 3  # words of a part that can stand alone


def part_of_headline(text: str, at: int) -> str:
    """The words of a headline that tell of the happening at a character offset.

    >>> part_of_headline("Rebels kill dozens in the hills; talks called off", 35)
    'talks called off'
    >>> part_of_headline("Kenya says army will leave port", 20)
    'army will leave port'
    """
    start, end = _between(text, at)
    if wire := _WIRE.match(text[start:end]):
        start += wire.end()
    part = text[start:end]
    said = _SAYS.match(part)
    if said and start + said.end() <= at and len(part[said.end() :].split()) >= SHORTEST:
        start += said.end()
    part = text[start:end]
    aside = _ASIDE.search(part)
    if aside and at < start + aside.start():
        part = part[: aside.start()]
    return _turned(part, at - start).strip(" ,;:–—-")


def _between(text: str, at: int) -> tuple[int, int]:
    """The bounds of the part that holds the offset, joined to what follows or precedes where it is too short."""
    start, end = 0, len(text)
    for stop in _PARTS.finditer(text):
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() > at and not stop[0].startswith(":"):  # a topic before a colon needs what follows
            end = stop.start()
            break
    return (start, end) if len(text[start:end].split()) >= SHORTEST else (0, len(text))


def _turned(part: str, at: int) -> str:
    """A happening told after "as", "while" or "amid" is its own; one told before keeps the whole."""
    for turn in _TURN.finditer(part):
        least = 2 if turn[0].strip().lower() == "amid" else SHORTEST
        if turn.end() <= at and len(part[turn.end() :].split()) >= least:
            return part[turn.end() :]
    return part
