"""Adding stories: paste or drop them, see what was read and what would be kept, then keep it or not.

For the page. Reading and extracting change nothing; only "Keep" writes into the store. What could not be read is
listed with file, line and reason, and the rest is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from time import monotonic

import streamlit as st

from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.desk.choosing import show_news_dates
from events.dashboard.desk.url_state import EARLIEST, LATEST
from events.dashboard.labels import plain_label
from events.dashboard.stories.intake import (
    Found,
    Progress,
    account,
    extract,
    keep,
    kept,
    name_of,
    read_input,
    summary,
    with_day,
)
from events.dashboard.stories.story_header import BASIS
from events.look import locale, wording
from events.look.marks import mark_uri
from events.look.theme import Theme
from events.model import DatelineError, Event, Story
from events.reading import Result, joined, read_path
from events.view import EventTable

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
KINDS = (
    "Text (txt, md), web pages (html, htm, mhtml), feeds (rss, atom, xml), tables (csv, tsv, xlsx), JSON (json, jsonl), "
    "PDF, Word (docx), e-mails (eml), and archives of these (zip, gz)"
)
LONG_STORY = 2_000  # words: it takes a while to read
MOST_SHOWN = 12  # events of one story in the preview
MOST_STORIES = 25  # of the preview
MOST_PASSED_OVER = 40  # files and stories of the account
MOST_REASONS = 8  # of one file
MOST_NOTES = 12
JUST_KEPT = "just_kept"  # of the session: what was kept last, and when
NEWS_FOR = 10.0  # seconds, for which the page says so


@st.dialog("Add stories", width="medium", on_dismiss="rerun")  # or what is being read would be read to its end
def add_stories(theme: Theme) -> None:
    """Open the dialog: first the input, then the preview of what it gives."""
    locale.use(st.context.locale)  # a dialog runs by itself, in a thread of its own
    found: Found | None = st.session_state.get("found")
    if found is None:
        _ask()
    else:
        _preview(found, theme)


def forget_preview() -> None:
    """Begin anew: what was read and not kept is dropped."""
    st.session_state.found = None


def just_kept() -> str:
    """What the last "Keep" kept, for as long as that is news; else ""."""
    said, since = st.session_state.get(JUST_KEPT) or ("", 0.0)
    return said if monotonic() - since < NEWS_FOR else ""


def load_samples() -> None:
    """Take in the sample stories, for a newcomer's first look."""
    signing_in.require_change()
    paths = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    keep(_extracted(joined((path.name, read_path(path)) for path in paths)), loading.store())
    show_news_dates()


def preview_html(story: Story, table: EventTable, events: Sequence[Event], theme: Theme, note: str = "") -> str:
    """A story that was read: its headline, its date and how that is known, and the events found in it."""
    basis = BASIS.get(story.published_basis or "", "")
    day = wording.days(story.published, story.published) if story.published else "date unknown"
    found = wording.plural(len(events), "event") if events else "no event"
    facts = f"{escape(day)}{f' ({basis})' if basis else ''} · <b>{found}</b>{f' · {escape(note)}' if note else ''}"
    rows = "".join(
        f'<li><img alt="{event.status}" src="{mark_uri(event.status, theme.families[event.family], theme)}">'
        f"<span>{escape(wording.when_in_short(event.when))}</span>"
        f"<div>{escape(event.what)}<span> · {escape(_place(event, table))}{_told(event)}</span></div></li>"
        for event in events[:MOST_SHOWN]
    )
    rest = len(events) - MOST_SHOWN
    more = f'<p class="small">and {rest} more</p>' if rest > 0 else ""
    title = f'<h4 aria-level="3">{escape(name_of(story))}</h4>'
    return f'<div class="found">{title}<div class="small">{facts}</div><ol>{rows}</ol>{more}</div>'


def account_html(found: Found) -> str:
    """What was passed over and why, by file and line; "" where nothing was."""
    rows = account(found)
    if not rows:
        return ""
    shown = "".join(
        f"<li><b>{escape(name)}</b>{''.join(f'<span>{escape(reason)}</span>' for reason in reasons[:MOST_REASONS])}"
        f"{_rest(len(reasons) - MOST_REASONS)}</li>"
        for name, reasons in rows[:MOST_PASSED_OVER]
    )
    more = f"<li>and {locale.number(len(rows) - MOST_PASSED_OVER)} more</li>" if len(rows) > MOST_PASSED_OVER else ""
    return f'<div class="trouble" role="status"><b>Passed over</b><ul class="account">{shown}{more}</ul></div>'


def notes_html(found: Found) -> str:
    """How the input was understood where that was guessed, by file and member of an archive; "" where nothing was."""
    shown = "".join(
        f"<li><b>{escape(note.file)}</b><span>{escape(note.said)}</span></li>" for note in found.notes[:MOST_NOTES]
    )
    rest = len(found.notes) - MOST_NOTES
    more = f"<li>and {locale.number(rest)} more</li>" if rest > 0 else ""
    return (
        f'<div class="notes" role="note"><b>As understood</b><ul class="account">{shown}{more}</ul></div>'
        if shown
        else ""
    )


def _rest(count: int) -> str:
    return f"<span>and {wording.plural(count, 'more line')}</span>" if count > 0 else ""


def _told(event: Event) -> str:
    return "" if event.status == "occurred" else f" · {event.status}"


def _place(event: Event, table: EventTable) -> str:
    return wording.place_name(event.place, table.country_name(event.place.country) if event.place else "")


def _extracted(read: Result) -> Found:
    """Extract with a progress bar that names the story."""
    with st.spinner("Waking the reader"):
        extractor = loading.extractor()
    with _told_of_each() as told:
        return extract(read, extractor, loading.store(), told)


