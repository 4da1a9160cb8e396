"""The line at the head of a story that gives its place, its date and its agency: "HELSINKI, Jan. 14 (AP) —".

For the pipeline: a dateline is no part of its sentence's syntax, and its place is the story's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from events.model import Sentence

_HEAD = re.compile(
    r"(?:[A-Z](?:[\w.'’]|-(?=\w))*+|d[eu]|de la|al-\w+|el|la|le|los|of|the|and)"  # the town …
    r"(?:[ /-](?:[A-Z](?:[\w.'’]|-(?=\w))*+|d[eu]|la|al-\w+|el|los|of|the|and)){0,4}"
    r"(?:, (?:[A-Z][\w.'’ -]{1,30}))?"  # … what it lies in
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"  # … the day
    r"(?: ?\((?:[A-Z][\w.&' -]{1,40})\))?"  # … the agency
    r" ?(?:—|–|--| - |:)\s*"
)
LONGEST = 100
SHORTEST = 5  # letters of a town before a colon: "TV:" and "Q:" are none
_LABELS = frozenset(
    "update updated breaking news exclusive watch live opinion analysis explainer note correction corrected read more photo "
    "photos video videos sport sports warning question answer editorial factbox timeline profile interview review preview "
    "result results scores goalkeepers defenders midfielders forwards substitutes today tomorrow yesterday monday tuesday "
    "wednesday thursday friday saturday sunday latest alert notice advisory background context summary headline headlines "
    "what where when which there related source sources caption picture weather forecast advice contact press release".split()
)


def dateline_length(text: str) -> int:
    """How many characters of a paragraph's first sentence are its dateline; 0 for none.

    >>> dateline_length("HELSINKI, Jan. 14 (AP) — NATO leaders met."), dateline_length("NATO met - and parted.")
    (25, 0)
    """
    match = _HEAD.match(text[:LONGEST])
    if not match:
        return 0
    head = match[0].rstrip(" —–-:")
    town = re.split(r"[,(]", head)[0]
    shouted = sum(c.isupper() for c in town) > 0.6 * sum(c.isalpha() for c in town)
    labelled = match[0].rstrip().endswith(":") and "," not in head and _is_label(town)
    if "(" not in head and (not shouted or labelled):
        return 0
    return match.end() if len(text) > match.end() + 15 else 0


def _is_label(head: str) -> bool:
    """Whether words before a colon say what follows ("UPDATE:") rather than where it is told from ("LUSAKA:").

    >>> _is_label("UPDATE"), _is_label("KUALA LUMPUR")
    (True, False)
    """
    words = head.lower().replace(".", " ").split()
    return sum(map(len, words)) < SHORTEST or any(word in _LABELS for word in words)


def dateline_of(sentences: Sequence[Sentence]) -> tuple[int, int] | None:
    """The offsets in the text of the story's dateline, None where it has none."""
    for sentence in sentences:
        if sentence.part == "text" and sentence.kind == "body":
            length = dateline_length(sentence.text)
            if length:
                return sentence.start, sentence.start + length
    return None


def without_datelines(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences as a parser should see them: the dateline's words cut off, offsets kept."""
    found = []
    for sentence in sentences:
        length = dateline_length(sentence.text) if sentence.kind == "body" else 0
        found.append(
            replace(sentence, start=sentence.start + length, text=sentence.text[length:]) if length else sentence
        )
    return found
