"""The store as the page has it: every change asks first whether who is at the page may make it, and stands under their name.

For the page. What the page hides from viewers is refused here too, whatever way leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.corrections.values import Correction
from events.dashboard.access.signing_in import require_change, signed_name
from events.model import Event, Story
from events.preparing import Prepared
from events.store import Store
from events.store.changes.audit import UNNAMED

WAY = "page"


class GuardedStore(Store):
    """A store that editors change, and nobody else. What it raises besides StoreError is a NotAllowed, which is one."""

    def add(
        self, story: Story, events: Sequence[Event], *, who: str = UNNAMED, way: str = WAY, made: Prepared | None = None
    ) -> bool:
        """Take in a story, in the name of who is at the page."""
        require_change()
        return super().add(story, events, who=signed_name() or who, way=way, made=made)

    def replace_events(self, story: Story, events: Sequence[Event], who: str = UNNAMED) -> bool:
        """Put other events in place of a story's, in the name of who is at the page."""
        require_change()
        return super().replace_events(story, events, signed_name() or who)

    def correct(self, correction: Correction, *, seen: int | None = None) -> int:
        """Take down what was said, under the name of who is signed in, whatever name it brings."""
        require_change()
        name = signed_name()
        return super().correct(correction.model_copy(update={"who": name}) if name else correction, seen=seen)

    def undo(self, correction_id: int, who: str, why: str = "") -> None:
        """Take a correction back, in the name of who is at the page."""
        require_change()
        super().undo(correction_id, signed_name() or who, why)
