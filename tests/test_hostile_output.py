"""What strangers wrote does nothing to a terminal: what `read`, `watch` and `brief` print, and what logs hold."""

import json
import logging
import subprocess
import sys
import warnings
import zipfile
from datetime import date
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from events import __main__ as command_line
from events.model import Report
from events.reading import read_path
from events.store import Store
from events.terminal import guard_logs
from events.watching import command as watch_command
from events.watching.metrics import metrics_text
from events.watching.state import FeedState, FeedStates
from tests.briefings import places, told
from tests.feeds import Counting, item, rss
from tests.hostile_words import HOSTILE, is_obeyed, obeyed
from tests.local_site import fetcher_for, local_site, redirect
from tests.news import march_stories

ROOT = Path(__file__).resolve().parents[1]
WHOLE = HOSTILE.replace("\x00", "")  # a text file with a zero byte in it is none
REFERRED = "".join(f"&#{ord(sign)};" if is_obeyed(sign) and sign != "\x00" else escape(sign) for sign in HOSTILE)
TEXT = "It rained in Cork on Monday, and the school was closed, the council said."


def run(*arguments):
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


# ------------------------------------------------------------------ read


def mail():
    message = EmailMessage()
    message["From"] = f'"{WHOLE[:20]}" <a@example.org>'.replace("\x1b", "")
    message["Subject"] = "".join(sign for sign in HOSTILE if sign not in "\x85\u2028\u2029\x00\x1b\x07\x08\x9b\x7f")
    message.set_content(f"{TEXT} {HOSTILE}")
    return message.as_bytes()


def archive(path):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"a{WHOLE}.txt", b"%PDF-1.7 broken")
        packed.writestr("b\u202etxt.exe", TEXT)


def line(**more):
    every = ("id", "title", "text", "url", "source", "published", "author", "captions")
    return json.dumps({**dict.fromkeys(every, HOSTILE), "text": f"{TEXT} {HOSTILE}", **more})


PAGE = (
    f"<html><head><title>{REFERRED}</title><meta property='og:site_name' content='{REFERRED}'>"
    f"<link rel='canonical' href='https://example.org/{REFERRED}'></head><body><article><h1>{REFERRED}</h1>"
    f"<p>{TEXT} {REFERRED}</p><figure><figcaption>{REFERRED}</figcaption></figure><p>{TEXT * 5}</p></article></body></html>"
)
INPUTS = {
    "wire.jsonl": f"{line()}\n{line(id='x', published=None, url=None)}\n{{broken {HOSTILE}\n",
    "wire.csv": f'title,text,source,url,published\n"{WHOLE}","{TEXT * 40} {WHOLE}","{WHOLE}","{WHOLE}","{WHOLE}"\n',
    "page.html": PAGE,
    "feed.xml": rss(item(1, title=REFERRED, text=f"{TEXT} {REFERRED}", day=REFERRED, link=f"http://a.test/{REFERRED}")),
    "wire.txt": f"{WHOLE}\nDate: {WHOLE}\n\n{TEXT * 40} {WHOLE}\n",
    "wire.eml": mail(),
}  # fmt: skip


@pytest.mark.parametrize("name", [*INPUTS, "wire.zip"])
def test_read_gives_each_story_to_the_character_and_nothing_that_a_terminal_obeys(name, tmp_path):
    path = tmp_path / f"{name[:-4]}\u202e{name[-4:]}" if name == "wire.txt" else tmp_path / name
    if name == "wire.zip":
        archive(path)
    else:
        path.write_bytes(INPUTS[name] if isinstance(INPUTS[name], bytes) else INPUTS[name].encode())
    result = run("read", path)
    stories = [story.model_dump(mode="json") for story in read_path(path).stories]
    assert [json.loads(row) for row in result.stdout.split("\n") if row] == stories
    assert len(stories) > 0
    assert obeyed(result.stdout) | obeyed(result.stderr) == set()


