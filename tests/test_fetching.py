"""Fetching, against a server on this machine: what is connected to, redirects, sizes, times, packing, politeness."""

import gzip
import socket
import zlib

import pytest

from events.fetching import FetchError, Settings, fetch_story
from events.fetching.addresses import parse
from events.fetching.pacing import Pace
from events.fetching.page_cache import PageCache
from events.fetching.resolving import system_addresses
from events.fetching.robots import Robots, rules_of
from tests.local_site import HERE, HandClock, bomb, dripping, endless, fetcher_for, local_site, redirect


def packed(data):
    return gzip.compress(data, mtime=0)


RAIN = packed(b"It rained.")


@pytest.fixture(scope="module")
def server():
    with local_site() as site:
        yield site


@pytest.fixture
def site(server):
    server.pages.clear()
    server.asked.clear()
    server.pages["/"] = b"It rained."
    return server


def refused(fetcher, url):
    with pytest.raises(FetchError) as error:
        fetcher.fetch(url)
    return error.value


# ------------------------------------------------------------------ who is connected to


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "localhost"])
def test_this_machine_is_not_asked_by_any_of_its_names(site, host):
    error = refused(fetcher_for(answers={"localhost": ["127.0.0.1"]}), site.url(host=host))
    assert (error.kind, "not in the public internet" in str(error)) == ("refused", True)
    assert site.asked == []


@pytest.mark.parametrize("address", ["10.0.0.5", "169.254.169.254", "fe80::1", "ff02::1", "::ffff:192.168.0.1", HERE])
def test_a_public_name_that_stands_for_a_private_address_is_not_asked(site, address):
    assert refused(fetcher_for(answers={"evil.test": [address]}), site.url(host="evil.test")).kind == "refused"
    mixed = fetcher_for(answers={"evil.test": ["93.184.215.14", address]})
    assert refused(mixed, site.url(host="evil.test")).kind == "refused"
    assert site.asked == []


def test_a_host_allowed_by_name_is_asked_and_its_neighbour_is_not(site):
    fetcher = fetcher_for(answers={"other.test": [HERE]})
    assert fetcher.fetch(site.url()).body == b"It rained."
    assert refused(fetcher, site.url(host="other.test")).kind == "refused"


@pytest.mark.parametrize("to", ["http://10.0.0.5/", "http://169.254.169.254/latest/", "http://evil.test/", "//[::1]/"])
def test_a_redirect_into_private_space_is_not_followed(site, to):
    site.pages["/go"] = redirect(to)
    assert refused(fetcher_for(answers={"evil.test": ["192.168.0.1"]}), site.url("/go")).kind == "refused"
    assert site.paths() == ["/go"]


def test_a_name_that_changes_its_answer_after_the_check_is_never_connected_to_elsewhere(site):
    answers = [["93.184.215.14"], [HERE], [HERE]]
    fetcher, connected = fetcher_for(), []

    class Recording:
        def connect_tcp(self, host, *_):
            connected.append(host)
            raise OSError("stop here")

    fetcher._backend = Recording()
    fetcher._resolve = lambda host, seconds: answers.pop(0)
    assert refused(fetcher, site.url(host="rebind.test")).kind == "unreachable"
    assert (connected, len(answers)) == (["93.184.215.14"], 2)
    assert refused(fetcher, site.url(host="rebind.test")).kind == "refused"
    assert (connected, site.asked) == (["93.184.215.14"], [])


def test_each_redirect_is_looked_up_and_judged_anew(site):
    answers = {"rebind.test": [[HERE], ["10.0.0.1"]]}
    fetcher = fetcher_for(allowed=())
    fetcher._resolve = lambda host, seconds: answers[host].pop(0)
    site.pages["/go"] = redirect("/again")
    assert refused(fetcher, site.url("/go", host="rebind.test")).kind == "refused"
    assert site.asked == []


def test_a_host_that_is_not_there_is_unreachable():
    with pytest.raises(FetchError) as error:
        system_addresses("no-such-host.invalid", 5)
    assert error.value.kind == "unreachable"


def test_a_closed_port_is_unreachable(site):
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        assert refused(fetcher_for(), f"http://news.test:{taken.getsockname()[1]}/").kind == "unreachable"


# ------------------------------------------------------------------ what is said


def test_a_request_says_who_we_are_and_carries_nothing_else(site):
    site.pages["/"] = (200, {"Set-Cookie": "a=b"}, b"It rained.")
    fetcher = fetcher_for(contact="desk@example.org")
    fetcher.fetch(site.url())
    fetcher.fetch(site.url())
    headers = site.asked[1][1]
    assert sorted(headers) == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]
    assert headers["User-Agent"] == "Dateline/0.1.0 (news reader; desk@example.org)"
    assert headers["Host"] == f"news.test:{site.port}"


