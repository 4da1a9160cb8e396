"""A briefing as Markdown: the same numbers, words and links, for a wiki, a ticket or a message.

Text from stories is escaped, so that it shows as it was written (CommonMark 0.31: a backslash before punctuation), and
HTML is never passed through. The letters stay what they are; the reader's own typefaces show them.
"""

from __future__ import annotations

from collections.abc import Iterable

from events.briefing.briefing import Briefing, Entry
from events.look import wording

SIGNS = frozenset("\\`*_{}[]<>#+!|~&$=^")  # what means something inside a line, in CommonMark or a common extension


def markdown(briefing: Briefing) -> bytes:
    """The briefing as Markdown in UTF-8."""
    return ("\n".join(_lines(briefing)).rstrip() + "\n").encode()


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it stands, anywhere within a line.

    >>> escaped("<b>*Shells*</b> & [link](x)")
    '\\<b\\>\\*Shells\\*\\</b\\> \\& \\[link\\](x)'
    """
    safe = "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)
    return safe.replace("://", "\\://").replace("www.", "www\\.")  # else some readers make links of them


def _lines(briefing: Briefing) -> Iterable[str]:
    yield f"# {_start(briefing.title)}"
    yield ""
    as_of = f" · as of {wording.days(briefing.as_of, briefing.as_of)}" if briefing.as_of else ""
    yield f"{escaped(briefing.kicker)}{as_of}"
    yield ""
    yield f"**{escaped(briefing.subtitle)}**"
    yield ""
    for entry in briefing.entries:
        yield from _entry(entry, f"{entry.number}\\. ")
    for title, apart in (("No date is told", briefing.undated), ("No place is told", briefing.unplaced)):
        if apart:
            yield from (f"## {title}", "")
        for entry in apart:
            yield from _entry(entry, "", level=3)
    yield from ("---", "", escaped(" ".join((*briefing.coverage, *briefing.credits))))


def _entry(entry: Entry, number: str, level: int = 2) -> Iterable[str]:
    title = _start(entry.title) if not number else escaped(entry.title)
    yield f"{'#' * level} {number}{title}"
    yield ""
    facts = [entry.date, entry.where, entry.sure_of_place, f"{entry.type.title()}, {entry.family}", entry.status]
    yield " · ".join(escaped(fact) for fact in facts if fact)
    yield ""
    if entry.quote:
        yield from (f"> “{escaped(entry.quote)}”", "")
    said = f"Said by {escaped(entry.attribution)}. " if entry.attribution else ""
    sources = "; ".join(_source(source.name, source.url, source.published) for source in entry.sources)
    more = f"; and {wording.plural(entry.more_sources, 'more report')}" if entry.more_sources else ""
    yield f"{said}{sources}{more}" or "Source unnamed"
    yield ""


def _source(name: str, url: str | None, published: str) -> str:
    shown = f"[{escaped(name)}](<{url}>)" if url else escaped(name)
    return f"{shown}, {published}" if published else shown


def _start(text: str) -> str:
    """Text at the start of a line's content, where a number and a full stop would make a list."""
    safe = escaped(text)
    digits = len(safe) - len(safe.lstrip("0123456789"))
    listed = digits and safe[digits : digits + 1] in {".", ")"}
    return f"{safe[:digits]}\\{safe[digits:]}" if listed else f"\\{safe}" if safe[:1] in {"-", ":"} else safe
