"""Feeds watched, against a server on this machine, with a clock that tests turn: nobody sleeps."""

import gzip
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from events.fetching.errors import FetchError
from events.model import StoreError
from events.watching.feed_list import feeds_of
from events.watching.health import health_line, health_lines
from events.watching.state import FeedState, FeedStates
from tests.feeds import DAY, HOUR, LONG, Desk, item, rss
from tests.local_site import HandClock, bomb, dripping, endless, fetcher_for, local_site, redirect


@pytest.fixture(scope="module")
def server():
    with local_site() as site:
        yield site


@pytest.fixture
def site(server):
    server.pages.clear()
    server.asked.clear()
    return server


@pytest.fixture
def desk(site, tmp_path):
    opened = []

    def open_(*addresses, clock=None, names=("news.test",), **options):
        made = Desk(tmp_path, fetcher_for(names, clock), [site.url(a) for a in addresses or ["/feed"]], **options)
        opened.append(made)
        return made

    yield open_
    for made in opened:
        made.close()


def tagged(pages):
    """A feed that answers "unchanged" where it is; `pages` gives its bytes of the moment."""

    def page(handler):
        body = pages()
        tag = f'"{hash(body)}"'
        if handler.headers["If-None-Match"] == tag:
            return 304, {"Content-Length": None}, b""
        return 200, {"ETag": tag}, body

    return page


# ------------------------------------------------------------------ what is taken in


def test_a_feeds_entries_are_taken_in_once_and_new_ones_as_they_come(site, desk):
    site.pages["/feed"] = rss(item(1), item(2))
    one = desk()
    assert one.watcher.once() == 0
    assert one.titles() == ["Rain number 1", "Rain number 2"]
    site.pages["/feed"] = rss(item(3), item(2))
    one.fetcher.clock.sleep(HOUR)
    one.watcher.once()
    assert (one.titles()[-1], len(one.extractor.read_texts)) == ("Rain number 3", 3)


def test_an_entry_with_other_words_is_a_new_version_of_its_story(site, desk):
    site.pages["/feed"] = rss(item(1))
    one = desk()
    one.watcher.once()
    site.pages["/feed"] = rss(item(1, text="Hail, not rain, fell in Cork." + LONG))
    one.fetcher.clock.sleep(HOUR)
    one.watcher.once()
    (story,) = one.store.stories()
    assert story.text.startswith("Hail")
    assert len(one.store.versions(story.id)) == 2
    assert (one.state(site.url("/feed")).stories, one.state(site.url("/feed")).versions) == (1, 1)


def test_a_feed_that_words_all_anew_each_time_does_not_fill_the_store(site, desk):
    count = iter(range(1000))
    site.pages["/feed"] = lambda _: (200, {}, rss(item(1, text=f"Visitor {next(count)} reads of rain in Cork." + LONG)))
    one = desk()
    one.run_for(3 * DAY)
    (story,) = one.store.stories()
    assert len(one.store.versions(story.id)) == 11
    assert any("has changed 10 times" in line for line in one.said)


def test_a_summary_never_takes_the_place_of_the_article(site, desk):
    site.pages["/full"] = rss(item(1))
    site.pages["/short"] = rss(item(1, text="Rain in Cork, in short."))
    one = desk("/full", "/short")
    one.watcher.once()
    (story,) = one.store.stories()
    assert len(story.text) > 600
    assert len(one.store.versions(story.id)) == 1


def test_entries_that_share_one_address_are_stories_of_their_own(site, desk):
    link = "http://news.test/live"
    site.pages["/feed"] = rss(*(item(n, link=link, text=f"Flood {n} hit Cork.{LONG}") for n in (1, 2, 3)))
    one = desk()
    one.watcher.once()
    one.fetcher.clock.sleep(HOUR)
    one.watcher.once()
    assert len(one.store.stories()) == len(one.extractor.read_texts) == 3


def test_days_that_cannot_be_are_left_out_and_said(site, desk):
    ahead, never = "Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"
    site.pages["/feed"] = rss(item(1, day=ahead), item(2, day=never), item(3, day="soon"), item(4))
    one = desk()
    one.watcher.once()
    assert [str(story.published) for story in sorted(one.store.stories(), key=lambda s: s.title)] == [
        "None", "None", "None", "2025-03-01",
    ]  # fmt: skip
    assert sum("can't be" in line for line in one.said) == 3


def test_an_entry_that_breaks_the_extractor_is_named_and_holds_up_no_other(site, desk):
    site.pages["/feed"] = rss(item(1), item(2, text="A volcano woke." + LONG), item(3))
    one = desk()
    one.watcher.once()
    assert one.titles() == ["Rain number 1", "Rain number 3"]
    assert any("Rain number 2: ValueError: too \ufffd[31mhot" in line for line in one.said)
    one.fetcher.clock.sleep(HOUR)
    one.watcher.once()
    assert len(one.extractor.read_texts) == 3


