"""How the feeds are, as the Feeds page says it: rows of HTML and a headline, from values alone.

For events.dashboard.feeds.feeds_page. Addresses and reasons come from outside and are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from urllib.parse import urlsplit

from events.fetching.errors import printable
from events.look import locale, wording
from events.watching.health import in_short
from events.watching.state import FeedState
from events.watching.subscriptions import COMMAND_LINE, IN_SIGHT, Subscription

ORDER = ("failing", "waiting", "well", "paused")  # those in trouble first


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the list, and how it is: one of `ORDER`."""

    subscription: Subscription
    state: FeedState
    how: str

    @property
    def address(self) -> str:
        """Its address."""
        return self.subscription.address

    @property
    def host(self) -> str:
        """Whose it is."""
        return urlsplit(self.address).hostname or self.address


def feeds_in_order(standing: Mapping[str, Subscription], states: Mapping[str, FeedState]) -> list[Feed]:
    """The feeds of the list, those in trouble first."""
    feeds = []
    for address, subscription in standing.items():
        state = states.get(address) or FeedState(address, 0.0)
        how = "failing" if state.failures else "well" if state.asked else "waiting"
        feeds.append(Feed(subscription, state, "paused" if subscription.paused else how))
    return sorted(feeds, key=lambda feed: (ORDER.index(feed.how), feed.host, feed.address))


def headline_html(feeds: Sequence[Feed], seen_at: float | None, now: float) -> str:
    """How many feeds there are and how they are, and whether somebody watches them. seen_at: a watcher's last sign of life."""
    if not feeds:
        return (
            '<div class="say"><h1>No feeds yet</h1><p>A feed is asked again and again, and what it brings is taken in.'
            "</p></div>"
        )
    counts = {how: sum(feed.how == how for feed in feeds) for how in ("well", "failing", "waiting", "paused")}
    named = {"waiting": "not asked yet"}
    how = wording.listed([f"{locale.number(count)} {named.get(name, name)}" for name, count in counts.items() if count])
    stories = sum(feed.state.stories for feed in feeds)
    line = f"{watching(seen_at, now)} {wording.plural(stories, 'story', 'stories')} taken in."
    return (
        f'<div class="say"><h1>{wording.plural(len(feeds), "feed")}<span>, {escape(how)}</span></h1>'
        f"<p>{escape(line)}</p></div>"
    )


def is_watched(seen_at: float | None, now: float) -> bool:
    """Whether a watcher is there, by its last sign of life."""
    return seen_at is not None and now - seen_at < IN_SIGHT


def watching(seen_at: float | None, now: float) -> str:
    """Whether somebody watches the feeds, in a sentence.

    >>> watching(100.0, 110.0), watching(None, 110.0)
    ('They are watched.', 'Nobody watches them now: start “python -m events watch”, or ask them here.')
    """
    if is_watched(seen_at, now):
        return "They are watched."
    return "Nobody watches them now: start “python -m events watch”, or ask them here."


def row_html(feed: Feed, now: float) -> str:
    """A feed: how it is, its address, what went wrong, when it was and is asked, what it brought."""
    state = feed.state
    path = feed.address.partition(feed.host)[2]
    success = f"{in_short(now - state.succeeded_at)} ago" if state.succeeded_at is not None else "never"
    facts = (
        ("Last success", success),
        ("Asked again", _next(feed, now)),
        ("Errors", _errors(state)),
        ("Taken in", _taken(state)),
    )
    cells = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts)
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(feed))
    return (
        f'<div class="feed {feed.how}"><div class="how caps">{feed.how}</div>'
        f'<div class="which"><h4 aria-level="2">{escape(feed.host)}<span>{escape(path)}</span></h4>{notes}</div>'
        f"<dl>{cells}</dl></div>"
    )


def _next(feed: Feed, now: float) -> str:
    if feed.subscription.paused:
        return "when it is resumed"
    asked_for = feed.subscription.asked_for
    if asked_for is not None and asked_for > (feed.state.asked_at or 0.0):
        return "at once"
    return f"in {in_short(feed.state.next_at - now)}" if feed.state.next_at > now else "now"


def _errors(state: FeedState) -> str:
    return f"{locale.number(state.errors)} of {locale.number(state.asked)}" if state.asked else "none yet"


def _taken(state: FeedState) -> str:
    """Stories and events."""
    if not state.stories:
        return "nothing yet"
    return f"{wording.plural(state.stories, 'story', 'stories')}, {wording.plural(state.events, 'event')}"


def _notes(feed: Feed) -> list[str]:
    state, source = feed.state, feed.subscription.source
    notes = []
    if state.failures:
        times = "once" if state.failures == 1 else f"{locale.number(state.failures)} times in a row"
        notes.append(printable(f"{state.error} ({times})"))
    if state.moved_to:
        notes.append(printable(f"Has moved to {state.moved_to}"))
    if source and source != COMMAND_LINE:
        notes.append(printable(f"From {PurePath(source).name}"))
    return notes
