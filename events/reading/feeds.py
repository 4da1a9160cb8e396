"""RSS and Atom feeds to stories: an entry's full text where the feed brings it, else its summary.

For files.py and for whoever watches feeds: `entries_of` says which entries hold only a summary, so that their pages can
be asked for. Nothing is fetched here.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import feedparser  # type: ignore[import-untyped]

from events.model import Story, StoryError
from events.reading.captions import is_caption
from events.reading.identity import plain_address
from events.reading.limits import MOST_FEED_BYTES, check_size
from events.reading.pages import fragment_paragraphs
from events.reading.paragraphs import Paragraph, key_of, squeezed, story_of
from events.reading.publication_dates import day_of
from events.reading.result import Note, Problem, Result, refused

MOST_ENTRIES = 20_000
MOST_TAGS = 1_000_000
_FULL_FROM = 600  # characters of a description that is the article itself
_ENTITY = re.compile(r"<!\s{0,20}(?:ENTITY|ATTLIST)", re.IGNORECASE)
_NESTED = re.compile(r"<(/?)[A-Za-z_][\w:.-]{0,80}[^<>]{0,2000}>")
_MOST_DEPTH = 200
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&#8230;)\])\s*$|(?:continue reading|read (?:more|the full story|on)|the post .{1,300} "
    r"appeared first on .{1,100})\W*$",
    re.IGNORECASE,
)
_APPEARED = re.compile(r"^The post .{1,300} appeared first on .{1,120}$")
_SECTION = re.compile(r"\s[|»›>:–—-]\s.{1,60}$|\s\(?(?:RSS|Atom|Feed)\b.{0,20}$", re.IGNORECASE)
_TAGS = re.compile(r"<[A-Za-z!/]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: its number (from 1), what it says of itself, and whether its text is all of the article.

    day_told: the date as the feed writes it; published is None where that can't be read.
    """

    number: int
    title: str
    url: str | None
    published: date | None
    day_told: str
    source: str | None
    paragraphs: tuple[Paragraph, ...]
    is_full: bool


def read_feed(text: str, name: str, address: str | None = None) -> Result:
    """The stories of a feed, one for each entry with a text; name stands in the problems.

    address: where it was fetched, for links that are relative.
    """
    try:
        entries = entries_of(text, address)
    except StoryError as error:
        return refused(name, str(error))
    if not entries:
        return refused(name, "is a feed without an entry")
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.day_told and entry.published is None:
            said = f"has a date that can't be read, {entry.day_told[:40]!r}; the story is kept without it"
            problems.append(Problem(name, entry.number, said))
        try:
            story = story_of_entry(entry)
            stories.setdefault(story.id, story)
        except StoryError:
            problems.append(Problem(name, entry.number, f"the entry {entry.title[:60]!r} has no text"))
    full = sum(entry.is_full for entry in entries)
    note = Note(
        name, f"a feed of {len(entries)} entries: {full} with their full text, {len(entries) - full} with a summary"
    )
    return Result(tuple(stories.values()), tuple(problems), notes=(note,))


def story_of_entry(entry: Entry) -> Story:
    """The story that an entry tells. Raises StoryError when it has no text."""
    return story_of(
        entry.paragraphs, title=entry.title, published=entry.published, url=entry.url, source=entry.source
    )  # fmt: skip