def test_what_did_not_change_is_not_sent_again(site):
    site.pages["/"] = lambda handler: (
        (304, {"Content-Length": None}, b"") if handler.headers["If-None-Match"] == '"v1"'
        else (200, {"ETag": '"v1"', "Last-Modified": "Sat, 01 Mar 2025 06:00:00 GMT", "Cache-Control": "max-age=60"}, b"x")
    )  # fmt: skip
    first = fetcher_for().fetch(site.url())
    assert (first.status, first.etag, first.modified, first.max_age) == (
        200, '"v1"', "Sat, 01 Mar 2025 06:00:00 GMT", 60,
    )  # fmt: skip
    again = fetcher_for().fetch(site.url(), first.etag, first.modified)
    assert (again.status, again.body) == (304, b"")
    assert site.asked[1][1]["If-Modified-Since"] == "Sat, 01 Mar 2025 06:00:00 GMT"


def test_a_tag_that_would_break_out_of_its_header_is_not_sent_back(site):
    fetcher_for().fetch(site.url(), 'x"\r\nCookie: a', "x" * 600)
    assert "If-None-Match" not in site.asked[0][1]
    assert "If-Modified-Since" not in site.asked[0][1]


def test_redirects_are_followed_and_a_move_for_good_is_told(site):
    site.pages.update({"/old": redirect("/new", 301), "/new": b"here", "/now": redirect("/old", 302)})
    answer = fetcher_for().fetch(site.url("/old"))
    assert (answer.body, answer.address, answer.moved_to) == (b"here", site.url("/new"), site.url("/new"))
    assert fetcher_for().fetch(site.url("/now")).moved_to is None


def test_a_circle_of_redirects_ends(site):
    site.pages["/go"] = redirect("/go")
    error = refused(fetcher_for(), site.url("/go"))
    assert (str(error), len(site.asked)) == ("redirects more than 5 times", 6)


@pytest.mark.parametrize(
    ("headers", "after"), [({"Retry-After": "120"}, 120), ({"Retry-After": "never"}, None), ({}, None)]
)  # fmt: skip
def test_a_status_that_is_no_answer_is_told_with_how_long_to_wait(site, headers, after):
    site.pages["/"] = (503, headers, b"busy")
    error = refused(fetcher_for(), site.url())
    assert (error.kind, error.status, error.retry_after) == ("status", 503, after)


# ------------------------------------------------------------------ bounds


def test_a_body_without_an_end_is_left_at_the_bound(site):
    site.pages["/"] = endless
    error = refused(fetcher_for(), site.url())
    assert (error.kind, str(error)) == ("large", "has more than 1,000,000 bytes")


def test_a_body_that_says_that_it_is_too_large_is_not_begun(site):
    site.pages["/"] = (200, {"Content-Length": "1000001"}, b"")
    assert refused(fetcher_for(), site.url()).kind == "large"


def test_a_bomb_is_unpacked_to_the_bound_and_no_further(site):
    site.pages["/"] = bomb
    assert str(refused(fetcher_for(), site.url())) == "has more than 1,000,000 bytes"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", RAIN), ("x-gzip", packed(b"It ") + packed(b"rained.")),
        ("deflate", zlib.compress(b"It rained.")), ("deflate", zlib.compress(b"It rained.")[2:-4]),
        ("identity", b"It rained."), ("gzip", RAIN + b"junk"), ("GZIP", RAIN),
    ],
)  # fmt: skip
def test_what_is_packed_is_unpacked(site, encoding, body):
    site.pages["/"] = (200, {"Content-Encoding": encoding}, body)
    assert fetcher_for().fetch(site.url()).body == b"It rained."


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"x", "which was not asked for"), ("gzip, gzip", b"x", "which was not asked for"),
        ("gzip", b"It rained.", "is not packed as it says"), ("gzip", RAIN[:-6], "is cut off"),
    ],
)  # fmt: skip
def test_what_is_packed_otherwise_than_it_says_is_damaged(site, encoding, body, reason):
    site.pages["/"] = (200, {"Content-Encoding": encoding}, body)
    error = refused(fetcher_for(), site.url())
    assert (error.kind, reason in str(error)) == ("damaged", True)


def test_a_body_shorter_than_it_says_is_damaged(site):
    site.pages["/"] = (200, {"Content-Length": "50", "Connection": "close"}, b"short")
    assert refused(fetcher_for(), site.url()).kind == "damaged"


