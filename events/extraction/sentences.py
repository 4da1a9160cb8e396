"""A story cut into sentences: its headline, its captions, its paragraphs' sentences, each with offsets.

For everything in extraction that looks at sentences. Rules on punctuation and a list of abbreviations; one pass, linear in
the length of the text. It does not parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from events.model import Part, Sentence, SentenceKind, Story

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen col lt maj capt cpl sgt adm cmdr pres st mt ft jr sr rev hon supt det insp "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "no nos vs etc inc ltd co corp bros dept est approx fig vol pp art ave blvd rd u.s u.k u.n e.g i.e a.m p.m "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la mass mich minn miss mo mont neb nev okla ore pa tenn tex "
    "vt va wash wis wyo ont que sask alta".split()
)
# Words after which a stop may end the sentence all the same, when what follows begins one.
_MAY_END = frozenset("u.s u.k u.n a.m p.m inc ltd co corp jr sr etc".split())
_STARTERS = frozenset(
    "the a an he she it they we in on at but and this that these those his her its their there when while after as if "
    "meanwhile however officials police one two no some many more most another both since for i you".split()
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|$)")
_PARAGRAPH = re.compile(r"[^\n]+")
_WORD_BEFORE = re.compile(r"[\w.&'’-]{1,20}$")


def split(story: Story) -> list[Sentence]:
    """The sentences of a story: its title first (as one headline), then the text's, paragraph by paragraph.

    >>> [s.text for s in split(Story(id="1", title="Quake", text="It hit the U.S. Navy. Gen. Ito left at 5 p.m. He is well."))]
    ['Quake', 'It hit the U.S. Navy.', 'Gen. Ito left at 5 p.m.', 'He is well.']
    """
    found = []
    if story.title.strip():
        start = len(story.title) - len(story.title.lstrip())
        end = len(story.title.rstrip())
        found.append(Sentence("title", start, end, story.title[start:end], "headline", -1))
    captions = set(story.captions)
    for number, paragraph in enumerate(_PARAGRAPH.finditer(story.text)):
        kind: SentenceKind = "caption" if paragraph.span() in captions else "body"
        found += _paragraph(story.text, paragraph.start(), paragraph.end(), number, kind)
    return found


def _paragraph(text: str, start: int, end: int, number: int, kind: SentenceKind) -> Iterator[Sentence]:
    for a, b in _bounds(text, start, end):
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            part: Part = "text"
            yield Sentence(part, a, b, text[a:b], kind, number)


def _bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, stop, begin, end):
            yield begin, stop.end()
            begin = stop.end()
    yield begin, end


def _ends_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """Whether a run of stops ends a sentence, by what stands before and after it."""
    after = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    opening = after.lstrip("\"'“‘([—–- ")
    if not opening or not (opening[0].isupper() or opening[0].isdigit() or after[0] in '"“‘'):
        return False
    if stop[0][0] != "." or len(stop[0].rstrip("\"'”’)]")) > 1:
        return True
    word = _WORD_BEFORE.search(text, max(begin, stop.start() - 20), stop.start())
    before = word[0].lower().lstrip("'’") if word else ""
    if len(before) == 1 and before.isalpha():
        return False  # an initial: "J. Smith"
    if before in _ABBREVIATIONS or ("." in before and before.replace(".", "").isalpha() and len(before) < 7):
        return (before in _MAY_END or "." in before) and opening.split(None, 1)[0].strip(",'’\"").lower() in _STARTERS
    return True
