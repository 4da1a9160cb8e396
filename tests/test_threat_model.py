"""What SECURITY.md claims and no other test holds; and that the tests which it names are there."""

import ast
import io
import re
import zipfile
from pathlib import Path

import pytest
import streamlit as st

from events.dashboard.access import signing_in
from events.dashboard.access.signing_in import NotAllowed
from events.dashboard.feeds import feeds_page
from events.reading import read_bytes
from events.store import Store
from events.watching.state import FeedStates
from tests.signing_in import SETTINGS, secrets_of

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    ROOT / "app.py",
    *(path for room in ("events", "geodata", "scripts") for path in (ROOT / room).rglob("*.py")),
]
RUNS_WORDS = {"eval", "exec", "compile", "__import__"}
LOADS_CODE = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "jsonpickle", "code", "runpy"}
A = "https://a.example/feed"


def test_no_text_is_run_and_nothing_that_runs_what_it_reads_is_imported():
    found = []
    suspect = re.compile(rf"\b({'|'.join([*RUNS_WORDS, *LOADS_CODE, 'shell'])})\b")
    for path, text in ((path, path.read_text(encoding="utf-8")) for path in SOURCES):
        for node in ast.walk(ast.parse(text)) if suspect.search(text) else ():
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            shell = isinstance(node, ast.keyword) and node.arg == "shell" and getattr(node.value, "value", False)
            if called in RUNS_WORDS or {name.split(".")[0] for name in named} & LOADS_CODE or shell:
                found.append((path.name, node.lineno))
    assert found == []


def test_nothing_of_an_archive_is_unpacked_and_no_path_in_it_is_followed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("The key is under the mat in Cork.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../out.txt", str(tmp_path / "absolute.txt"), "..\\windows.txt"):
            archive.writestr(name, "It rained in Cork on Monday.")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, str(tmp_path / "secret.txt"))
    stories = read_bytes(packed.getvalue(), "wire.zip").stories
    assert not any("mat" in story.text for story in stories)
    assert sum("rained" in story.text for story in stories) == 1  # three times the same story
    assert [path.name for path in tmp_path.rglob("*")] == ["secret.txt"]
    assert not (tmp_path.parent.parent / "out.txt").exists()


def test_a_viewer_changes_nothing_of_the_list_of_feeds_whatever_is_called(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    Store.open().close()
    states = FeedStates.open()
    states.subscriptions.add([A], "Ada", 0.0)
    before = states.subscriptions.known()
    monkeypatch.setattr(feeds_page, "feed_states", lambda: states)
    monkeypatch.setattr(st, "rerun", lambda: None)
    with secrets_of(tmp_path, SETTINGS):
        monkeypatch.setattr(signing_in, "_claims", lambda: {"is_logged_in": True, "sub": "7", "groups": ["readers"]})
        with pytest.raises(NotAllowed):
            feeds_page.take("https://b.example/feed", b"", "")
        feeds_page._pause(A, True)
        feeds_page._remove(A)
        feeds_page._bring_back("https://b.example/feed")
        feeds_page._ask(feeds_page.Feed(before[A], states.states().get(A), "well"), watched=True)
    assert states.subscriptions.known() == before
    states.close()


def test_each_test_that_the_threat_model_names_is_there():
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))
    assert len(named) > 12
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
