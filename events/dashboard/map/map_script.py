"""The map's script as one file: Leaflet and all of static/dateline-*.js, in order of loading.

For the map and its route. The component that holds the map loads one script after the other, and fifteen answers in turn are
the longer part of a first visit over a slow line. The address names the content, so that a browser asks for it once.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
SCRIPTS = (
    "marks",
    "names",
    "gathering",
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


def version() -> str:
    """A name for the script as it is now; "" where it can't be read, which the browser then says."""
    try:
        return sha256(map_script()).hexdigest()[:16]
    except OSError:
        return ""
