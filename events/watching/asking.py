"""One check of one feed: ask, read what is new, and where it is only a summary ask for its page. Nothing is stored.

For the watcher's threads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from events.fetching import Answer, Fetcher, FetchError
from events.fetching.addresses import parse
from events.fetching.page_cache import PageCache
from events.fetching.robots import Robots
from events.fetching.stories import read_answer
from events.model import Story, StoryError
from events.reading import Problem
from events.reading.feeds import Entry, story_of_entry
from events.watching.entries import Fresh, read_entries, sort_out
from events.watching.schedule import DAY
from events.watching.state import FeedState, Seen

MOST_PAGES = 20  # that one check asks for; the rest is for the next
_ALL_OF_IT_EVERY = 7 * DAY  # a server that says "unchanged" for ever is asked for all of it once a week


@dataclass(frozen=True, slots=True)
class Reading:
    """A fresh entry that was read. story: None where it has no text."""

    key: str
    seen: Seen
    story: Story | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check gave. answer: None where it failed, and `error` says why.

    met: entries that were read before. complete: whether all fresh entries were read, and not left for the next check.
    """

    answer: Answer | None
    error: FetchError | None = None
    answered_at: float = 0
    readings: tuple[Reading, ...] = ()
    met: Mapping[str, Seen] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    complete: bool = True


class Asking:
    """What checks share. One may serve several threads."""

    def __init__(
        self, fetcher: Fetcher, cache: PageCache | None = None, *, pages: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """pages: whether the pages of summaries are asked for. stopped: told between pages."""
        self.fetcher = fetcher
        self._cache = cache or PageCache()
        self._robots = Robots(fetcher)
        self._pages = pages
        self._stopped = stopped

    def check(self, state: FeedState, seen: Mapping[str, Seen]) -> Checked:
        """Ask a feed and read what is new in it. seen: its entries that were read. Nothing is raised that a server does."""
        now = self.fetcher.clock.now()
        in_full = state.full_at is None or now - state.full_at > _ALL_OF_IT_EVERY
        told = (None, None) if in_full else (state.etag, state.modified)
        try:
            answer = self.fetcher.fetch(state.moved_to or state.address, *told)
            answered_at = self.fetcher.clock.now()
            if answer.status == 304:
                return Checked(answer, answered_at=answered_at)
            entries = read_entries(answer)
        except FetchError as error:
            return Checked(None, error)
        today = datetime.fromtimestamp(now, UTC).date()
        found = sort_out(entries, seen, today, state.address)
        readings, problems, complete = self._read(found.fresh, state.address, today)
        return Checked(
            replace(answer, body=b""), None, answered_at, tuple(readings), found.met,
            (*found.problems, *problems), complete,
        )  # fmt: skip

    def _read(self, fresh: tuple[Fresh, ...], name: str, today: date) -> tuple[list[Reading], list[Problem], bool]:
        readings: list[Reading] = []
        problems: list[Problem] = []
        asked = 0
        for item in fresh:
            story, seen = None, item.seen
            if self._pages and not item.entry.is_full and item.entry.url:
                if asked >= MOST_PAGES or self._stopped():
                    return readings, problems, False
                asked += 1
                story, wrong = self._page(item.entry, today)
                seen = replace(seen, is_full=story is not None)
                if wrong:
                    problems.append(Problem(name, item.entry.number, wrong))
            try:
                story = story or story_of_entry(item.entry)
            except StoryError:
                problems.append(Problem(name, item.entry.number, "has no text"))
            readings.append(Reading(item.key, seen, story))
        return readings, problems, True

    def _page(self, entry: Entry, today: date) -> tuple[Story | None, str]:
        """The story of an entry's page, with what the feed knows better; else None and why the summary must do."""
        assert entry.url is not None
        try:
            if self.fetcher.settings.robots and not self._robots.allow(parse(entry.url)):
                return None, f"{entry.url}: the site's robots.txt asks programs not to read it; the summary is kept"
            answer = self._cache.fetch(self.fetcher, entry.url)
        except FetchError as error:
            return None, f"{entry.url}: {error}; the summary is kept"
        stories = read_answer(answer, entry.url).stories
        if len(stories) != 1:
            return None, f"{entry.url}: has no story that could be read; the summary is kept"
        (story,) = stories
        day = story.published if story.published and story.published <= today + timedelta(days=1) else None
        published = entry.published or day
        return story.model_copy(
            update={
                "title": story.title or entry.title,
                "url": story.url or entry.url,
                "source": story.source or entry.source,
                "published": published,
                "published_basis": "metadata" if entry.published else story.published_basis if published else None,
                "published_reasons": () if entry.published or not published else story.published_reasons,
            }
        ), ""
