"""The commands watch and ingest with addresses: what they say, exit statuses, what is stored."""

import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events import extraction_commands
from events.fetching import Fetcher, Settings
from events.store import Store
from events.watching import command as watch_command
from events.watching.state import FeedStates
from tests.feeds import LONG, Counting, item, rss
from tests.local_site import HERE, fetcher_for, local_site

PAGE = f"<h1>Rain in Cork</h1><article><p>It rained in Cork on Friday.{LONG}</p></article>".encode()


@pytest.fixture
def site(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    monkeypatch.setattr(extraction_commands, "_load", lambda light, names="": Counting())
    monkeypatch.setattr(watch_command, "_Loaded", lambda light: Counting())
    monkeypatch.setattr(watch_command, "_fetcher", lambda settings: fetcher_for(settings.allowed or ()))
    with local_site() as here:
        here.pages["/feed"] = rss(item(1), item(2))
        yield here


def run(*arguments):
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


def stored():
    kept = Store.open()
    try:
        return sorted(story.title for story in kept.stories())
    finally:
        kept.close()


def test_watch_once_takes_in_what_the_feeds_of_a_file_bring(site, tmp_path):
    (tmp_path / "feeds.txt").write_text(site.url("/feed") + "\n")
    result = run("watch", tmp_path / "feeds.txt", "--once", "--allow", "news.test")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 new stories, 0 new versions, 2 events" in result.stderr
    assert stored() == ["Rain number 1", "Rain number 2"]


def test_a_feed_that_fails_or_a_bad_line_ends_with_1(site, tmp_path):
    (tmp_path / "feeds.txt").write_text(f"{site.url('/feed')}\nfile:///etc/passwd\n")
    result = run("watch", tmp_path / "feeds.txt", "--once")
    assert result.exit_code == 1
    assert "feeds.txt:2: is no web address" in result.stderr
    assert "news.test" in result.stderr
    assert stored() == []


def test_health_is_written_to_standard_output_and_asks_nobody(site):
    run("watch", site.url("/feed"), site.url("/gone"), "--once", "--allow", "news.test")
    asked = len(site.asked)
    result = run("watch", "--health")
    lines = result.stdout.splitlines()
    assert (result.exit_code, len(lines), len(site.asked)) == (1, 3, asked)
    assert lines[0].startswith(f"failing  {site.url('/gone')}: never had")
    assert lines[1].startswith(f"well     {site.url('/feed')}: last success")
    assert lines[2].startswith("2 feeds: 1 well, 1 failing, 0 not asked yet")
    assert run("watch", site.url("/feed"), "--health").exit_code == 0


def test_health_of_a_store_that_is_not_there_makes_none(site, tmp_path):
    result = run("watch", "--health", "--store", tmp_path / "none.sqlite")
    assert (result.exit_code, "there is no store at" in result.stderr) == (2, True)
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("arguments", [["watch"], ["watch", "missing.txt"], ["watch", "--once"]])
def test_a_watch_without_feeds_is_bad_use(site, arguments):
    assert run(*arguments).exit_code == 2


def test_ingest_fetches_addresses_beside_files(site, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_ALLOW_HOSTS", HERE)
    monkeypatch.setattr("events.fetching.stories.PageCache", lambda: _Uncached())
    site.pages["/rain"] = PAGE
    (tmp_path / "wire.txt").write_text("Ferry sinks\nDate: 2025-01-08\n\nA ferry sank off Banjul on Monday.\n")
    result = run("ingest", tmp_path / "wire.txt", site.url("/rain", HERE))
    assert result.exit_code == 0
    assert stored() == ["Ferry sinks", "Rain in Cork"]


def test_ingest_names_an_address_that_may_not_be_asked(site, tmp_path):
    result = run("ingest", site.url("/rain", HERE))
    assert (result.exit_code, site.asked) == (1, [])
    assert "127.0.0.1 is not in the public internet" in result.stderr


def test_hosts_allowed_on_the_command_line_join_those_of_the_environment(monkeypatch):
    monkeypatch.setenv("DATELINE_ALLOW_HOSTS", "a.test")
    settings = watch_command._settings(["B.test"], robots=False)
    assert (settings.allowed, settings.robots) == ({"a.test", "b.test"}, False)
    assert isinstance(watch_command.Fetcher(settings), Fetcher)
    assert Settings().robots


class _Uncached:
    def fetch(self, fetcher, url):
        return fetcher.fetch(url)


def test_feeds_that_were_added_in_the_page_are_watched_without_naming_any(site):
    states = FeedStates.open()
    states.subscriptions.add([site.url("/feed")], "Ada", 0.0)
    states.close()
    assert run("watch", "--once", "--allow", "news.test").exit_code == 0
    assert stored() == ["Rain number 1", "Rain number 2"]


def test_metrics_are_kept_where_they_are_wanted(site, tmp_path):
    run("watch", site.url("/feed"), "--once", "--allow", "news.test", "--metrics", tmp_path / "watch.prom")
    assert "dateline_feeds" in (tmp_path / "watch.prom").read_text()
    assert run("watch", site.url("/feed"), "--once", "--metrics", tmp_path / "none" / "x").exit_code == 2
