"""Metrics in Prometheus's text form, in a file and at a port that answers this machine alone."""

import re
import urllib.request
from urllib.error import HTTPError

import pytest

from events.watching.metrics import metrics_text, told_to
from events.watching.state import FeedState

NAME = r"[a-z_]+"
SAMPLE = re.compile(rf'{NAME}(\{{{NAME}="(?:[^"\\\n]|\\[\\n"])*"\}})? -?[0-9.e+]+')
WELL = FeedState("https://a.example/", 1000.0, succeeded_at=400.5, asked=2, unchanged=1, events=7, taken_seconds=1.5)
BAD = FeedState('https://b.example/"\\\n', 3000.0, failures=2, error="answers with HTTP 503", asked=2, errors=2)


def test_every_line_is_a_remark_or_a_sample_and_a_label_cannot_break_out():
    lines = metrics_text([WELL, BAD, FeedState("https://c.example/", 0.0)], 900.0, 1 << 20).splitlines()
    assert [line for line in lines if not line.startswith("# ") and not SAMPLE.fullmatch(line)] == []
    assert 'dateline_feed_errors_total{feed="https://b.example/\\"\\\\\\n"} 2' in lines
    assert 'dateline_feed_last_success_timestamp_seconds{feed="https://a.example/"} 400.5' in lines
    assert 'dateline_feeds{state="failing"} 1' in lines
    assert "dateline_watch_resident_bytes 1048576" in lines


def test_each_metric_says_once_what_it_is():
    lines = metrics_text([WELL, BAD], 900.0).splitlines()
    kinds = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    named = dict.fromkeys(re.match(NAME, line)[0] for line in lines if not line.startswith("#"))
    assert kinds == list(named)


def test_a_file_is_written_at_once_and_replaced_as_a_whole(tmp_path):
    with told_to(str(tmp_path / "watch.prom"), lambda: "a 1\n") as where:
        assert ((tmp_path / "watch.prom").read_text(), where) == ("a 1\n", str(tmp_path / "watch.prom"))
    assert [path.name for path in tmp_path.iterdir()] == ["watch.prom"]


def test_the_port_answers_this_machine_under_its_own_names_alone():
    with told_to("0", lambda: "a 1\n") as where:
        assert where.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(where, timeout=10) as answer:
            assert (answer.read(), answer.headers["Content-Type"][:25]) == (b"a 1\n", "text/plain; version=0.0.4")
        for asked in (urllib.request.Request(where, headers={"Host": "news.example"}), where + "/other"):
            with pytest.raises(HTTPError):
                urllib.request.urlopen(asked, timeout=10)


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OSError), told_to(str(tmp_path / "none" / "watch.prom"), lambda: ""):
        pass
