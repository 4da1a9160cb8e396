"""Feeds of our own, an extractor that finds one event a story and counts, and a watcher that does all in one thread."""

from concurrent.futures import Executor, Future
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random

from events.fetching.page_cache import PageCache
from events.model import Event, Quote
from events.ontology import family_of
from events.store import Store
from events.watching.asking import Asking
from events.watching.state import FeedStates
from events.watching.watcher import Watch, Watcher

HOUR, DAY = 3600.0, 86_400.0
LONG = " The water stood in the streets until the evening, and the school was closed, the council said." * 8


def item(number, *, text="", title="", link=None, day=None, base="http://news.test"):
    told = day if isinstance(day, str) else format_datetime(datetime.fromtimestamp(day or 1_740_808_800, UTC))
    link = link or f"{base}/story/{number}"
    body = text or f"Rain number {number} fell in Cork.{LONG}"
    return (
        f"<item><title>{title or f'Rain number {number}'}</title><link>{link}</link><pubDate>{told}</pubDate>"
        f"<description>{body}</description></item>"
    )


def rss(*items):
    return f"<rss version='2.0'><channel><title>River Post</title>{''.join(items)}</channel></rss>".encode()


class Counting:
    """An extractor: one event a story, the first sentence; it breaks on volcanoes and remembers what it read."""

    def __init__(self):
        self.read_texts = []

    def __call__(self):
        return self

    def read(self, story):
        self.read_texts.append(story.text)
        if "volcano" in story.text:
            raise ValueError("too \x1b[31mhot")
        return type("Analysis", (), {"story": story})

    def events_of(self, analysis):
        story = analysis.story
        text = story.text[: story.text.find(".") + 1] or story.text[:20]
        quote = Quote(part="text", start=0, end=len(text), text=text)
        return [
            Event(
                id=f"{story.id}-1", story_id=story.id, type="OTHER", family=family_of("OTHER"), status="occurred",
                what=text, evidence=(quote,),
            )
        ]  # fmt: skip


class AtOnce(Executor):
    """Runs what it is given before it answers."""

    def submit(self, act, *arguments):
        future = Future()
        try:
            future.set_result(act(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class Desk:
    """A store, its feeds' state and a watcher of them; `again` is the same after a restart."""

    def __init__(self, path, fetcher, addresses, *, every=HOUR, pages=False, extractor=None, executor=None):
        self.path, self.fetcher, self.addresses = path, fetcher, addresses
        self.every, self.pages, self.executor = every, pages, executor or AtOnce()
        self.extractor, self.said = extractor or Counting(), []
        path.mkdir(exist_ok=True)
        self.store, self.states = Store.open(path / "news.sqlite"), FeedStates.open(str(path / "news.sqlite"))
        asking = Asking(fetcher, PageCache(path / "pages"), pages=pages)
        watch = Watch(self.store, self.states, asking, self.extractor, self.said.append, every, Random(7))
        self.watcher = Watcher(watch, addresses, self.executor)

    def again(self, **changed):
        self.close()
        kept = {"every": self.every, "pages": self.pages, "extractor": self.extractor, "executor": self.executor}
        return Desk(self.path, self.fetcher, changed.pop("addresses", self.addresses), **{**kept, **changed})

    def run_for(self, seconds):
        end = self.fetcher.clock.now() + seconds
        self.watcher.run(lambda: self.fetcher.clock.now() >= end)

    def state(self, address):
        return self.states.states()[address]

    def titles(self):
        return sorted(story.title for story in self.store.stories())

    def close(self):
        self.watcher.close()
        self.states.close()
        self.store.close()