# ------------------------------------------------------------------ pages


def test_where_an_entry_is_only_a_summary_its_page_is_read(site, desk):
    page = f"<h1>Rain number 1</h1><article><p>A long rain fell in Cork.{LONG}</p></article>"
    site.pages["/story/1"] = page.encode()
    site.pages["/feed"] = rss(item(1, text="Rain in short.", link=site.url("/story/1")), item(2))
    one = desk(pages=True)
    one.watcher.once()
    assert sorted(story.text[:9] for story in one.store.stories()) == ["A long ra", "Rain numb"]
    assert Counter(site.paths()) == {"/feed": 1, "/robots.txt": 1, "/story/1": 1}


@pytest.mark.parametrize("link", ["/paid/1", "/missing", "http://10.0.0.1/secret", "http://169.254.169.254/"])
def test_a_page_that_may_not_or_cannot_be_read_leaves_the_summary(site, desk, link):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /paid"
    full = link if link.startswith("http") else site.url(link)
    site.pages["/feed"] = rss(item(1, text="Rain fell in Cork, in short.", link=full))
    one = desk(pages=True)
    one.watcher.once()
    assert [story.text for story in one.store.stories()] == ["Rain fell in Cork, in short."]
    assert any("the summary is kept" in line for line in one.said)
    assert "/paid/1" not in site.paths()


def test_more_pages_than_one_check_asks_for_are_left_to_the_next(site, desk):
    for number in range(30):
        page = f"<h1>Rain {number}</h1><article><p>Rain {number} fell in Cork.{LONG}</p></article>"
        site.pages[f"/story/{number}"] = page.encode()
    feed = rss(*(item(n, text=f"Rain {n} in short.", link=site.url(f"/story/{n}")) for n in range(30)))
    site.pages["/feed"] = tagged(lambda: feed)
    one = desk(pages=True)
    one.watcher.once()
    assert len(one.store.stories()) == 20
    one.fetcher.clock.sleep(61)
    one.watcher.once()
    assert len(one.store.stories()) == 30
    assert Counter(site.paths())["/story/1"] == 1


# ------------------------------------------------------------------ feeds that are not well


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((503, {}, b""), "answers with HTTP 503"), (endless, "has more than 1,000,000 bytes"),
        (bomb, "has more than 1,000,000 bytes"), (dripping, "took too long"),
        (redirect("http://169.254.169.254/"), "is not asked"), (redirect("/bad"), "redirects more than 5 times"),
        ((200, {"Content-Length": "90000", "Connection": "close"}, rss(item(1))), "against the rules of HTTP"),
        ((200, {"Content-Type": "application/rss+xml"}, b"<html><p>Sign in"), "is no feed but a web page"),
        ((200, {"Content-Type": "application/rss+xml"}, b"It rained."), "is no feed but plain text"),
        ((200, {"Content-Encoding": "gzip"}, rss(item(1))), "is not packed as it says"), (b"", "is empty"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss><channel>&a;</channel></rss>", "declares entities of its own"),
    ],
)  # fmt: skip
def test_a_feed_in_trouble_is_named_with_the_reason_and_the_others_come_in(site, desk, page, said):
    site.pages.update({"/bad": page, "/good": rss(item(1))})
    one = desk("/bad", "/good", clock=HandClock(step=0.05))
    assert one.watcher.once() == 1
    assert one.titles() == ["Rain number 1"]
    bad = one.state(site.url("/bad"))
    assert (bad.failures, said in bad.error) == (1, True)
    assert any(site.url("/bad") in line and said in line for line in one.said)


@pytest.mark.parametrize(
    "headers", [{"Content-Type": "text/html"}, {"Content-Type": "image/png"}, {"Content-Type": ""}]
)
def test_what_a_feed_calls_itself_does_not_matter(site, desk, headers):
    site.pages["/feed"] = (200, headers, rss(item(1)))
    one = desk()
    assert (one.watcher.once(), len(one.titles())) == (0, 1)


def test_a_dead_feed_is_left_alone_ever_longer_and_comes_back(site, desk):
    site.pages["/feed"] = (500, {}, b"")
    one = desk()
    one.run_for(10 * DAY)
    asked = len(site.asked)
    assert 12 <= asked <= 25
    site.pages["/feed"] = rss(item(1))
    one.run_for(DAY + HOUR)
    assert one.titles() == ["Rain number 1"]
    assert one.state(site.url("/feed")).failures == 0
    assert any(f"is back after {asked} failures" in line for line in one.said)


