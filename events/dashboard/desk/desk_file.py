"""What people keep of their desk: views under a name, when they were last here, and which hints they have seen.

For the page. One JSON file beside the store ("news.desk.json" beside "news.sqlite"): a view names regions, outlets and
days of that store's events, so it belongs with them, goes along when the folder is copied, and is shared by all who
use the same page; a store on a server has one of its own in the user's data folder. It is not in the store itself, which keeps
what the news say and what people said of it. Nothing else is remembered of anybody, and no cookie is set.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

import platformdirs

from events.model import StoreError
from events.store import Store
from events.view.filtering import Mark

Params = dict[str, list[str]]
NEXT_VISIT = timedelta(minutes=30)  # without a sign of life, after which somebody comes back as to a new visit
NOTED_EVERY = timedelta(minutes=1)
LONGEST_NAME = 80
MOST_VIEWS = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A viewer's last visit before this one: how far the store had come then, and when it ended (UTC)."""

    mark: Mark
    ended: datetime


class DeskFile:
    """The file. It may be lost, broken or read-only: then nothing is remembered, and the page works all the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    @classmethod
    def beside(cls, store: Store) -> DeskFile:
        """The file that belongs to a store."""
        try:
            return cls(store.file().with_suffix(".desk.json"))
        except StoreError:
            name = hashlib.sha256(store.identity().encode()).hexdigest()[:20]
            return cls(platformdirs.user_data_path("dateline") / "desks" / f"{name}.json")

    # ------------------------------------------------------------------ saved views

    def views(self) -> dict[str, Params]:
        """The saved views by name, as parameters of an address, in the order of the alphabet."""
        saved = self._read()["views"]
        return {name: _params(saved[name]) for name in sorted(saved, key=str.casefold)}

    def save(self, name: str, params: Mapping[str, list[str]]) -> str:
        """Keep a view under a name, in place of the one that has it. Returns the name as it is kept.

        Raises ValueError for an empty name, or where there are as many as 200 already.
        """
        kept = _name(name)

        def change(content: dict[str, Any]) -> None:
            views = content["views"]
            if kept not in views and len(views) >= MOST_VIEWS:
                raise ValueError(f"There are {MOST_VIEWS} saved views. Delete one first.")
            views[kept] = dict(params)

        self._change(change)
        return kept

    def rename(self, old: str, new: str) -> str:
        """Give a view another name. Raises ValueError where that is empty or another view has it."""
        kept = _name(new)

        def change(content: dict[str, Any]) -> None:
            views = content["views"]
            if kept != old and kept in views:
                raise ValueError(f"Another view is called “{kept}”.")
            if old in views:
                views[kept] = views.pop(old)

        self._change(change)
        return kept

    def delete(self, name: str) -> None:
        """Forget a view."""
        self._change(lambda content: content["views"].pop(name, None))

    # ------------------------------------------------------------------ visits and hints

    def visit(self, viewer: str, now: datetime, mark: Mark) -> Visit | None:
        """Note that a viewer is here. Returns their visit before this one; None for whoever comes for the first time.

        viewer: a name, "" for the one person at this machine. now: UTC. mark: how far the store has come.
        """
        known = _mapping(self._read()["visits"].get(viewer))
        seen, at = _mark(known.get("seen")), _moment(known.get("at"))
        before = (_mark(known.get("before")), _moment(known.get("before_at")))
        if seen is not None and at is not None and now - at > NEXT_VISIT:
            before = (seen, at)
        if seen != mark or at is None or now - at > NOTED_EVERY:
            self._note(viewer, now, mark, *before)
        return Visit(before[0], before[1]) if before[0] is not None and before[1] is not None else None

    def has_seen_hints(self, viewer: str) -> bool:
        """Whether a viewer has put the hints away."""
        return viewer in self._read()["hints"]

    def put_hints_away(self, viewer: str) -> None:
        """Show a viewer no hints any more."""
        self._change(lambda content: content.update(hints=sorted({*content["hints"], viewer})))

    # ------------------------------------------------------------------ the file

    def _note(self, viewer: str, now: datetime, mark: Mark, before: Mark | None, before_at: datetime | None) -> None:
        row: dict[str, Any] = {"at": now.isoformat(timespec="seconds"), "seen": list(mark)}
        if before is not None and before_at is not None:
            row |= {"before": list(before), "before_at": before_at.isoformat(timespec="seconds")}
        self._change(lambda content: content["visits"].update({viewer: row}))

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            content = None
        known = _mapping(content)
        sections = {name: _mapping(known.get(name)) for name in ("views", "visits")}
        return {**sections, "hints": _texts(known.get("hints"))}

    def _change(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Read, change and replace the file as one step. A file that can't be written is left as it is."""
        with self._lock:
            content = self._read()
            change(content)
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with tempfile.NamedTemporaryFile("w", dir=self.path.parent, delete=False, encoding="utf-8") as new:
                    json.dump(content, new, ensure_ascii=False, indent=1)
                Path(new.name).replace(self.path)
            except OSError:
                return


def _name(text: str) -> str:
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        raise ValueError("A view needs a name.")
    return name


def _mapping(value: Any) -> dict[str, Any]:
    return {key: each for key, each in value.items() if isinstance(key, str)} if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _params(value: Any) -> Params:
    return {name: _texts(values) for name, values in _mapping(value).items()}


def _mark(value: Any) -> Mark | None:
    numbers = isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)
    return Mark(*value) if numbers else None


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
