"""All that people said of events, newest first, each with its undo; and the gold standard that it makes.

For the story view.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

import streamlit as st

from events.corrections import Recorded
from events.corrections.gold import gold_story, is_gold
from events.dashboard import loading
from events.dashboard.access import signing_in
from events.dashboard.access.audit_trail import audit_trail
from events.dashboard.reviewing.reasons import said
from events.dashboard.reviewing.signing import take_back
from events.look import locale, wording
from events.store import Store

MOST_SHOWN = 60


@st.dialog("What people said", width="medium", on_dismiss="rerun")
def history() -> None:
    """Open the list of corrections."""
    locale.use(st.context.locale)  # a dialog runs by itself, in a thread of its own
    rows = loading.store().corrections()
    audit_trail(loading.store())
    if not rows:
        st.html('<div class="empty"><p>Nobody has accepted or corrected an event yet.</p></div>')
        return
    standing = sum(1 for row in rows if row.undone is None)
    st.html(f'<p class="small">{escape(counted(len(rows), standing))}</p>')
    _gold(rows)
    for row in rows[:MOST_SHOWN]:
        _row(row)
    if len(rows) > MOST_SHOWN:
        st.html(f'<p class="small">and {locale.number(len(rows) - MOST_SHOWN)} older ones</p>')


def counted(all_of_them: int, standing: int) -> str:
    """How much was said, and how much of it stands.

    >>> counted(3, 2), counted(1, 1)
    ('3 corrections, 1 of them taken back.', '1 correction.')
    """
    undone = all_of_them - standing
    back = f", {locale.number(undone)} of them taken back" if undone else ""
    return f"{wording.plural(all_of_them, 'correction')}{back}."


def gold_lines(rows: Sequence[Recorded], store: Store) -> tuple[list[str], int]:
    """The stories of which every event was looked at, as lines of gold; and how many were looked at in part."""
    touched = {report.story_id for row in rows if not row.undone for report in row.correction.reports}
    lines, half = [], 0
    for story_id in sorted(touched):
        story, events = store.story(story_id), store.events_of(story_id)
        if story is not None and is_gold(events):
            lines.append(json.dumps(gold_story(story, events), ensure_ascii=False))
        else:
            half += 1
    return lines, half


def _gold(rows: Sequence[Recorded]) -> None:
    lines, half = gold_lines(rows, loading.store())
    said_of = wording.plural(len(lines), "story", "stories") if lines else "No story"
    part = f" {locale.number(half)} more {'is' if half == 1 else 'are'} looked at in part." if half else ""
    with st.container(key="gold", horizontal=True, gap=12, vertical_alignment="center"):
        st.download_button(
            "Export gold", "\n".join([*lines, ""]), "gold.jsonl", "application/x-ndjson", key="export_gold",
            icon=":material/download:", disabled=not lines, on_click="ignore",
        )  # fmt: skip
        st.html(
            f'<p class="small">{said_of} of which every event was looked at, in the form that the scorers read: measure '
            f"the extractor on your own news.{part}</p>"
        )


def _row(row: Recorded) -> None:
    correction = row.correction
    with st.container(key=f"said_{correction.id}", horizontal=True, gap=8, vertical_alignment="center"):
        st.html(row_html(row))
        if row.undone is None and signing_in.may_change():
            st.button(
                "Undo", key=f"undo_{correction.id}", icon=":material/undo:", type="tertiary",
                help=f"Correction {correction.id}", on_click=take_back, args=(correction.id,),
            )  # fmt: skip


def row_html(row: Recorded) -> str:
    """A correction as a line: of what, what was said, whether it stands."""
    correction = row.correction
    line = said(correction.change.kind, correction.who, correction.at, correction.why)
    state = ""
    if row.undone:
        state = f"Taken back by {row.undone.who}, {wording.day(row.undone.at.date(), year=True)}"
    elif not row.held:
        state = "Holds nowhere today: its sentence is no longer in the story"
    about = "" if not state else f"<br>{escape(state)}"
    gone = " gone" if row.undone else ""
    return f'<div class="said{gone}"><b>{escape(correction.reports[0].what)}</b><br>{escape(line)}{about}</div>'