def test_a_server_that_asks_for_time_gets_it(site, desk):
    site.pages["/feed"] = (429, {"Retry-After": "40000"}, b"")
    one = desk()
    one.run_for(39_000)
    assert len(site.asked) == 1
    one.run_for(2_000)
    assert len(site.asked) == 2


def test_a_feed_that_is_gone_is_asked_once_a_day(site, desk):
    site.pages["/feed"] = (410, {}, b"")
    one = desk()
    one.run_for(5 * DAY - HOUR)
    assert len(site.asked) == 5


def test_a_feed_that_moved_for_good_is_asked_where_it_is_and_where_it_was_when_that_fails(site, desk):
    site.pages.update({"/feed": redirect("/new", 301), "/new": rss(item(1))})
    one = desk()
    one.run_for(3 * HOUR)
    assert site.paths() == ["/feed", "/new", "/new", "/new"]
    site.pages.update({"/new": (404, {}, b""), "/feed": rss(item(2))})
    one.run_for(4 * HOUR)
    assert one.titles() == ["Rain number 1", "Rain number 2"]


def test_a_server_that_says_unchanged_for_ever_is_asked_for_all_of_it_once_a_week(site, desk):
    feed = [rss(item(1))]
    site.pages["/feed"] = lambda handler: (
        (304, {"Content-Length": None}, b"")
        if handler.headers["If-None-Match"]
        else (200, {"ETag": '"always"'}, feed[0])
    )
    one = desk(every=6 * HOUR)
    one.run_for(DAY)
    feed[0] = rss(item(2), item(1))
    one.run_for(5 * DAY)
    assert one.titles() == ["Rain number 1"]
    one.run_for(2 * DAY)
    assert one.titles() == ["Rain number 1", "Rain number 2"]


def test_a_feed_on_which_the_reader_breaks_holds_up_no_other(site, desk, monkeypatch):
    site.pages.update({"/bad": rss(item(1)), "/good": rss(item(2))})
    one = desk("/bad", "/good")
    check = one.watcher._watch.asking.check

    def broken(state, seen):
        return 1 / 0 if state.address.endswith("bad") else check(state, seen)

    monkeypatch.setattr(one.watcher._watch.asking, "check", broken)
    assert (one.watcher.once(), one.titles()) == (1, ["Rain number 2"])


def test_a_feed_that_hangs_holds_up_its_own_host_alone(site, desk):
    def hanging(handler):
        site.stopping.wait(5)

    site.pages.update({"/hangs": hanging, "/good": rss(item(1))})
    with ThreadPoolExecutor(4) as threads:
        one = desk(executor=threads, names=("slow.test", "news.test"))
        one.watcher._watch.states.begin([site.url("/hangs", "slow.test"), site.url("/good")], 0)
        two = one.again(addresses=[site.url("/hangs", "slow.test"), site.url("/good")])
        two.watcher.run(lambda: bool(two.store.story_count()))
        assert two.titles() == ["Rain number 1"]
        assert two.state(site.url("/hangs", "slow.test")).asked == 0
        site.stopping.set()
        two.watcher._finish_some(5)
        site.stopping.clear()
        two.close()


# ------------------------------------------------------------------ state


def test_a_restart_repeats_nothing(site, desk):
    feed = rss(item(1), item(2))
    site.pages["/feed"] = tagged(lambda: feed)
    one = desk()
    one.watcher.once()
    two = one.again()
    assert two.watcher.once() == 0
    assert len(site.asked) == 1
    two.fetcher.clock.sleep(2 * HOUR)
    two.watcher.once()
    assert (len(site.asked), len(two.extractor.read_texts)) == (2, 2)
    assert two.state(site.url("/feed")).unchanged == 1
    two.close()


def test_a_run_that_was_killed_between_the_store_and_the_state_takes_nothing_in_twice(site, desk):
    site.pages["/feed"] = rss(item(1), item(2))
    one = desk()
    one.states.save = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        one.watcher.once()
    assert len(one.store.stories()) == 2
    two = one.again()
    two.watcher.once()
    assert (len(site.asked), len(two.store.stories()), len(two.extractor.read_texts)) == (2, 2, 2)
    two.close()


def test_what_the_store_cannot_take_is_asked_for_again(site, desk):
    feed = rss(item(1), item(2))
    site.pages["/feed"] = tagged(lambda: feed)
    one = desk()
    add, full = one.store.add, [True]

    def adding(story, events, **named):
        if full[0] and "number 2" in story.title:
            raise StoreError("the disk is full")
        return add(story, events, **named)

    one.store.add = adding
    one.watcher.once()
    assert len(one.titles()) < 2
    full[0] = False
    one.fetcher.clock.sleep(61)
    one.watcher.once()
    assert len(one.titles()) == 2
    assert any("the disk is full; asked again in 1 min" in line for line in one.said)


