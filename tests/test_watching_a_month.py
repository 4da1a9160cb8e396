"""A month of watching fourteen feeds, good, slow, endless, lying, moving, bombing and dead, with restarts; in seconds."""

from collections import Counter

import pytest

from tests.feeds import DAY, HOUR, Counting, Desk, item, rss
from tests.local_site import HandClock, bomb, dripping, endless, fetcher_for, local_site, redirect

DAYS = 30
EVERY = 4 * HOUR
START = HandClock().now()
BAD = ["/slow", "/endless", "/bomb", "/busy", "/circle", "/inside", "/short", "/page", "/empty"]
GOOD = ["/daily", "/often-out", "/moved", "/mislabelled", "/misdated"]


class News:
    """Feeds that bring a story a day each and keep the last five."""

    def __init__(self, clock):
        self.clock = clock

    def day(self):
        return int((self.clock.time - START) / DAY)

    def feed(self, name, day=None):
        return rss(*(
            item(f"{name}-{n}", text=f"On day {n} {name} tells of rain in Cork. " * 30, day=day or START + n * DAY)
            for n in range(self.day(), max(-1, self.day() - 5), -1)
        ))  # fmt: skip

    def unless_known(self, name):
        def page(handler):
            tag = f'"{self.day()}"'
            if handler.headers["If-None-Match"] == tag:
                return 304, {"Content-Length": None}, b""
            return 200, {"ETag": tag, "Last-Modified": "yesterday, I think"}, self.feed(name)

        return page

    def often_out(self, handler):
        """Down for two days of each week."""
        return (502, {}, b"") if self.day() % 7 in {2, 3} else (200, {}, self.feed("often"))


def pages_of(news):
    return {
        "/daily": news.unless_known("daily"),
        "/often-out": news.often_out,
        "/moved": redirect("/moved-to", 301),
        "/moved-to": news.unless_known("moved"),
        "/mislabelled": lambda _: (200, {"Content-Type": "image/png", "Last-Modified": "never"}, news.feed("label")),
        "/misdated": lambda _: (200, {}, news.feed("dates", "Fri, 01 Jan 2100 00:00:00 GMT")),
        "/slow": dripping,
        "/endless": endless,
        "/bomb": bomb,
        "/busy": (503, {"Retry-After": "7200"}, b""),
        "/circle": redirect("/circle"),
        "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
        "/short": lambda _: (200, {"Content-Length": "99999", "Connection": "close"}, news.feed("short")),
        "/page": b"<html><body><p>Please sign in.</p></body></html>",
        "/empty": b"",
    }


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """What the store, the state and the server have after thirty days with a restart on every sixth."""
    clock = HandClock(step=0.05)
    with local_site() as site:
        site.pages.update(pages_of(News(clock)))
        addresses = [site.url(path) for path in GOOD + BAD]
        fetcher = fetcher_for(clock=clock, most_bytes=200_000)
        desk = Desk(tmp_path_factory.mktemp("month"), fetcher, addresses, every=EVERY, extractor=Counting())
        said = []
        while clock.time < START + DAYS * DAY:
            desk.run_for(6 * DAY)
            said += desk.said
            desk = desk.again()
        yield {
            "stories": desk.store.stories(), "texts": desk.extractor.read_texts, "asked": Counter(site.paths()),
            "states": {path: desk.state(site.url(path)) for path in GOOD + BAD}, "said": said,
            "revision": desk.store.revision(),
        }  # fmt: skip
        desk.close()


def test_every_story_of_every_feed_that_can_be_read_is_in_once(month):
    found = Counter(story.title.split()[2].split("-")[0] for story in month["stories"])
    assert {name: found[name] for name in ("daily", "often", "moved", "label", "dates")} == dict.fromkeys(
        ("daily", "often", "moved", "label", "dates"), DAYS
    )
    assert len(month["stories"]) == 5 * DAYS


def test_nothing_is_extracted_or_stored_twice_in_spite_of_five_restarts(month):
    assert len(month["texts"]) == len(set(month["texts"])) == month["revision"] == 5 * DAYS


def test_a_feed_that_is_well_is_asked_at_its_interval_and_sends_itself_only_when_it_changed(month):
    state = month["states"]["/daily"]
    assert 160 <= state.asked <= DAYS * 6
    assert state.asked - state.unchanged == DAYS
    assert state.failures == state.errors == 0


def test_feeds_that_are_not_well_are_asked_about_once_a_day(month):
    asked = {path: month["states"][path].asked for path in BAD}
    assert all(30 <= number <= 60 for number in asked.values()), asked
    assert all(month["states"][path].failures == month["states"][path].asked for path in BAD)
    assert month["asked"]["/circle"] == 6 * asked["/circle"]


def test_each_feed_says_what_is_wrong_with_it(month):
    wrong = {path: month["states"][path].error for path in BAD}
    assert wrong == {
        "/slow": "took too long (30 s in all are given)",
        "/endless": "has more than 200,000 bytes",
        "/bomb": "has more than 200,000 bytes",
        "/busy": "answers with HTTP 503",
        "/circle": "redirects more than 5 times",
        "/inside": "is not asked: 169.254.169.254 is not in the public internet; an operator may allow it",
        "/short": wrong["/short"],
        "/page": "is no feed but a web page",
        "/empty": "is empty",
    }
    assert wrong["/short"].startswith("answers against the rules of HTTP: peer closed connection")


def test_a_feed_that_was_out_for_days_lost_nothing_and_is_well(month):
    state = month["states"]["/often-out"]
    assert (state.failures, state.stories) == (0, DAYS)
    assert state.errors >= 8
    assert any("is back after" in line for line in month["said"])


def test_a_feed_that_moved_for_good_was_asked_at_its_old_place_once(month):
    assert (month["asked"]["/moved"], month["states"]["/moved"].moved_to.endswith("/moved-to")) == (1, True)


def test_no_story_is_dated_ahead_of_the_day_it_came_in(month):
    assert {story.published for story in month["stories"] if "dates" in story.title} == {None}
    assert max(str(story.published) for story in month["stories"] if story.published) == "2025-03-30"
