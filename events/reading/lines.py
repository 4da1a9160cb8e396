"""Lines of scraped or typed copy and what they look like: headline, header, byline, dateline, prose, page furniture.

For separating.py and plain_stories.py. Every test looks at one line of bounded length; what a line is in its story is
decided there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.reading.captions import is_caption
from events.reading.furniture import is_furniture
from events.reading.publication_dates import is_date_line

_ENDS = re.compile(r"\r\n?")
_MARKS = re.compile(
    r"^\s*#{2,6}\s+|^\s*\*\*(?=[^*\s][^*]*\*\*\s*$)|(?<=[^*\s])\*\*\s*$|^\s*[*_](?=[^*_\s][^*_]*[*_]\s*$)|(?<=[^*_\s])[*_]\s*$"
)
_BREAKS = re.compile(r"[\x0b\x85\u2028]|(?<=\f)|(?=\f)|(?=\u2029)|(?<=\u2029)")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\ud800-\udfff]")
_SEPARATOR = re.compile(
    r"^(?:([-=_*~#•]) ?(?:\1 ?){2,}|\f|<{3,}|>{3,}|-? ?30 ?-|ENDS?|\[END\]|"
    r"(?:[Ss]tory|[Aa]rticle|[Rr]eport|[Tt]ext|STORY|ARTICLE|REPORT|TEXT) ?#?\d{1,4}\W?)$"
)
SOFT_SEPARATORS = frozenset("*~•\f")  # these part sections of one story as well

_HEADER = re.compile(
    r"^\W{0,3}(title|headline|date|published|publication date|pubdate|posted|updated|last updated|source|outlet|"
    r"publisher|newspaper|url|link|by|author|authors|byline|section|category|language|keywords|tags|subject|from|to|cc)\W{0,3}?\s?:\s?\*{0,2}\s*(\S.*)$",
    re.IGNORECASE,
)
_LONGEST_HEADER = 600
_NAMES = {
    "title": ("headline", "subject"),
    "published": ("date", "publication date", "pubdate", "posted"),
    "updated": ("last updated",),
    "source": ("outlet", "publisher", "newspaper"),
    "url": ("link",),
}
_NAME_OF = {other: name for name, others in _NAMES.items() for other in others}

_MARKDOWN_TITLE = re.compile(r"^# +(\S.*)$")
_BODY_LABEL = re.compile(r"^(?:body|text|content|article|story)\s?:(?=\s|$)", re.IGNORECASE)
_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]*]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){1,4}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No)\.$")
_BYLINE = re.compile(
    r"^(?:[Bb]y|BY|Written by|Reported by|Story by|From|Text:)\s+(?:[A-Z][\w.'’-]*|and|&|of|for|in|the|de|al|van|bin)"
    r"(?:,? (?:[A-Z][\w.'’-]*|and|&|of|for|in|the|de|al|van|bin|[|•/-])){0,11}$"
)
_CAPITALS = r"[A-Z][A-Z'’.-]{2,}"
_DATELINE = re.compile(
    rf"^(?:{_CAPITALS}|[A-Z][A-Z.'’]+)(?:[ /](?:{_CAPITALS}|[A-Z]{{1,3}}\.?|and|de|la)){{0,4}}"
    r"(?:, ?[\w.'’/ -]{2,40}){0,3}(?: ?\([^()]{2,50}\))?\s?(?:—|–|--|-|_|:)\s"
)
_AGENCY_DATELINE = re.compile(  # "Port Vila, Jan. 8 (AP) —", "Jan 8 (Reuters) -"
    r"^[A-Z][\w.'’ -]{2,30}(?:, ?[A-Z][\w.'’ -]{2,25})?(?:, ?[A-Z][a-z]{2,8}\.? \d{1,2})? ?"
    r"\([A-Z][\w&.'’/ -]{1,30}\)\s?[-–—:_]+\s"
)
_NO_DATELINE = re.compile(
    r"^(?:WATCH|READ|MORE|UPDATE|UPDATED|BREAKING|EXCLUSIVE|LIVE|VIDEO|PHOTOS?|FILE|NOTE|ALSO|ANALYSIS|OPINION|SEE|NEW|"
    r"RELATED|LISTEN|CORRECTION|EXPLAINER|FACTBOX)\b"
)
_SUFFIX = re.compile(r"\s[-–—|]\s[^-–—|]{2,40}$")
_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number in the file (from 1), its words, the blank lines above it, its indent."""

    number: int
    text: str
    gap: int
    indented: bool = False

    @property
    def key(self) -> str:
        """The words without case, spaces and punctuation: equal for two copies of one line."""
        return _KEY.sub(" ", self.text.casefold()).strip()


