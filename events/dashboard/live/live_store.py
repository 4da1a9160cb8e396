"""The store as a session changes it: who adds or corrects something sees it at once, whatever else came in meanwhile.

For the page. Other sessions go on looking at what they saw, until they ask for what is new (events.dashboard.live.live).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from events.corrections.values import Correction
from events.dashboard.access.guarded_store import WAY, GuardedStore
from events.model import Event, Story
from events.preparing import Prepared
from events.store.changes.audit import UNNAMED

HELD = "held"  # of the session: what it looks at


def look_at_newest() -> None:
    """Let this session look at the newest at its next run."""
    st.session_state.pop(HELD, None)


class LiveStore(GuardedStore):
    """The page's store, which notes that a session wrote."""

    def add(
        self, story: Story, events: Sequence[Event], *, who: str = UNNAMED, way: str = WAY, made: Prepared | None = None
    ) -> bool:
        """Take in a story."""
        added = super().add(story, events, who=who, way=way, made=made)
        look_at_newest()
        return added

    def replace_events(self, story: Story, events: Sequence[Event], who: str = UNNAMED) -> bool:
        """Put other events in place of a story's."""
        replaced = super().replace_events(story, events, who)
        look_at_newest()
        return replaced

    def correct(self, correction: Correction, *, seen: int | None = None) -> int:
        """Take down what was said of what this session looks at.

        Raises ConflictError where somebody else changed that meanwhile; the session then goes on with what is there now.
        """
        held = st.session_state.get(HELD)
        try:
            return super().correct(correction, seen=held.mark.change if held and seen is None else seen)
        finally:
            look_at_newest()

    def undo(self, correction_id: int, who: str, why: str = "") -> None:
        """Take a correction back."""
        super().undo(correction_id, who, why)
        look_at_newest()
