"""The pages of a briefing as PDF, PNG and SVG, set by Typst from one template.

Everything that comes from stories goes in as JSON through sys.inputs and reaches the template as strings, which Typst
never reads as markup. System typefaces are left out, so that a briefing has the same bytes on every machine; what the
shipped ones lack is named in brackets. PDF follows PDF/UA-1: tagged, titled, with a text for every picture.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst

from events.briefing.briefing import Briefing, BriefingError, Entry, Layout, Paper
from events.briefing.map_svg import badge_svg, map_svg
from events.briefing.scripts import NOTE, is_legible, legible
from events.briefing.strip_svg import strip_svg
from events.briefing.svg_text import FAMILIES
from events.briefing.typefaces import typefaces
from events.look import wording
from events.look.marks import form_svg
from events.look.theme import DARK, LIGHT, Theme
from events.model import STATUSES
from events.ontology import FAMILIES as TYPE_FAMILIES

TEMPLATE = Path(__file__).with_name("briefing.typ")
PIXELS_PER_INCH = 192.0
NOTHING = "None of these events has both a place and a date, so there is nothing to draw."
NO_EVENTS = "No event fits what was chosen."
SLIDE_POINTS, SLIDE_LETTERS = 320.0, 44  # height and width of the list on a first slide
WIDE = 1000.0  # pixels, of map and strip
PAGE_MAPS = (510.0, 460.0, 410.0, 360.0, 320.0)  # pixels, how high a map is: the first that leaves all on one page
SLIDE_MAPS = (600.0, 560.0, 520.0, 470.0, 420.0, 360.0)
ONE_PAGE = 7  # events
SLIDE_MAP_SHARE = 63

Format = Literal["pdf", "png", "svg"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a briefing is laid out: on paper in the light, or as a dark slide of 16:9."""

    layout: Layout = "page"
    paper: Paper = "a4"

    @property
    def theme(self) -> Theme:
        """Its colours."""
        return DARK if self.layout == "slide" else LIGHT


def pdf(briefing: Briefing, sheet: Sheet | None = None) -> bytes:
    """The briefing as a tagged PDF of one or more pages."""
    return _set(briefing, sheet or Sheet(), "pdf")


def png(briefing: Briefing, sheet: Sheet | None = None) -> bytes:
    """The briefing as one picture: as tall as it needs to be on paper, the first slide alone as a slide."""
    return _set(briefing, sheet or Sheet(), "png")


def svg(briefing: Briefing, sheet: Sheet | None = None) -> bytes:
    """The same picture as SVG, its letters as outlines so that it looks the same everywhere."""
    return _set(briefing, sheet or Sheet(), "svg")


def as_of(briefing: Briefing) -> tuple[str, ...]:
    """The sentence that says which day the briefing stands for, if that is known."""
    return (f"As of {wording.days(briefing.as_of, briefing.as_of)}.",) if briefing.as_of else ()


def content(briefing: Briefing, sheet: Sheet, *, picture: bool, first: int = 0) -> dict[str, Any]:
    """What the template gets, but for the map. picture: one tall page instead of pages, or the first slide alone.

    first: how many events the list of a first slide has.
    """
    theme, slide = sheet.theme, sheet.layout == "slide"
    rows = [_row(entry, theme) for entry in briefing.entries]
    nothing = "" if rows else NOTHING if briefing.undated or briefing.unplaced else NO_EVENTS
    said = {
        "kicker": briefing.kicker, "title": briefing.title, "subtitle": briefing.subtitle,
        "coverage": " ".join((*briefing.coverage, *(_note(briefing)))),
        "foot": " ".join((*as_of(briefing), *briefing.credits)),
        "map_alt": _map_alt(briefing.entries), "strip_alt": _strip_alt(briefing.entries), "nothing": nothing,
    }  # fmt: skip
    return {
        "map": "", "strip": strip_svg(briefing.entries, briefing.as_of, theme) if rows else "",
        **{name: legible(text) for name, text in said.items()},
        "layout": sheet.layout, "paper": sheet.paper, "picture": picture,
        "colours": {name: getattr(theme, name) for name in ("page", "ink", "soft", "rule")},
        "legend": _legend(briefing.entries, theme), "events": rows, "first": rows[:first],
        "first_only": _further(len(rows) - first, picture) if slide else "",
        "undated": [_row(entry, theme) for entry in briefing.undated],
        "unplaced": [_row(entry, theme) for entry in briefing.unplaced], "map_share": SLIDE_MAP_SHARE,
    }  # fmt: skip


def _set(briefing: Briefing, sheet: Sheet, ending: Format) -> bytes:
    picture = ending != "pdf"
    height, first = _fitting(briefing, sheet)
    given = content(briefing, sheet, picture=picture, first=first)
    if briefing.entries:
        given["map"] = map_svg(briefing.entries, sheet.theme, WIDE, height)
    pages = _compiled(given, ending, briefing)
    if len(pages) != 1:
        raise BriefingError(f"the briefing takes {len(pages)} pictures where it should take one: shorten its title")
    return pages[0]


