"""A viewer's own layers: taken in by upload, ticked on and off, drawn beneath the events, gone with the session.

For the rail and the map's route. The map gets a key that no one can guess and asks for the shapes once; they are numbers,
and no word of a file ever reaches it. A layer's name is shown here alone, as text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Protocol
from weakref import WeakValueDictionary

import streamlit as st

from events.dashboard.labels import plain_label
from events.look import wording
from events.reading.overlays import Overlay, OverlayError, read_overlays

SHEET = Path(__file__).with_name("overlays.css")
MOST_HELD = 8  # layers of one session
STYLES = ("solid", "dashed", "dotted", "dash-dotted")  # of their lines, as static/dateline-overlays.js draws them
MEGABYTES = 20

# What sessions hold, by key: a session that ends takes its layers with it.
_HELD: WeakValueDictionary[str, Overlay] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Laid:
    """A layer that a session holds: whether it is drawn, and the number of its line's style."""

    key: str
    overlay: Overlay
    style: int
    on: bool = True


class File(Protocol):
    """An uploaded file."""

    name: str

    def getvalue(self) -> bytes:
        """Its content."""


def overlays_fold() -> None:
    """Write the rail's fold with the layers at hand and the place to drop others."""
    laid = _laid()
    fold = st.expander("Layers of your own", key="overlays_fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.html(SHEET)
        for one in laid:
            _row(one)
        if trouble := st.session_state.get("overlay_trouble"):
            st.html(f'<div class="trouble" role="alert">{"<br>".join(map(escape, trouble))}</div>')
        st.file_uploader(
            "GeoJSON or GeoPackage", ["geojson", "json", "gpkg"], accept_multiple_files=True, key=_upload_key(),
            on_change=_take_uploads, max_upload_size=MEGABYTES,
            help="Drawn beneath the events, for you alone, until you close the page. Nothing of it is kept.",
        )  # fmt: skip


def ticked() -> list[tuple[str, int]]:
    """What the map draws: the keys of the layers that are on, from below, with the numbers of their styles."""
    return [(one.key, one.style) for one in _laid() if one.on]


def shapes_of(key: str) -> dict[str, Any] | None:
    """A layer's shapes for the map, as rows of [longitude, latitude]; None for a key that no session holds."""
    overlay = _HELD.get(key)
    return {"points": overlay.points, "lines": overlay.lines, "areas": overlay.areas} if overlay else None


def take_in(
    laid: Sequence[Laid], files: Sequence[File], read: Callable[[bytes, str], Sequence[Overlay]] = read_overlays
) -> tuple[list[Laid], list[str]]:
    """The layers with those of some files on top, and what is wrong with the files that gave none, a line each."""
    found, wrong = list(laid), []
    for file in files:
        name = file.name.replace("\\", "/").rpartition("/")[2][:80]
        try:
            fresh = read(file.getvalue(), name)
        except OverlayError as error:
            wrong.append(f"{name}: {error}")
            continue
        if len(found) + len(fresh) > MOST_HELD:
            wrong.append(f"{name}: no more than {MOST_HELD} layers can be held. Take one away first.")
            continue
        for overlay in fresh:
            found.append(_held(overlay, _free_style(found)))
    return found, wrong


def counted(overlay: Overlay) -> str:
    """How much is in a layer, and what is not drawn of it.

    >>> counted(Overlay("front", (), ((),), (), (0, 3, 1), left_out=2))
    '3 lines, 1 area; 2 shapes can’t be drawn'
    """
    kinds = zip(overlay.shapes, ("point", "line", "area"), strict=True)
    said = ", ".join(wording.plural(count, kind) for count, kind in kinds if count)
    if overlay.left_out:
        said += f"; {wording.plural(overlay.left_out, 'shape')} can’t be drawn"
    return f"{said}; drawn simpler than it is" if overlay.simplified else said


def _held(overlay: Overlay, style: int) -> Laid:
    key = token_urlsafe(24)
    _HELD[key] = overlay
    return Laid(key, overlay, style)


def _free_style(laid: Sequence[Laid]) -> int:
    """The style that the fewest layers have."""
    used = [one.style for one in laid]
    return min(range(len(STYLES)), key=used.count)


def _laid() -> list[Laid]:
    laid: list[Laid] = st.session_state.setdefault("overlays", [])
    return laid


def _row(one: Laid) -> None:
    with st.container(key=f"overlay_{one.key}", horizontal=True, gap=4, vertical_alignment="center"):
        st.checkbox(
            plain_label(one.overlay.name), one.on, key=f"overlay_on_{one.key}", on_change=_turn, args=(one.key,)
        )
        st.button(
            f"Take away {plain_label(one.overlay.name)}", icon=":material/close:", type="tertiary",
            key=f"overlay_away_{one.key}", on_click=_take_away, args=(one.key,),
        )  # fmt: skip
    style = STYLES[one.style] if any(one.overlay.shapes[1:]) else "points"
    st.html(f'<p class="small overlay"><i class="{style}"></i>{escape(counted(one.overlay))}</p>')


def _upload_key() -> str:
    return f"overlay_files_{st.session_state.get('overlay_turn', 0)}"


def _take_uploads() -> None:
    """Take the files in, and begin with an empty uploader: what was taken in stands above it."""
    state = st.session_state
    files = state.get(_upload_key()) or []
    state.overlays, state.overlay_trouble = take_in(_laid(), files)
    state.overlay_turn = state.get("overlay_turn", 0) + 1


def _turn(key: str) -> None:
    on = bool(st.session_state.get(f"overlay_on_{key}"))
    st.session_state.overlays = [
        Laid(one.key, one.overlay, one.style, on if one.key == key else one.on) for one in _laid()
    ]


def _take_away(key: str) -> None:
    st.session_state.overlays = [one for one in _laid() if one.key != key]
    st.session_state.overlay_trouble = None
