"""The open event over the list, and what cards and sheets share with it: the same mark and number as on the map.

For the page. Gives HTML for st.html; whatever comes from a story is escaped. Pictures are images with data addresses,
their numbers are text over them, because st.html drops SVG and pictures have no web fonts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from events.dashboard.listing.evidence import Attribute, link, marked, spans_of, words_of
from events.dashboard.reviewing.reasons import said_of
from events.look import wording
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import Event, Quote, Report, Story

FACT = ("occurred", "ongoing")  # forms that are filled, so that their number stands on the colour
SURE = "From 0 to 1: that this is told as it stands here, and that it is told of this place"
MOST_QUOTES = 2


def mark(event: Event, number: int | None, theme: Theme) -> str:
    """The event's form in its family's colour, with its number."""
    colour = theme.families[event.family]
    filled = event.status in FACT
    ink = theme.numerals[colour] if filled else theme.ink
    size = ' class="long"' if number and number > 99 else ""
    return (
        f'<span class="mk{"" if filled else " hollow"}" style="color:{ink}">'
        f'<img alt="{event.status}" src="{mark_uri(event.status, colour, theme)}">'
        f"<b{size}>{number or ''}</b></span>"
    )


def taking_part(event: Event, country_name: Callable[[str | None], str], *, all_of_them: bool = False) -> str:
    """Those who take part and have a country, each with it; "" for none. all_of_them: those without a country too."""
    told = []
    for actor in event.actors:
        country = country_name(actor.country)
        if country or all_of_them:
            told.append(f"{actor.name} ({country})" if country and country not in actor.name else actor.name)
    return ", ".join(dict.fromkeys(told))


def opened(event: Event, number: int | None, country: str, story: Story | None, theme: Theme, *, who: str = "") -> str:
    """The open event: what, where, when, the quotes behind it, who reports it, and what was read from which words.

    who: those who take part, in words.
    """
    return (
        f'<div class="open"><div class="top">{mark(event, number, theme)}'
        f"<b>{escape(wording.when_in_full(event.when))}</b>"
        f'<span class="caps">{escape(event.type)} · {event.status}</span></div>'
        f'<h3 aria-level="2">{escape(event.what)}</h3>'
        f'<div class="where">{escape(wording.place_name(event.place, country))}</div>'
        f"{quotes(event)}{source_line(event)}{_readings(event, story, who)}{_reviews(event)}</div>"
    )


def quotes(event: Event) -> str:
    """The first sentences behind an event, the words that gave its attributes marked."""
    return "".join(f"<blockquote>“{quoted(event, quote)}”</blockquote>" for quote in event.evidence[:MOST_QUOTES])


def quoted(event: Event, quote: Quote) -> str:
    """One of an event's sentences, the words that gave its attributes marked."""
    text = quote.text.strip()
    return marked(text, quote.part, quote.start + quote.text.find(text), spans_of(event).items())


def source_line(event: Event) -> str:
    """The outlet with a link to its story, who is named there as the source, and how many other stories there are."""
    first = own_report(event)
    name = (first.source or (f"“{first.title}”" if first.title else "Source unnamed")) if first else "Source unnamed"
    said = f", citing {escape(event.attribution)}" if event.attribution else ""
    return f"<cite>{link(name, first.url if first else None)}{said}, {wording.reports(len(event.reports))}</cite>"


def own_report(event: Event) -> Report | None:
    """The report of the story that the quotes are from."""
    own = (report for report in event.reports if report.story_id == event.story_id)
    return next(own, event.reports[0] if event.reports else None)


def _reviews(event: Event) -> str:
    """What people said of an event, when and why."""
    return "".join(f'<p class="review">{escape(said_of(review))}</p>' for review in event.reviews)


def _readings(event: Event, story: Story | None, who: str) -> str:
    """Rows such as: Place “Baltic Pipe” → a line."""
    words = words_of(event, story)
    place = wording.place_read_as(event.place, words.get("place", "")) if event.place else "none is told"
    when = wording.date_reading(event.when) if event.when else "none is told"
    fact = event.status in FACT
    rows = [
        _row("Place", words, "place", place, why=event.place.reason if event.place else ""),
        _row("Date", words, "date", when),
        _row("Type", words, "type", wording.type_reading(event)),
        _row("Status", words, "status", event.status, otherwise="told as fact " if fact else ""),
    ]
    taking = f"<dt>Who</dt><dd>{escape(who)}</dd>" if who else ""
    sure = f'<dt>Sure</dt><dd title="{SURE}">{wording.sureness_reading(event)}</dd>'
    return f"<dl>{taking}{''.join(rows)}{sure}</dl>"


def _row(
    name: str, words: Mapping[Attribute, str], attribute: Attribute, reading: str, otherwise: str = "", why: str = ""
) -> str:
    """A row. otherwise: what to say where no words gave the attribute. why: the reason, for who points at the row."""
    said = f"“{escape(words[attribute])}” " if words.get(attribute) else otherwise
    title = f' title="{escape(why, quote=True)}"' if why else ""
    return f"<dt>{name}</dt><dd{title}>{said}<span>→ {escape(reading)}</span></dd>"