def lines_of(text: str) -> list[Line]:
    r"""The lines of a text that are not blank. Line ends of all systems are one; invisible characters are left out.

    >>> [(line.number, line.text, line.gap) for line in lines_of("Quake \r\n\r\nIt shook.")]
    [(1, 'Quake', 0), (3, 'It shook.', 1)]
    """
    found, gap = [], 0
    for number, raw in enumerate(_ENDS.sub("\n", text).split("\n"), 1):
        for piece in _BREAKS.split(raw):
            line = _INVISIBLE.sub("", piece)
            words = "\f" if line == "\f" else _MARKS.sub("", line).strip()
            if words:
                found.append(Line(number, words, gap, line[0] in " \t\u3000"))
            gap = 0 if words else gap + 1
    return found


def separator(text: str) -> str:
    """The mark that a separator line is made of ("---", "* * *", a form feed), "" for any other line.

    >>> separator("* * *"), separator("It rained.")
    ('*', '')
    """
    return text[0] if len(text) < 200 and _SEPARATOR.match(text) else ""


def header(text: str) -> tuple[str, str] | None:
    """The name and value of a header line; the names are title, published, updated, source, url and what is of no use.

    >>> header("Date: 8 January 2025"), header("By the sea it rained.")
    (('published', '8 January 2025'), None)
    """
    if len(text) > _LONGEST_HEADER:
        return None
    heading = _MARKDOWN_TITLE.match(text)
    if heading:
        return "title", heading[1]
    match = _HEADER.match(text)
    if not match:
        return None
    name = match[1].lower()
    return _NAME_OF.get(name, name), match[2].strip(" *")


def body_label(text: str) -> str | None:
    """What stands behind a label that says that the text begins; None where there is no such label.

    >>> body_label("Text: It rained."), body_label("It rained.")
    ('It rained.', None)
    """
    match = _BODY_LABEL.match(text[:20])
    return text[match.end() :].lstrip() if match else None


def is_byline(text: str) -> bool:
    """Whether a line names who wrote the story.

    >>> is_byline("By Amina Okoro and Li Wei"), is_byline("By Friday the toll had risen.")
    (True, False)
    """
    return len(text) < 140 and bool(_BYLINE.match(text)) and len(text.split()) > 1


def is_dateline(text: str) -> bool:
    """Whether a paragraph opens with the place in capitals that a story is filed from.

    >>> is_dateline("PORT VILA, Jan. 17 (AP) — Voters went to the polls."), is_dateline("NATO said it will stay.")
    (True, False)
    """
    head = text[:160]
    if _AGENCY_DATELINE.match(head):
        return True
    return bool(_DATELINE.match(head)) and not _NO_DATELINE.match(head)


def is_prose(text: str) -> bool:
    """Whether a line is a sentence or more: it ends like one, or is too long for anything else.

    >>> is_prose("It rained all day."), is_prose("Rain in Cork")
    (True, False)
    """
    words = len(text.split(maxsplit=30))
    return words > 30 or (words > 1 and bool(_PROSE_END.search(text[-12:])) and not _ABBREVIATED.search(text[-12:]))


def is_headline(text: str) -> bool:
    """Whether a line could be a headline: short, begun like one and not ended like a sentence.

    >>> is_headline("Rain in Cork"), is_headline("Who pays for the rain?"), is_headline("It rained.")
    (True, True, False)
    """
    if not 6 <= len(text) <= 200 or not 2 <= len(text.split()) <= 25 or text[-1] in ",;:" or text[0] in "([-•*–—":
        return False
    first = next((char for char in text if char.isalnum()), "")
    if not (first.isupper() or first.isdigit() or not first.isascii()):
        return False
    stopped = text.rstrip("\"'”’)").endswith(".") and not text.endswith("...") and not _ABBREVIATED.search(text[-12:])
    return not (stopped or is_dateline(text) or separator(text) or is_service_line(text))


def is_service_line(text: str) -> bool:
    """Whether a line is about the story and not of it: header, byline, date or furniture."""
    return bool(header(text)) or is_byline(text) or is_date_line(text) or is_furniture(text)


def is_apparatus(text: str) -> bool:
    """Whether a line belongs between a headline and its body: a service line or a caption."""
    return is_service_line(text) or is_caption(text, at_the_head=True)


def same_headline(one: Line, other: Line) -> bool:
    """Whether two lines are one headline, be it with the outlet's name behind it ("... - Harbour Post").

    >>> same_headline(Line(1, "Rain in Cork | Harbour Post", 0), Line(5, "Rain in Cork", 1))
    True
    """
    if one.key == other.key:
        return True
    return Line(0, _SUFFIX.sub("", one.text[:240]), 0).key == Line(0, _SUFFIX.sub("", other.text[:240]), 0).key