def test_what_is_no_http_is_damaged(site):
    site.pages["/"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n\r\n")
    assert refused(fetcher_for(), site.url()).kind == "damaged"


def test_a_body_that_drips_ends_at_the_deadline(site):
    site.pages["/"] = dripping
    assert refused(fetcher_for(clock=HandClock(step=0.5)), site.url()).kind == "slow"


def test_headers_that_drip_end_at_the_deadline(site):
    def page(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            handler.wfile.write(b"x")

    site.pages["/"] = page
    assert refused(fetcher_for(clock=HandClock(step=5)), site.url()).kind == "slow"


def test_a_server_that_says_nothing_is_left(site):
    site.pages["/"] = lambda handler: site.stopping.wait(2) and None
    assert refused(fetcher_for(read_seconds=0.05), site.url()).kind == "slow"


def test_a_look_up_counts_as_time():
    clock = HandClock()

    def slow(host, seconds):
        clock.sleep(31)
        return ["93.184.215.14"]

    fetcher = fetcher_for(clock=clock)
    fetcher._resolve = slow
    assert refused(fetcher, "http://slow.test/").kind == "slow"


# ------------------------------------------------------------------ politeness


def test_one_host_is_asked_once_a_second_and_another_at_once():
    clock = HandClock()
    pace = Pace(clock, 1)
    for host in ("a.test", "a.test", "b.test", "a.test"):
        pace.wait(host)
    assert clock.slept == [1, 1]


def test_a_site_may_ask_for_more_time_up_to_a_minute():
    clock = HandClock()
    pace = Pace(clock, 1)
    pace.slow_down("a.test", 5)
    pace.slow_down("b.test", 86_400)
    for host in ("a.test", "a.test", "b.test", "b.test"):
        pace.wait(host)
    assert clock.slept == [5, 60]


def test_robots_txt_is_asked_once_a_day_and_heeded(site):
    site.pages["/robots.txt"] = (
        b"User-agent: *\nDisallow: /\n\nUser-agent: Dateline/1\nCrawl-delay: 3\nDisallow: /paid\n"
    )
    fetcher = fetcher_for()
    robots = Robots(fetcher)
    said = [robots.allow(parse(site.url(path))) for path in ("/", "/paid/a", "/robots.txt")]
    assert (said, site.paths()) == ([True, False, True], ["/robots.txt"])
    fetcher.clock.sleep(86_401)
    robots.allow(parse(site.url("/")))
    assert site.paths() == ["/robots.txt", "/robots.txt"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False)])
def test_a_site_without_rules_allows_all_and_one_in_trouble_nothing(site, status, allowed):
    site.pages["/robots.txt"] = (status, {}, b"")
    assert Robots(fetcher_for()).allow(parse(site.url("/a"))) is allowed


def test_a_robots_txt_of_stars_takes_no_time():
    rules = rules_of("User-agent: *\nDisallow: /" + "*a" * 900 + "b")
    assert rules.allow("/" + "a" * 1900)


# ------------------------------------------------------------------ kept and read


def test_a_page_is_kept_for_minutes_then_asked_for_anew(site, tmp_path):
    site.pages["/"] = lambda handler: (
        (304, {"Content-Length": None}, b"")
        if handler.headers["If-None-Match"]
        else (200, {"ETag": '"1"'}, b"It rained.")
    )
    fetcher, cache = fetcher_for(), PageCache(tmp_path)
    assert [cache.fetch(fetcher, site.url()).body for _ in range(2)] == [b"It rained."] * 2
    assert len(site.asked) == 1
    fetcher.clock.sleep(601)
    assert cache.fetch(fetcher, site.url()).body == b"It rained."
    assert len(site.asked) == 2


def test_a_damaged_or_full_cache_only_costs_another_request(site, tmp_path):
    fetcher, cache = fetcher_for(), PageCache(tmp_path, most_bytes=50)
    cache.fetch(fetcher, site.url())
    assert list(tmp_path.iterdir()) == []
    cache = PageCache(tmp_path)
    cache.fetch(fetcher, site.url())
    (file,) = tmp_path.iterdir()
    file.write_bytes(b'{"format": 1}\nrubbish')
    assert cache.fetch(fetcher, site.url()).body == b"It rained."
    assert len(site.asked) == 3


def test_an_address_gives_its_story(site, tmp_path):
    site.pages["/a"] = (
        b"<h1>Rain in Cork</h1><article><p>" + b"It rained in Cork on Friday, said the mayor. " * 8 + b"</p>"
    )
    result = fetch_story(site.url("/a"), fetcher_for(), PageCache(tmp_path))
    assert [(story.title, story.url) for story in result.stories] == [("Rain in Cork", site.url("/a"))]


def test_an_address_that_gives_nothing_is_a_problem_that_says_why(site, tmp_path):
    result = fetch_story(site.url("/missing"), fetcher_for(), PageCache(tmp_path))
    assert [(p.file, p.reason) for p in result.problems] == [(site.url("/missing"), "answers with HTTP 404")]


def test_hosts_are_allowed_by_the_environment(monkeypatch):
    monkeypatch.setenv("DATELINE_ALLOW_HOSTS", "Wire.intranet, 10.0.0.5")
    assert Settings.from_environment().allowed == {"wire.intranet", "10.0.0.5"}