@contextmanager
def _told_of_each() -> Iterator[Progress]:
    """A progress bar that names each story before it is read, and how to stop."""
    bar, how_to_stop = st.progress(0.0, "Finding events"), st.empty()
    how_to_stop.html('<p class="small">To stop, close this window: nothing is kept.</p>')

    def told(number: int, of: int, story: Story) -> None:
        bar.progress((number - 1) / of, reading_now(number, of, story))

    yield told
    bar.empty()
    how_to_stop.empty()


def reading_now(number: int, of: int, story: Story) -> str:
    """Which of how many stories is being read, as a label; of a long one how long it is.

    >>> reading_now(1, 1, Story(id="1", title="Rain", text="It rained on. " * 1_000))
    'Finding events in 1 of 1 story, a long one of 3,000 words: Rain'
    """
    words = len(story.text.split())
    long = f", a long one of {locale.number(words)} words" if words >= LONG_STORY else ""
    where = f"{locale.number(number)} of {wording.plural(of, 'story', 'stories')}"
    return f"Finding events in {where}{long}: {plain_label(name_of(story))}"


def _ask() -> None:
    text = st.text_area("Paste one or several stories", height=200, key="pasted", placeholder="Headline, date, text …")
    files = st.file_uploader(
        "Or drop files", accept_multiple_files=True, key="dropped",
        help=f"{KINDS}. What a file holds is told by its content. What can't be read is named with the reason.",
    )  # fmt: skip
    address = st.text_input(
        "Or a web address", key="address_to_fetch", placeholder="https://…",
        help="The server fetches it: public addresses only, without cookies, and no more than half a minute.",
    )  # fmt: skip
    published = st.date_input(
        "Published", None, EARLIEST, LATEST, key="published_by_hand", format=locale.date_input(), width=240,
        help="Leave empty to take the date from the story, or to have it inferred from what the story says.",
    )  # fmt: skip
    if published:
        said = f"Every story here is taken to be of {wording.days(published, published)}, whatever it says itself."
        st.html(f'<p class="small">{escape(said)}</p>')
    with st.container(key="ask_acts", horizontal=True, gap=18, vertical_alignment="center"):
        # Never disabled: a paste reaches Python only when the pointer leaves it for this button.
        pressed = st.button("Read", type="primary", key="read_input")
        if st.button("Or watch feeds", icon=":material/rss_feed:", type="tertiary", key="to_feeds"):
            st.session_state.room = "feeds"
            st.rerun()
    if not pressed:
        return
    if not (text.strip() or files or address.strip()):
        st.html('<div class="trouble" role="alert">Paste a story, drop a file or name a web address first.</div>')
        return
    try:
        signing_in.require_change()
        with st.spinner("Reading"):
            read = read_input(text, files, published, address)
        st.session_state.found = _extracted(read)
    except DatelineError as error:
        st.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')
        return
    st.rerun(scope="fragment")


def _preview(found: Found, theme: Theme) -> None:
    st.html(f'<div class="empty kept"><p>{escape(summary(found))} Nothing is kept yet.</p></div>')
    table = loading.table()
    left_out = set()
    for number, (story, events) in enumerate(found.news[:MOST_STORIES], 1):
        note = "replaces the version in the store" if story.id in found.versions else ""
        with st.container(key=f"read_{number}", horizontal=True, gap=8):
            label = f"Keep {plain_label(name_of(story))}"
            if not st.checkbox(label, True, key=f"keep_{story.id}", label_visibility="collapsed"):
                left_out.add(story.id)
            st.html(preview_html(story, table, events, theme, note))
    if len(found.news) > MOST_STORIES:
        st.html(
            f'<p class="small">and {locale.number(len(found.news) - MOST_STORIES)} stories more, not shown here</p>'
        )
    _ask_day(found)
    if noted := notes_html(found):
        st.html(noted)
    if passed := account_html(found):
        st.html(passed)
    _decide(found, left_out)


def _ask_day(found: Found) -> None:
    """Ask for the day of the stories whose date nobody knows, and read their events anew by it."""
    unknown = [story.id for story, _ in found.news if story.published is None]
    if not unknown:
        return
    whose = "this story" if len(found.news) == 1 else wording.plural(len(unknown), "story", "stories")
    day = st.date_input(
        f"Published: the date of {whose} is unknown", None, EARLIEST, LATEST, key=f"published_{unknown[0]}",
        format=locale.date_input(), width=300,
        help="Without it “Monday” or “yesterday” can’t be dated. Leave empty if you don’t know it either.",
    )  # fmt: skip
    if day:
        with _told_of_each() as told:
            st.session_state.found = with_day(found, day, loading.extractor(), loading.store(), told)
        st.rerun(scope="fragment")


def _decide(found: Found, left_out: set[str]) -> None:
    """Keep what is ticked, or begin anew."""
    count = len(found.news) - len(left_out)
    with st.container(key="decide", horizontal=True, gap=8):
        if found.news:
            label = f"Keep {wording.plural(count, 'story', 'stories')}" if count else "Keep nothing"
            pressed = st.button(label, type="primary", key="keep", disabled=not count)
        else:
            pressed = False
        if st.button("Read something else", key="again"):
            forget_preview()
            st.rerun(scope="fragment")
    if not pressed:
        return
    try:
        keep(found, loading.store(), left_out)
        st.session_state[JUST_KEPT] = kept(found, left_out), monotonic()
    except DatelineError as error:
        st.html(f'<div class="trouble" role="alert">{escape(str(error))}</div>')
        return
    forget_preview()
    st.rerun()
