"""Two of Dask's workers fill a store while three browsers look on: in the end each shows all of it, and it is exact."""

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from benchmarks.page_server import serving
from events.__main__ import app
from events.dashboard.desk.desk_file import DeskFile
from events.store import Store
from tests.browser.conftest import LOCALE, PATIENCE, ROOT

STORIES, THERE = 48, 6  # all, and those that the store has before anybody looks
BROWSERS = 3
PLACES = ("Turku", "Muscat", "Odesa", "Lima", "Izmir", "Hobart", "Recife")
TOLD = (
    "A fire destroyed a warehouse in {place} on {day}, killing {n} people.",
    "Police arrested {n} people at a protest in {place} on {day}.",
    "Floods hit {place} on {day}. At least {n} houses were damaged, officials said.",
)
REST = "Schools stay closed, the council said, and a crew of {n} was on its way to the harbour. Nobody knew why. " * 12


def stories():
    """Stories of three outlets; each happening is told twice, half the file apart, so that reports are joined on the way."""
    for number in range(STORIES):
        happening = number % (STORIES // 2)
        day = date(2025, 3, 1) + timedelta(days=happening)
        told = {"place": PLACES[happening % len(PLACES)], "day": f"{day.day} March", "n": 3 + happening}
        text = f"{TOLD[happening % len(TOLD)]}\n\n{REST}So said outlet {number % 3}.".format(**told)
        yield {"id": f"s{number}", "title": f"Report {number}", "text": text, "source": f"Outlet {number % 3}",
               "published": (day + timedelta(days=1)).isoformat()}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    """Two files of stories: those that are there before, and all."""
    rows = [json.dumps(story) + "\n" for story in stories()]
    before, everything = tmp_path / "before.jsonl", tmp_path / "all.jsonl"
    before.write_text("".join(rows[:THERE]))
    everything.write_text("".join(rows))
    return before, everything


def command(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output


@contextmanager
def filling(told, store):
    """`python -m events ingest --dask local:2`, as its users start it."""
    words = ["ingest", str(told), "--light", "--dask", "local:2", "--store", store]
    program = subprocess.Popen([sys.executable, "-m", "events", *words], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        yield program
    finally:
        program.terminate()
        program.communicate()


@contextmanager
def looking_on(chromium, address, said):
    """Pages of three browsers, each with a profile of its own, once they say so much."""
    contexts = [chromium.new_context(locale=LOCALE) for _ in range(BROWSERS)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(address)
    for page in pages:
        expect(page.locator(".say h1")).to_contain_text(said, timeout=PATIENCE)
    yield pages
    for context in contexts:
        context.close()


def bring_up_to_date(page, count):
    """Press the line that says what is new, as long as there is one, until the headline says so many events."""
    shown = page.locator(".say h1", has_text=re.compile(rf"^{count} events[,\s]"))
    more = page.locator(".st-key-show_news button")
    for _ in range(5):
        expect(shown.or_(more).first).to_be_visible(timeout=PATIENCE)
        if shown.count():
            break
        more.click()
        expect(more).to_have_count(0, timeout=PATIENCE)
    expect(shown).to_have_count(1, timeout=PATIENCE)


def exported(store, path):
    command("export", "--store", store, "--format", "jsonl", "-o", path)
    return sorted(path.read_bytes().splitlines())


def test_a_store_filled_by_two_workers_while_three_browsers_look_on_ends_exact(
    store_url, files, chromium, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))  # there is the desk of a store on a server
    alone = f"sqlite:///{tmp_path / 'alone.sqlite'}"
    for told in files:
        command("ingest", told, "--light", "--store", alone)
    command("ingest", files[0], "--light", "--store", store_url)
    store = Store.open(store_url)
    DeskFile.beside(store).put_hints_away("")
    with (
        serving(store_url) as (address, _),
        looking_on(chromium, address, f"{store.event_count()} events") as pages,
    ):
        with filling(files[1], store_url) as program:
            pages[0].locator(".st-key-show_news button").click(timeout=PATIENCE)
            assert f"{STORIES - THERE} stories taken in" in program.communicate(timeout=60)[1]
        for page in pages:
            bring_up_to_date(page, store.event_count())
    store.close()
    command("check", "--store", store_url)
    assert exported(store_url, tmp_path / "watched.jsonl") == exported(alone, tmp_path / "alone.jsonl")
