"""A briefing as one HTML file: the page's interactive Folium map with the same events, and the list, without any network.

For the page and the command line. Leaflet, our scripts, the land and the typefaces stand in the file itself, as data
addresses where a script fetches them. A content policy names the hash of each script, so that nothing else can run
even if some text were not escaped; text from stories is escaped all the same.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from events.briefing import Briefing, BriefingError, Entry
from events.briefing.map_svg import badge_svg
from events.briefing.strip_svg import strip_svg
from events.briefing.typesetting import NO_EVENTS, NOTHING, as_of
from events.dashboard.map.folium_map import BaseMap, MapMark, OfflineMap, payload, script_data
from events.dashboard.map.map_script import FILES
from events.look import wording
from events.look.marks import form_svg
from events.look.theme import LIGHT
from events.model import STATUSES
from events.ontology import FAMILIES

STATIC = Path(__file__).resolve().parents[3] / "static"
HANDED_OVER = (  # nothing is chosen in a file: no tools for drawing; its own legend stands over the map
    ".stage #map_div :is(.draw, .key) { display: none; }\n.strip { overflow-x: auto; }\n"
    "@media (max-width: 640px) { .strip svg { min-width: 680px; } }"
)
_ADDRESS = re.compile(r"url\(\"?(?P<path>[\w./-]+)\"?\)")


class StandaloneMap(OfflineMap):
    """Our Folium map without scripts of its own: the file has them already."""

    default_js = []  # noqa: RUF012
    default_css = []  # noqa: RUF012


class BriefingMarks(MacroElement):
    """The events of a briefing, drawn once the map is there."""

    _template = Template(
        "{% macro script(this, kwargs) %}dateline.briefing({{ this._parent.get_name() }}, {{ this.given }});{% endmacro %}"
    )

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = "BriefingMarks", "events"
        self.given = script_data(given)


def html(briefing: Briefing) -> bytes:
    """The briefing as one HTML file in UTF-8. Raises BriefingError where set-up has not made the browser's files."""
    try:
        scripts = [*_libraries(), _map_script(briefing)] if briefing.entries else []
        style = _style()
    except OSError as error:
        raise BriefingError(f"the map's files can't be read ({error}): run make setup") from error
    allowed = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {allowed or chr(39) + 'none' + chr(39)}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; connect-src data:; base-uri 'none'; form-action 'none'"
    )
    run = "".join(f"<script>{script}</script>\n" for script in scripts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(briefing.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{_body(briefing)}\n{run}</body>\n</html>\n"
    ).encode()


def marks_of(briefing: Briefing) -> list[MapMark]:
    """The numbered events as the map draws them."""
    return [
        MapMark(
            id=entry.id, number=entry.number or 0, family=entry.family, status=entry.status, title=entry.title,
            when_text=entry.date, place_name=entry.place.name, precision=entry.place.precision, lat=entry.place.lat,
            lon=entry.place.lon, radius_km=entry.place.radius_km, geometry=entry.ground.geometry,
            members=entry.ground.members,
        )
        for entry in briefing.entries
        if entry.place
    ]  # fmt: skip


def _map_script(briefing: Briefing) -> str:
    """What Folium writes for the map: the same for the same briefing, its names being ours and not drawn by lot."""
    base = StandaloneMap(location=[25, 15], zoom_start=2, tiles=None, prefer_canvas=True, zoom_control=True)
    base.options.update(
        minZoom=1, maxZoom=10, zoomSnap=0.1, zoomDelta=0.8, wheelPxPerZoomLevel=110, scrollWheelZoom=False
    )
    base._name, base._id = "map", "div"
    land = BaseMap()
    land._id = "land"
    land.given = script_data(json.loads(land.given) | _data())
    group = folium.FeatureGroup("events")
    group._id = "events"
    group.add_child(BriefingMarks(payload(marks_of(briefing), None, LIGHT, None) | {"plain": False, "crowd": None}))
    land.add_to(base)
    group.add_to(base)
    figure = base.get_root()
    if not isinstance(figure, Figure):
        raise BriefingError("Folium gave the map no figure to stand in")
    figure.render()
    return str(figure.script.render())


def _body(briefing: Briefing) -> str:
    nothing = NOTHING if briefing.undated or briefing.unplaced else NO_EVENTS
    stage = '<div class="stage"><div class="folium-map" id="map_div"></div></div>' if briefing.entries else ""
    strip = strip_svg(briefing.entries, briefing.as_of, LIGHT)
    foot = " ".join((*as_of(briefing), *briefing.credits))
    shown = (
        f"<ol>{''.join(_row(entry) for entry in briefing.entries)}</ol>" if briefing.entries else f"<p>{nothing}</p>"
    )
    return (
        f'<main><div class="kicker">{escape(briefing.kicker)}</div><h1>{escape(briefing.title)}</h1>'
        f'<p class="subtitle">{escape(briefing.subtitle)}</p>{_legend(briefing.entries)}{stage}<div class="strip">{strip}</div>'
        f'<p class="coverage">{escape(" ".join(briefing.coverage))}</p>{shown}'
        f"{_apart('No date is told', briefing.undated)}{_apart('No place is told', briefing.unplaced)}"
        f"<footer>{escape(foot)}</footer></main>"
    )


def _apart(title: str, entries: Iterable[Entry]) -> str:
    rows = "".join(_row(entry) for entry in entries)
    return f"<h2>{title}</h2><ul>{rows}</ul>" if rows else ""


def _row(entry: Entry) -> str:
    badge = _picture(badge_svg(entry, 0, 0, LIGHT, 10.6)) if entry.number else ""
    label = f'aria-label="Show event {entry.number} on the map"'
    button = f'<button type="button" {label}>{badge}</button>' if badge else "<span></span>"
    told = "" if entry.status == "occurred" else f'<span class="caps told">{entry.status}</span>'
    quote = f"<blockquote>“{escape(entry.quote)}”</blockquote>" if entry.quote else ""
    said = f"Said by {escape(entry.attribution)}. " if entry.attribution else ""
    more = f"; and {wording.plural(entry.more_sources, 'more report')}" if entry.more_sources else ""
    sources = "; ".join(_source(source.name, source.url, source.published) for source in entry.sources)
    where = " · ".join(part for part in (entry.where, entry.sure_of_place) if part)
    return (
        f'<li class="event" data-event="{escape(entry.id, quote=True)}">{button}<div><b>{escape(entry.date)}</b>'
        f'<span class="caps">{escape(entry.type)}</span>{told}</div><div><h3>{escape(entry.title)}</h3>'
        f'<div class="where">{escape(where)}</div>{quote}<div class="source">{said}{sources}{more}</div></div></li>'
    )


def _source(name: str, url: str | None, published: str) -> str:
    shown = f'<a href="{escape(url, quote=True)}" rel="noopener noreferrer">{escape(name)}</a>' if url else escape(name)
    return f"{shown}, {published}" if published else shown


def _legend(entries: tuple[Entry, ...]) -> str:
    statuses = [status for status in STATUSES if any(entry.status == status for entry in entries)]
    families = [family for family in FAMILIES if any(entry.family == family for entry in entries)]
    square = '<rect x="-7" y="-7" width="14" height="14" rx="3" fill="{}"/>'
    forms = [f"<span>{_picture(form_svg(status, LIGHT.ink, LIGHT))}{status}</span>" for status in statuses]
    forms += [f"<span>{_picture(square.format(LIGHT.families[family]))}{family}</span>" for family in families]
    return f'<div class="legend">{"".join(forms)}</div>' if forms else ""


def _picture(drawn: str) -> str:
    return f'<svg viewBox="-14 -14 28 28" aria-hidden="true" font-family="Libertinus Serif, serif">{drawn}</svg>'


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, ...]:
    """Leaflet and our scripts, in order of loading, each fit to stand in a script element."""
    files = (STATIC / name for name in (*FILES, "dateline-briefing.js"))
    return tuple(file.read_text(encoding="utf-8").replace("</script", "<\\/script") for file in files)


@lru_cache(maxsize=1)
def _data() -> dict[str, str]:
    """The land and its names as addresses that a script can fetch without a network."""
    files = {"land": "countries-50m.geojson", "names": "labels.json"}
    return {name: _data_address(STATIC / "base" / file, "application/json") for name, file in files.items()}


@lru_cache(maxsize=1)
def _style() -> str:
    """Leaflet's sheet, the map's and the page's, with typefaces in place of their addresses."""
    sheets = ("vendor/leaflet.css", "dateline-map.css", "dateline-briefing.css")
    read = [_ADDRESS.sub(_inlined, (STATIC / name).read_text(encoding="utf-8")) for name in sheets]
    return "\n".join([*read, HANDED_OVER])


def _inlined(found: re.Match[str]) -> str:
    """A typeface as data; Leaflet's pictures, which our map has no use for, as nothing."""
    path = STATIC / found["path"]
    return f'url("{_data_address(path, "font/woff2")}")' if path.suffix == ".woff2" else 'url("data:,")'


def _data_address(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"
