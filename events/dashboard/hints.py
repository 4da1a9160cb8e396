"""The first-run tour: three hints, one after the other, put away for good in one click.

For the page. A hint stands in a corner and outlines what it speaks of; nothing is covered that one needs, and nothing
has to be done.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from events.dashboard.desk.visitor import hints_wanted, put_hints_away

HINTS = (
    (
        "This side narrows down, and is the legend",
        "Each choice says how many events it would give. What you chose stands over the map; the address keeps it all.",
        '[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"]',
    ),
    (
        "A mark says how sure, its ground how precise",
        "Filled is told as fact, dashed is planned, a diamond is a claim. A mark on a stem is a place; one without is an area.",
        ".st-key-map",
    ),
    (
        "Behind every mark stands a sentence",
        "Open an event to see the words that gave its place and date. What is wrong you correct once, and it lasts.",
        ".st-key-list, .st-key-table",
    ),
)


def hints() -> None:
    """Write the hint that is due, if any."""
    if not hints_wanted():
        return
    state = st.session_state
    number = min(state.get("hint", 0), len(HINTS) - 1)
    title, text, about = HINTS[number]
    with st.container(key="hint", gap=6):
        offset = 1 if number else -2  # the rail has no room outside, the map's frame would cover a line within
        st.html(f"<style>:is({about}){{outline:2px solid var(--ink);outline-offset:{offset}px}}</style>")
        st.html(
            f'<section aria-label="Hint {number + 1} of {len(HINTS)}"><p class="kicker">{number + 1} of {len(HINTS)}</p>'
            f"<h2>{escape(title)}</h2><p>{escape(text)}</p></section>"
        )
        with st.container(key="hint_acts", horizontal=True, gap=12):
            if number + 1 < len(HINTS):
                st.button("Next hint", key="hint_next", on_click=_turn, args=(number + 1,))
            st.button(
                "No more hints" if number + 1 < len(HINTS) else "Done", key="hint_away", type="tertiary",
                on_click=put_hints_away,
            )  # fmt: skip


def _turn(number: int) -> None:
    st.session_state.hint = number