@pytest.mark.parametrize("arguments", [["read"], ["watch", "--once"], ["brief", "-o"], ["export", "--format"], []])
def test_a_refusal_of_what_was_typed_says_it_plainly(arguments, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    result = run(*arguments, WHOLE)
    assert result.exit_code == 2
    assert "owned" in result.stderr
    assert obeyed(result.stdout) | obeyed(result.stderr) == set()


# ------------------------------------------------------------------ watch


class Breaking(Counting):
    def read(self, story):
        raise ValueError(f"{HOSTILE}\n{story.title}")


@pytest.mark.parametrize("extractor", [Counting, Breaking])
def test_watch_says_what_feeds_bring_and_why_they_fail_in_plain_signs(extractor, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    monkeypatch.setattr(watch_command, "_Loaded", lambda light: extractor())
    monkeypatch.setattr(watch_command, "_fetcher", lambda settings: fetcher_for(settings.allowed))
    with local_site() as site:
        site.pages["/feed"] = rss(item(1, title=REFERRED, text=REFERRED, day=REFERRED, link=REFERRED))
        site.pages["/page"] = PAGE.encode()
        site.pages["/moved"] = redirect("http://news.test\x1b[2J/\x9b\x7f")
        site.pages["/broken"] = f"<rss><channel><title>{HOSTILE}</title><item></rss".encode()
        named = [site.url(path) for path in ("/feed", "/page", "/moved", "/broken")]
        (tmp_path / "a\u202e.txt").write_text("\n".join([*named, f"http://{HOSTILE}/"]), encoding="utf-8")
        (tmp_path / "b.opml").write_text(f"<opml><body><outline xmlUrl='ftp://{REFERRED}'/></body></opml>")
        result = run("watch", tmp_path / "a\u202e.txt", tmp_path / "b.opml", "--once", "--allow", "news.test")
        health = run("watch", "--health")
    assert (result.exit_code, health.exit_code, len(health.stdout.splitlines())) == (1, 1, 5)
    assert "1 new stories" in result.stderr or "owned" in result.stderr
    assert [obeyed(told) for told in (result.stdout, result.stderr, health.stdout, health.stderr)] == [set()] * 4


def test_health_and_metrics_of_a_feed_whose_state_is_hostile_are_plain(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    Store.open().close()
    states = FeedStates.open()
    state = FeedState(f"http://a.test/{HOSTILE}\n", 0.0, moved_to=HOSTILE, failures=2, error=HOSTILE, asked=1)
    states.save(state, {}, 0.0, 0.0)
    states.close()
    health = run("watch", "--health")
    assert (health.exit_code, len(health.stdout.splitlines())) == (1, 2)
    assert obeyed(health.stdout) | obeyed(metrics_text([state], 0.0)) == set()


# ------------------------------------------------------------------ brief


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory):
    """A store whose one event is hostile in every field that is a stranger's."""
    path = tmp_path_factory.mktemp("brief") / "news.sqlite"
    place = places()["Riga"].model_copy(update={"name": HOSTILE, "reason": HOSTILE})
    event = told(1, place, what=HOSTILE, quote=HOSTILE)
    story = march_stories()[0].model_copy(
        update={"id": event.story_id, "title": HOSTILE, "text": HOSTILE, "source": HOSTILE, "url": f"https://a.test/{HOSTILE}",
                "published": date(2025, 3, 1), "published_reasons": (HOSTILE,)}
    )  # fmt: skip
    report = Report(story_id=story.id, title=HOSTILE, source=HOSTILE, url=story.url)
    store = Store.open(path)
    store.add(story, [event.model_copy(update={"attribution": HOSTILE, "reports": (report,)})], who=HOSTILE)
    store.close()
    return path


@pytest.mark.parametrize("ending", ["md", "html"])
def test_a_briefing_of_hostile_words_and_what_is_said_of_it_are_plain(hostile_store, tmp_path, ending):
    result = run(
        "brief", "--store", hostile_store, "--title", WHOLE, "--words", "quake", "-o", tmp_path / f"b.{ending}"
    )
    assert (result.exit_code, "Quake" in result.stderr) == (0, True)
    assert obeyed(result.stdout) | obeyed(result.stderr) == set()
    assert obeyed((tmp_path / f"b.{ending}").read_bytes().decode("utf-8")) - {"\t"} == set()


# ------------------------------------------------------------------ logs


@pytest.fixture
def guarded(monkeypatch):
    before = logging.getLogRecordFactory()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    guard_logs()
    yield
    logging.setLogRecordFactory(before)


def test_a_log_holds_no_sign_that_a_terminal_obeys_and_no_line_of_a_strangers_making(guarded, caplog):
    try:
        raise ValueError(f"{HOSTILE}\nERROR all is well")
    except ValueError:
        logging.getLogger("streamlit.test").exception("%s\nERROR forged", HOSTILE)
    logged = caplog.text
    assert obeyed(logged) == set()
    assert "owned" in logged
    assert [text for text in logged.splitlines() if text.startswith("ERROR")] == [logged.splitlines()[0]]


def test_warnings_and_what_breaks_a_command_are_told_in_plain_signs():
    code = (
        "import warnings; from events.terminal import guard_logs; from tests.hostile_words import HOSTILE; guard_logs();"
        "warnings.warn(HOSTILE); import logging; logging.warning(HOSTILE); raise ValueError(HOSTILE)"
    )
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (child.returncode, child.stderr.count("owned")) == (1, 3)
    assert obeyed(child.stderr) == set()