def test_a_state_that_cannot_be_kept_for_now_is_kept_later(site, desk):
    site.pages["/feed"] = rss(item(1))
    one = desk()
    save = one.states.save
    one.states.save = lambda *_: (_ for _ in ()).throw(StoreError("another program has been writing"))
    one.watcher.once()
    one.states.save = save
    one.fetcher.clock.sleep(61)
    one.watcher.once()
    assert (one.state(site.url("/feed")).asked, len(one.extractor.read_texts)) == (1, 1)


def test_two_watchers_of_one_store_ask_a_feed_once(site, desk):
    site.pages["/feed"] = rss(item(1))
    one, two = desk(), desk()
    one.watcher.once()
    two.watcher.once()
    assert len(site.asked) == 1


def test_a_clock_that_was_set_back_holds_up_no_feed(site, desk):
    site.pages["/feed"] = rss(item(1))
    one = desk()
    one.watcher.once()
    one.fetcher.clock.time -= 400 * DAY
    two = one.again()
    two.run_for(60)
    assert len(site.asked) == 2
    two.close()


def test_a_state_of_an_older_form_is_begun_anew(site, desk, tmp_path):
    site.pages["/feed"] = rss(item(1))
    one = desk()
    one.watcher.once()
    with one.states._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE watched_feeds DROP COLUMN error")
    two = one.again()
    two.watcher.once()
    assert (len(site.asked), len(two.extractor.read_texts)) == (2, 1)
    two.close()


# ------------------------------------------------------------------ lists and health


def test_a_list_of_feeds_is_lines_or_opml(tmp_path):
    (tmp_path / "a.txt").write_text("# ours\nhttps://b.example/feed  the B\n\nhttps://B.example/feed\nfile:///etc/x\n")
    feeds, problems = feeds_of(str(tmp_path / "a.txt"))
    assert (feeds, [problem.line for problem in problems]) == (["https://b.example/feed"], [5])
    (tmp_path / "a.opml").write_text(
        "<?xml version='1.0'?><opml><body><outline text='World'><outline xmlUrl='https://a.example/rss?a=1&amp;b=2'/>"
        "<outline text='none'/></outline></body></opml>"
    )
    assert feeds_of(str(tmp_path / "a.opml")) == (["https://a.example/rss?a=1&b=2"], [])


@pytest.mark.parametrize("text", ["<opml><body>", "<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "<opml>" * 5000])
def test_a_broken_or_hostile_opml_is_a_problem(tmp_path, text):
    (tmp_path / "a.opml").write_text(text)
    feeds, problems = feeds_of(str(tmp_path / "a.opml"))
    assert (feeds, len(problems)) == ([], 1)


def test_health_says_how_each_feed_is_those_in_trouble_first():
    well = FeedState("https://a.example/", 1000.0, succeeded_at=400.0, asked=2, unchanged=1, stories=3, events=7)
    bad = FeedState("https://b.example/", 3000.0, failures=2, error="answers with HTTP 503", asked=2, errors=2)
    lines = health_lines([well, bad, FeedState("https://c.example/", 0.0)], 900.0)
    assert lines[0].startswith(
        "failing  https://b.example/: never had, asked again in 35 min; 2 failures in a row, the last:"
    )
    assert lines[1].startswith(
        "well     https://a.example/: last success 8 min ago, asked again in 1 min; asked 2 times"
    )
    assert lines[2].startswith("new      https://c.example/: never had, due")
    assert health_line([well, bad], 900.0).startswith("2 feeds: 1 well, 1 failing, 0 not asked yet; ")


def test_the_health_of_a_store_that_was_never_watched_is_empty(tmp_path):
    states = FeedStates.open(str(tmp_path / "news.sqlite"))
    assert health_lines(list(states.states().values()), 0) == ["no feeds are watched"]
    states.close()


def test_an_error_says_nothing_that_a_terminal_would_obey():
    said = str(FetchError("damaged", "a\x1b]0;x\x07\u202eb" + "c" * 500))
    assert (said[:8], said[-1], len(said)) == ("a\ufffd]0;x\ufffd\ufffd", "…", 301)


def test_a_packed_feed_counts_what_went_over_the_line(site, desk):
    body = gzip.compress(rss(item(1)))
    site.pages["/feed"] = (200, {"Content-Encoding": "gzip"}, body)
    one = desk()
    one.watcher.once()
    assert one.state(site.url("/feed")).packed_bytes == len(body)
