"""The map's script as one file: Leaflet and all of static/dateline-*.js, in order of loading.

For the map and its route. The component that holds the map loads one script after the other, and fifteen answers in turn are
the longer part of a first visit over a slow line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
SCRIPTS = (
    "marks",
    "names",
    "gathering",
    "aside",
    "stage",
    "outlines",
    "grounds",
    "land",
    "tiles",
    "overlays",
    "view",
    "line",
    "crowd",
    "draw",
    "controls",
    "pointer",
    "map",
)  # in order of loading
FILES = ("vendor/leaflet.js", *(f"dateline-{name}.js" for name in SCRIPTS))


@cache
def map_script() -> bytes:
    """The whole script. Raises OSError where set-up has not fetched Leaflet."""
    return b"\n;\n".join((STATIC / name).read_bytes() for name in FILES)
