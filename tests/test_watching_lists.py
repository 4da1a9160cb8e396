"""The list of feeds changes while it is watched: in the page, in a file; paused, taken off, wanted at once."""

import os

import pytest

from events.watching.following import Following
from events.watching.named_lists import NamedLists
from events.watching.watcher import Watcher
from tests.feeds import HOUR, Desk, item, rss
from tests.local_site import fetcher_for, local_site


@pytest.fixture
def site():
    with local_site() as here:
        here.pages.update({"/a": rss(item("a")), "/b": rss(item("b"))})
        yield here


@pytest.fixture
def watched(site, tmp_path):
    """A desk whose watcher follows the list; `name` is what its command line names."""
    desks = []

    def open_(*named):
        desk = Desk(tmp_path, fetcher_for(), [])
        desks.append(desk)
        desk.list = desk.states.subscriptions
        following = Following(NamedLists([str(name) for name in named], desk.said.append), desk.list, desk.said.append)
        wanted = following.first(desk.fetcher.clock.now())
        desk.watcher = Watcher(desk.watcher._watch, wanted.addresses, desk.executor, following.look)
        return desk

    yield open_
    for desk in desks:
        desk.close()


def write(path, text, at):
    """The file with another time of change, whatever the machine's clock can tell apart."""
    path.write_text(text)
    os.utime(path, (at, at))


def now(desk):
    return desk.fetcher.clock.now()


def test_a_feed_that_is_added_in_the_page_is_asked_within_seconds(site, watched):
    desk = watched(site.url("/a"))
    desk.run_for(60)
    assert desk.list.add([site.url("/b"), site.url("/a")], "Ada", now(desk)) == [site.url("/b")]
    desk.run_for(5)
    assert desk.titles() == ["Rain number a", "Rain number b"]
    assert desk.list.known()[site.url("/b")].changed_by == "Ada"


def test_a_paused_feed_is_not_asked_and_comes_back_when_it_is_resumed(site, watched):
    desk = watched(site.url("/a"))
    desk.list.pause(site.url("/a"), "Ada", now(desk), paused=True)
    desk.run_for(3 * HOUR)
    assert site.paths() == []
    desk.list.pause(site.url("/a"), "Ada", now(desk), paused=False)
    desk.run_for(5)
    assert site.paths() == ["/a"]


def test_a_feed_that_is_taken_off_is_asked_no_more_and_what_it_brought_stays(site, watched):
    desk = watched(site.url("/a"))
    desk.run_for(10)
    desk.list.remove(site.url("/a"), "Ada", now(desk))
    desk.run_for(3 * HOUR)
    assert (site.paths(), desk.titles()) == (["/a"], ["Rain number a"])


def test_a_feed_that_is_wanted_at_once_is_asked_once_more_and_then_as_usual(site, watched):
    desk = watched(site.url("/a"))
    desk.run_for(60)
    desk.list.ask(site.url("/a"), "Ada", now(desk) + 600)  # the page's clock is ahead
    desk.run_for(HOUR / 2)
    assert site.paths() == ["/a", "/a"]


def test_two_watchers_of_one_list_ask_a_wanted_feed_once(site, watched):
    one, two = watched(site.url("/a")), watched()
    one.run_for(10)
    one.list.ask(site.url("/a"), "Ada", now(one))
    one.fetcher.clock.sleep(1)
    one.watcher.once()
    two.fetcher.clock.time = now(one)
    two.watcher.once()
    assert site.paths() == ["/a", "/a"]


def test_a_file_that_changes_is_read_again_without_a_restart(site, watched, tmp_path):
    write(tmp_path / "feeds.txt", site.url("/a") + "\n", 1)
    desk = watched(tmp_path / "feeds.txt")
    desk.run_for(10)
    write(tmp_path / "feeds.txt", site.url("/b") + "\nno address\n", 2)
    desk.run_for(3 * HOUR)
    assert (site.paths().count("/a"), site.paths().count("/b")) == (1, 3)
    assert any("feeds.txt: has changed, 1 feeds" in line for line in desk.said)
    assert any("feeds.txt:2: is no web address" in line for line in desk.said)


@pytest.mark.parametrize("text", [None, "<opml><body>"])
def test_a_file_that_is_gone_or_broken_leaves_its_feeds_watched(site, watched, tmp_path, text):
    path = tmp_path / "feeds.opml"
    write(path, f"<opml><body><outline xmlUrl='{site.url('/a')}'/></body></opml>", 1)
    desk = watched(path)
    desk.run_for(10)
    if text is None:
        path.unlink()
    else:
        write(path, text, 2)
    desk.run_for(2 * HOUR)
    assert site.paths() == ["/a", "/a"]
    assert sum("feeds.opml" in line for line in desk.said) == 1


def test_what_a_file_names_no_more_is_taken_off_and_what_a_person_added_stays(site, watched, tmp_path):
    write(tmp_path / "feeds.txt", site.url("/a"), 1)
    desk = watched(tmp_path / "feeds.txt")
    desk.list.add([site.url("/b")], "Ada", now(desk))
    write(tmp_path / "feeds.txt", "# none", 2)
    desk.run_for(10)
    assert list(desk.list.standing()) == [site.url("/b")]


def test_a_feed_of_another_watchers_file_is_not_followed(site, watched, tmp_path):
    write(tmp_path / "one.txt", site.url("/a"), 1)
    write(tmp_path / "two.txt", site.url("/b"), 1)
    one, two = watched(tmp_path / "one.txt"), watched(tmp_path / "two.txt")
    two.run_for(10)
    one.run_for(10)
    assert site.paths() == ["/b", "/a"]


def test_a_watcher_gives_a_sign_of_life_and_takes_it_back(site, watched):
    desk = watched(site.url("/a"))
    assert desk.list.last_sign_of_life() is None
    desk.run_for(60)
    assert 0 <= now(desk) - desk.list.last_sign_of_life() <= 33
    desk.list.no_longer_watching()
    assert desk.list.last_sign_of_life() is None