def _fitting(briefing: Briefing, sheet: Sheet) -> tuple[float, int]:
    """How high the map may be, and how many events a first slide may list, for all to stand on one page or slide.

    Tried with an empty picture in the map's place. More events than one page is meant for leave the map as it is.
    """
    slide = sheet.layout == "slide"
    if not slide and len(briefing.entries) > ONE_PAGE:
        return PAGE_MAPS[0], 0
    heights = SLIDE_MAPS if slide else PAGE_MAPS
    for first in range(_on_first_slide(briefing.entries), -1, -1) if slide else (0,):
        given = content(briefing, sheet, picture=slide, first=first)
        for height in heights:
            if len(_compiled({**given, "map": _blank(height)}, "svg", briefing)) == 1:
                return height, first
    return heights[-1 if slide else 0], 0


def _blank(height: float) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {height:g}"/>'


def _compiled(given: dict[str, Any], ending: Format, briefing: Briefing) -> list[bytes]:
    """The pages that Typst makes of what the template gets; one for a PDF, whatever its pages."""
    data = json.dumps(given, ensure_ascii=False, sort_keys=True)
    compiler = typst.Compiler(font_paths=typefaces(), ignore_system_fonts=True, sys_inputs={"briefing": data})
    day = datetime.combine(briefing.as_of or date(1970, 1, 1), time(), UTC)
    try:
        made = compiler.compile(
            TEMPLATE.read_bytes(), format=ending, ppi=PIXELS_PER_INCH, timestamp=int(day.timestamp()),
            pdf_standards=["ua-1"] if ending == "pdf" else [],
        )  # fmt: skip
    except typst.TypstError as error:
        raise BriefingError(f"the briefing can't be set: {error.message} {' '.join(error.hints)}".strip()) from error
    return list(made) if isinstance(made, list) else [bytes(made or b"")]


def _row(entry: Entry, theme: Theme) -> dict[str, Any]:
    more = f"and {wording.plural(entry.more_sources, 'more report')}" if entry.more_sources else ""
    return {
        "number": str(entry.number or ""),
        "badge": _picture(badge_svg(entry, 0, 0, theme, 10.6), 14) if entry.number else "",
        "alt": f"Event {entry.number}, {entry.status}",
        "type": entry.type,
        "told": "" if entry.status == "occurred" else entry.status,
        "date": entry.date,
        "title": legible(entry.title),
        "where": legible(entry.where),
        "precision": entry.sure_of_place,
        "quote": legible(entry.quote),
        "attribution": legible(entry.attribution),
        "sources": [{"name": legible(s.name), "url": s.url, "published": s.published} for s in entry.sources],
        "source": legible(entry.sources[0].name) if entry.sources else "source unnamed",
        "more": more,
    }


def _on_first_slide(entries: tuple[Entry, ...]) -> int:
    """How many events the list beside the map has room for."""
    left = SLIDE_POINTS
    for at, entry in enumerate(entries):
        left -= (
            11.8 * -(-len(entry.title) // SLIDE_LETTERS)
            + 10.0 * -(-(len(entry.where) + 28) // (SLIDE_LETTERS + 8))
            + 14.0
        )
        if left < 0:
            return at
    return len(entries)


def _further(number: int, picture: bool) -> str:
    """Where the events are that the first slide has no room for."""
    if not number:
        return ""
    return (
        f"{wording.plural(number, 'further event')} drawn and {'listed in the PDF' if picture else 'listed overleaf'}."
    )


def _legend(entries: tuple[Entry, ...], theme: Theme) -> list[dict[str, str]]:
    """The forms and the colours that the events at hand have."""
    statuses = [status for status in STATUSES if any(entry.status == status for entry in entries)]
    families = [family for family in TYPE_FAMILIES if any(entry.family == family for entry in entries)]
    forms = [{"name": status, "svg": _picture(form_svg(status, theme.ink, theme), 14)} for status in statuses]
    square = '<rect x="-7" y="-7" width="14" height="14" rx="3" fill="{}"/>'
    return forms + [{"name": f, "svg": _picture(square.format(theme.families[f]), 12)} for f in families]


def _picture(drawn: str, half: float) -> str:
    side = 2 * half
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-half:g} {-half:g} {side:g} {side:g}" width="{side:g}" '
        f'height="{side:g}" font-family="{FAMILIES}">{drawn}</svg>'
    )


def _map_alt(entries: tuple[Entry, ...]) -> str:
    places = "; ".join(f"{entry.number} {entry.where}, {entry.status}" for entry in entries)
    return f"Map of the numbered events: {places}."


def _strip_alt(entries: tuple[Entry, ...]) -> str:
    days = "; ".join(f"{entry.number} {entry.date}" for entry in entries)
    return f"Timeline of the numbered events: {days}."


def _note(briefing: Briefing) -> tuple[str, ...]:
    """That words in brackets stand for missing letters, where any do."""
    entries = (*briefing.entries, *briefing.undated, *briefing.unplaced)
    said = [briefing.title, *briefing.coverage, *(e.title + e.where + e.quote + e.attribution for e in entries)]
    said += [source.name for entry in entries for source in entry.sources]
    return () if all(is_legible(text) for text in said) else (NOTE,)