def entries_of(text: str, address: str | None = None) -> list[Entry]:
    """The entries of a feed in its order. Raises StoryError for what is no feed or is a trap.

    >>> feed = "<rss version='2.0'><channel><title>River Post - World</title><item><title>Rain</title>"
    >>> feed += "<description>It rained in Cork.</description></item></channel></rss>"
    >>> [(entry.title, entry.source, entry.paragraphs[0].text, entry.is_full) for entry in entries_of(feed)]
    [('Rain', 'River Post', 'It rained in Cork.', False)]
    """
    data = text.encode("utf-8", errors="replace")
    check_size(len(data), MOST_FEED_BYTES, "feed")
    if _ENTITY.search(text):
        raise StoryError("is a feed that declares entities of its own, as only a trap does")
    if text.count("<") > MOST_TAGS:
        raise StoryError(f"is a feed of more than {MOST_TAGS:,} tags")
    _check_depth(text)
    parsed = _parsed(re.sub(rb"^\s*<\?xml[^>]{0,200}\?>", b"", data), address)
    found = parsed.get("entries") or []
    if not found and not parsed.get("version"):
        raise StoryError("is a feed that can't be read")
    if len(found) > MOST_ENTRIES:
        raise StoryError(f"is a feed of {len(found):,} entries; one is read up to {MOST_ENTRIES:,}")
    feed = parsed.get("feed") or {}
    outlet = _outlet(feed)
    return [_entry(number, entry, outlet) for number, entry in enumerate(found, 1)]


def _parsed(data: bytes, address: str | None) -> Any:
    """What feedparser makes of the bytes. They are handed over as a file: a text may be taken for an address."""
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": address} if address else {})}
    try:
        return feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # feedparser lets errors of expat, of sgmllib and its own through
        raise StoryError(f"is a feed that can't be read: {type(error).__name__}") from error


def _check_depth(text: str) -> None:
    """Raises StoryError for a feed nested so deeply that a parser would spend minutes or its stack on it."""
    depth = 0
    for match in _NESTED.finditer(text):
        if not match[0].endswith("/>"):
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > 50 * _MOST_DEPTH:
            raise StoryError("is a feed of elements nested too deeply")


def _entry(number: int, entry: Any, outlet: str | None) -> Entry:
    content = max((_words(part.get("value")) for part in entry.get("content") or ()), key=len, default="")
    summary = _words(entry.get("summary"))
    own = _paragraphs(content if len(content) >= len(summary) else summary)
    length = sum(len(paragraph.text) for paragraph in own)
    told = next((words for key in ("published", "updated", "created") if (words := _words(entry.get(key)))), "")
    title = _plain(_words(entry.get("title")))
    paragraphs = [p for p in own if key_of(p.text) != key_of(title)] or own
    cut_off = bool(own) and bool(_CUT_OFF.search(own[-1].text[-500:]))
    return Entry(
        number=number,
        title=title,
        url=_address(entry),
        published=day_of(told) if told else None,
        day_told=squeezed(told),
        source=_plain(_words((entry.get("source") or {}).get("title"))) or outlet,
        paragraphs=tuple(paragraphs),
        is_full=not cut_off and (length >= _FULL_FROM or (bool(content) and len(content) > 1.2 * len(summary))),
    )


def _paragraphs(value: str) -> list[Paragraph]:
    if not value.strip():
        return []
    if not _TAGS.search(value) and "&" not in value:
        pieces = [Paragraph(squeezed(piece)) for piece in re.split(r"\n[ \t]*\n", value) if squeezed(piece)]
    else:
        try:
            pieces = fragment_paragraphs(value)
        except StoryError:
            return []
    kept = [piece for piece in pieces if not _APPEARED.match(piece.text)]
    return [Paragraph(p.text, p.is_caption or is_caption(p.text)) for p in kept]


def _address(entry: Any) -> str | None:
    """The entry's own link; its guid where that is an address and there is no link."""
    told = [_words(entry.get("feedburner_origlink")), _words(entry.get("link")), _words(entry.get("id"))]
    return next((found for words in told if words and (found := plain_address(words))), None)


def _outlet(feed: Any) -> str | None:
    """The feed's name without its section: "River Post - World News" is of the River Post."""
    title = _plain(_words(feed.get("title")))
    return _SECTION.sub("", title).strip(" |-–—:") or title or None


def _plain(markup: str) -> str:
    """A title on one line, without markup."""
    if not _TAGS.search(markup) and "&" not in markup:
        return squeezed(markup)[:1000]
    return squeezed(" ".join(p.text for p in _paragraphs(markup[:5000])))[:1000] or squeezed(markup)[:1000]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""
