"""Adding stories: paste or drop them, see what was read and what would be kept, then keep it or not.

For the page. Reading and extracting change nothing; only "Keep" writes into the store. What could not be read is
listed with the reason, and the rest is read all the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Protocol

import streamlit as st

from events.dashboard import loading
from events.dashboard.session import show_news_dates
from events.dashboard.story import BASIS
from events.look import wording
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import Event, Story
from events.reading import Problem, read_path, read_text
from events.view import EventTable

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KINDS_OF_FILE = ["txt", "text", "md", "json", "jsonl", "ndjson"]
MOST_SHOWN = 12  # events of one story in the preview
MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of the input: stories that are new with their events, how many were known, and what was wrong."""

    news: tuple[tuple[Story, tuple[Event, ...]], ...]
    known: int
    problems: tuple[Problem, ...]


class File(Protocol):
    """An uploaded file."""

    name: str

    def getvalue(self) -> bytes:
        """Its content."""


@st.dialog("Add stories", width="medium")
def add_stories(theme: Theme) -> None:
    """Open the dialog: first the input, then the preview of what it gives."""
    found: Found | None = st.session_state.get("found")
    if found is None:
        _ask()
    else:
        _preview(found, theme)


def forget_preview() -> None:
    """Begin anew: what was read and not kept is dropped."""
    st.session_state.found = None


def keep(found: Found) -> int:
    """Store the new stories with their events. Returns how many were taken in. Raises StoreError."""
    store = loading.store()
    return sum(store.add(story, events) for story, events in found.news)


def load_samples() -> None:
    """Take in the sample stories, for a newcomer's first look."""
    paths = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    results = [read_path(path) for path in paths]
    stories = [story for result in results for story in result.stories]
    keep(extract(stories, [problem for result in results for problem in result.problems]))
    show_news_dates()


def read_input(text: str, files: Iterable[File], published: date | None) -> tuple[list[Story], list[Problem]]:
    """Read pasted text and uploaded files. published: the day that outranks what the stories say."""
    results = [read_text(text, "pasted text", published)] if text.strip() else []
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(files):
            path = Path(folder) / str(number) / Path(file.name).name
            path.parent.mkdir()
            path.write_bytes(file.getvalue())
            results.append(read_path(path))
    stories = [story for result in results for story in result.stories]
    problems = [Problem(Path(p.file).name, p.line, p.reason) for result in results for p in result.problems]
    if published:
        dated = {"published": published, "published_basis": "by hand"}
        stories = [story.model_copy(update=dated) for story in stories]
    return stories, problems


def extract(stories: Sequence[Story], problems: Sequence[Problem]) -> Found:
    """Extract the events of the stories that the store does not have yet, with a progress bar."""
    store = loading.store()
    with st.spinner("Waking the reader"):
        extractor = loading.extractor()
    news: list[tuple[Story, tuple[Event, ...]]] = []
    wrong, fresh = list(problems), [story for story in stories if not store.has(story.id)]
    bar = st.progress(0.0, f"Finding events in {wording.plural(len(fresh), 'story', 'stories')}")
    for number, story in enumerate(fresh, 1):
        try:
            analysis = extractor.read(story)
            news.append((analysis.story, tuple(extractor.events_of(analysis))))
        except Exception as error:  # one story that breaks the extractor holds up no other
            wrong.append(Problem(story.title or story.id, None, f"{type(error).__name__}: {error}"))
        bar.progress(number / len(fresh), f"Finding events: {number} of {len(fresh)} stories")
    bar.empty()
    return Found(tuple(news), len(stories) - len(fresh), tuple(wrong))


def preview_html(story: Story, table: EventTable, events: Sequence[Event], theme: Theme) -> str:
    """A story that was read: its headline, its date and how that is known, and the events found in it."""
    basis = BASIS.get(story.published_basis or "", "")
    day = wording.days(story.published, story.published) if story.published else "date unknown"
    title = story.title or story.text.strip().splitlines()[0][:90]
    facts = f"{escape(day)}{f' ({basis})' if basis else ''} · <b>{wording.plural(len(events), 'event')}</b>"
    rows = "".join(
        f'<li><img alt="{event.status}" src="{mark_uri(event.status, theme.families[event.family], theme)}">'
        f"<span>{escape(wording.when_in_short(event.when))}</span>"
        f"<div>{escape(event.what)}<span> · {escape(_place(event, table))}{_told(event)}</span></div></li>"
        for event in events[:MOST_SHOWN]
    )
    rest = len(events) - MOST_SHOWN
    more = f'<p class="small">and {rest} more</p>' if rest > 0 else ""
    return f'<div class="found"><h4>{escape(title)}</h4><div class="small">{facts}</div><ol>{rows}</ol>{more}</div>'


def problem_line(problem: Problem) -> str:
    """What was passed over and why, as the command line says it.

    >>> problem_line(Problem("news.jsonl", 2, "is no JSON")), problem_line(Problem("news.txt", None, "is empty"))
    ('news.jsonl, line 2: is no JSON', 'news.txt: is empty')
    """
    at = f", line {problem.line}" if problem.line else ""
    return f"{problem.file}{at}: {problem.reason}"


def _told(event: Event) -> str:
    return "" if event.status == "occurred" else f" · {event.status}"


def _place(event: Event, table: EventTable) -> str:
    return wording.place_name(event.place, table.country_name(event.place.country) if event.place else "")


def _ask() -> None:
    text = st.text_area("Paste one or several stories", height=220, key="pasted", placeholder="Headline, date, text …")
    files = st.file_uploader("Or drop files", KINDS_OF_FILE, accept_multiple_files=True, key="dropped")
    published = st.date_input(
        "Published", None, key="published_by_hand", format="YYYY-MM-DD", width=240,
        help="Leave empty to take the date from the story, or to have it inferred from what the story says.",
    )  # fmt: skip
    ready = bool(text.strip() or files)
    if published:
        said = f"Every story here is taken to be of {wording.days(published, published)}, whatever it says itself."
        st.html(f'<p class="small">{escape(said)}</p>')
    if st.button("Read", type="primary", key="read_input", disabled=not ready):
        with st.spinner("Reading"):
            stories, problems = read_input(text, files, published)
        st.session_state.found = extract(stories, problems)
        st.rerun(scope="fragment")


def _preview(found: Found, theme: Theme) -> None:
    events = sum(len(events) for _, events in found.news)
    known = f", {wording.plural(found.known, 'story', 'stories')} known already" if found.known else ""
    said = (
        f"{wording.plural(len(found.news), 'new story', 'new stories')} with {wording.plural(events, 'event')}{known}."
    )
    st.html(f'<div class="empty" style="padding-top:0"><p>{escape(said)}</p></div>')
    if found.problems:
        lines = "".join(f"<li>{escape(problem_line(problem))}</li>" for problem in found.problems[:MOST_PROBLEMS])
        rest = len(found.problems) - MOST_PROBLEMS
        more = f"<li>and {rest:,} more</li>" if rest > 0 else ""
        st.html(f'<div class="trouble"><b>Passed over</b><ul>{lines}{more}</ul></div>')
    table = loading.table()
    for story, story_events in found.news:
        st.html(preview_html(story, table, story_events, theme))
    with st.container(horizontal=True, gap=8):
        if found.news and st.button(
            f"Keep {wording.plural(len(found.news), 'story', 'stories')}", type="primary", key="keep"
        ):
            keep(found)
            forget_preview()
            st.rerun()
        if st.button("Read something else", key="again"):
            forget_preview()
            st.rerun(scope="fragment")
