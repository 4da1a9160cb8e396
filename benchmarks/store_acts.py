"""Every write that a store knows, on a store of two stories, and all that stands in it: for tests of faults.

For `benchmarks.faults` and the tests of faults. Stories are our own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Engine, event, make_url

from events.corrections import Change, Correction, Merge, Reject
from events.dashboard.access.sign_outs import SignOuts
from events.model import Event, EventPlace, Quote, Report, Span, Story, When
from events.ontology import family_of
from events.store import Store
from events.store.upkeep.checking import findings
from events.watching.state import FeedState, FeedStates, Seen

NOW = datetime(2025, 3, 5, 9, tzinfo=UTC)
FEED, NEW_FEED, LISTED_FEED = (f"https://{host}.example/feed" for host in "abc")
FIRE, ARREST = ("A warehouse burned in Paris.", "burned", "ACCIDENT"), ("Police arrested two men.", "arrested", "CRIME")
PARIS = EventPlace(name="Paris", lat=48.85, lon=2.35, precision="city", radius_km=10, country="FR", place_id="Paris")


@contextmanager
def overheard(engines: Sequence[Engine], statement: Callable[..., None], commit: Callable[..., None]) -> Iterator[None]:
    """Call these before each statement and each end of a transaction, as SQLAlchemy's events of these names do."""
    heard = [
        (engine, *hook) for engine in engines for hook in (("before_cursor_execute", statement), ("commit", commit))
    ]
    for each in heard:
        event.listen(*each)
    try:
        yield
    finally:
        for each in heard:
            event.remove(*each)


def story(number: int, more: str = "") -> Story:
    """A story of a fire and an arrest. more: what a later version of it says beside that."""
    return Story(
        id=f"s{number}", title="Fire", text=f"{FIRE[0]} {ARREST[0]}{more}", published=date(2025, 3, 4),
        source=f"Post {number}", url=f"https://example.org/fire/{number}",
    )  # fmt: skip


def event_of(told: Story, what: tuple[str, str, str]) -> Event:
    """The event that a sentence of a story tells. what: FIRE or ARREST."""
    sentence, trigger, kind = what
    start = told.text.index(sentence)
    at = told.text.index(trigger, start)
    day = When(start=date(2025, 3, 3), end=date(2025, 3, 3), precision="day")
    report = Report(story_id=told.id, title=told.title, source=told.source, url=told.url, published=told.published)
    return Event(
        id=f"{told.id}-{trigger}", story_id=told.id, type=kind, family=family_of(kind), status="occurred",
        what=sentence.rstrip("."), place=PARIS if "Paris" in sentence else None, when=day, confidence=0.4,
        type_evidence=Span(part="text", start=at, end=at + len(trigger)), reports=(report,),
        evidence=(Quote(part="text", start=start, end=start + len(sentence), text=sentence),),
    )  # fmt: skip


def said(change: Change, *reports: Event) -> Correction:
    """What Ada says of some reports."""
    return Correction(reports=reports, change=change, who="Ada", at=NOW)


class Desk:
    """A store, its feeds and its sign-outs, each with connections of its own."""

    def __init__(self, url: str) -> None:
        self.store, self.states, self.sign_outs = Store.open(url), FeedStates.open(url), SignOuts.of(url)
        self.feeds = self.states.subscriptions

    def filled(self) -> Desk:
        """The same with two stories, a correction, a feed and a sign-out."""
        for number in (1, 2):
            told = story(number)
            self.store.add(told, [event_of(told, FIRE), event_of(told, ARREST)])
        self.store.correct(said(Reject(), event_of(story(1), ARREST)))
        self.feeds.add([FEED], "Ada", 0.0)
        self.states.begin([FEED], 0.0)
        self.sign_outs.add("one", NOW, NOW)
        return self

    def engines(self) -> tuple[Engine, Engine, Engine]:
        """Those of the three."""
        return self.store._engine, self.states._engine, self.sign_outs._engine

    def what_is_wrong(self) -> list[str]:
        """What makes the store unsound; nothing where it is sound."""
        return [finding.what for finding in findings(self.store._engine) if finding.bad]

    def close(self) -> None:
        """Give the connections back."""
        for part in (self.store, self.states, self.sign_outs):
            part.close()


def _later() -> Story:
    return story(1, " It burned for hours.").model_copy(update={"id": "again"})


def _events(told: Story, *what: tuple[str, str, str]) -> Sequence[Event]:
    return [event_of(told, each) for each in what]


ACTS: dict[str, Callable[[Desk], object]] = {
    "a story": lambda desk: desk.store.add(story(3), _events(story(3), FIRE)),
    "a new version": lambda desk: desk.store.add(_later(), _events(_later(), FIRE)),
    "another extraction": lambda desk: desk.store.replace_events(story(1), _events(story(1), ARREST)),
    "a correction": lambda desk: desk.store.correct(
        said(Merge(), event_of(story(1), FIRE), event_of(story(2), ARREST))
    ),
    "an undo": lambda desk: desk.store.undo(1, "Bo"),
    "a feed": lambda desk: desk.feeds.add([NEW_FEED], "Ada", 1.0),
    "a pause": lambda desk: desk.feeds.pause(FEED, "Ada", 1.0, paused=True),
    "a list of feeds": lambda desk: desk.feeds.listed("feeds.txt", [LISTED_FEED], 1.0),
    "a feed's state": lambda desk: desk.states.save(FeedState(FEED, 9.0), {"key": Seen("c", 0, True)}, 1.0, 0.0),
    "a sign-out": lambda desk: desk.sign_outs.add("two", NOW, NOW),
}


def content(url: str) -> list[str]:
    """All rows of a store's tables as text, sorted; those of a file with its tables' definitions."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "")) as connection:
            return list(connection.iterdump())
    import psycopg  # an extra

    with psycopg.connect(host=str(address.query["host"]), dbname=address.database, user=address.username) as connection:
        query = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'spatial_ref_sys'"
        tables = [str(row[0]) for row in connection.execute(query)]
        rows = " UNION ALL ".join(f"SELECT '{table} ' || t::text FROM {table} t" for table in tables)
        return sorted(str(row[0]) for row in connection.execute(rows.encode()))
