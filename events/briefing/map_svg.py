"""A briefing's map as one SVG picture: the land, the ground of each event, and numbered badges that do not collide.

Points, lines and areas are what they are: a badge on a leader belongs to a point, a badge without one stands on its
ground. No stored point is moved; what is near is told apart by leaders.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.briefing import grounds_svg
from events.briefing.base_map_svg import base_map, graticule_svg, land_svg, names_svg, scale_svg, sea_svg
from events.briefing.briefing import Entry
from events.briefing.frame import Frame
from events.briefing.label_layout import Box, Spot, laid_out
from events.briefing.land import Land, land
from events.briefing.sites import frame_of, sites_of
from events.briefing.spots import NAME_SIZE, RADIUS, STEP, Placeable, label_of, placeable
from events.briefing.svg_text import FAMILIES, text
from events.look.marks import FORMS, form_svg
from events.look.theme import Theme

MOST_NAMED = 26  # places; with more, their names crowd out their numbers
NUMERAL_SIZE = 13.0
EDGE = 5.0  # px that labels keep from the sheet's edge


def map_svg(entries: Sequence[Entry], theme: Theme, width: float = 1000.0, height: float = 520.0) -> str:
    """The map of numbered events, width x height pixels. Raises BriefingError where set-up made no base map."""
    known = land()
    sites = sites_of(entries, known)
    frame = frame_of(sites, width, height)
    places = [placeable(site, frame, named=len(sites) <= MOST_NAMED) for site in sites]
    drawn = _Drawing(known, frame, theme, places)
    return drawn.svg()


class _Drawing:
    """One map while it is drawn, from the sea up."""

    def __init__(self, known: Land, frame: Frame, theme: Theme, places: Sequence[Placeable]) -> None:
        self.land, self.frame, self.theme, self.places = known, frame, theme, places
        self.base = base_map(known, frame)
        self.scale, scale_box = ("", (0.0, 0.0, 0.0, 0.0)) if frame.world else scale_svg(frame, theme)
        found = [(place, label_of(place, frame)) for place in places]
        labels = [label for _, label in found if label]
        sheet = (EDGE, EDGE, frame.width - EDGE, frame.height - EDGE)
        picks = laid_out(labels, sheet, [scale_box] if self.scale else [])
        self.spots = [label.spots[pick] for label, pick in zip(labels, picks, strict=True)]
        self.anchors = [label.anchor for label in labels]
        self.taken: list[Box] = [scale_box, *(spot.box for spot in self.spots), *_along(self.spots)]
        self.taken += [label.foot for label in labels if label.foot]

    def svg(self) -> str:
        frame, theme = self.frame, self.theme
        names = frozenset(place.site.place.name for place in self.places)
        grounds = [self._ground(place) for place in self.places]
        seas = "".join(drawn for place, drawn in zip(self.places, grounds, strict=True) if place.site.kind == "sea")
        over = "".join(drawn for place, drawn in zip(self.places, grounds, strict=True) if place.site.kind != "sea")
        hatched = {(s.speaker.status, theme.families[s.speaker.family]) for s in (p.site for p in self.places)}
        parts = (
            sea_svg(frame, theme), graticule_svg(frame, theme), seas, land_svg(self.base, frame, theme), over,
            names_svg(self.land, self.base, frame, theme, self.taken, names), self.scale,
            *(self._leader(*pair) for pair in zip(self.places, self.spots, self.anchors, strict=True)),
            *(self._label(*pair) for pair in zip(self.places, self.spots, strict=True)),
        )  # fmt: skip
        size = f'viewBox="0 0 {frame.width:g} {frame.height:g}" width="{frame.width:g}" height="{frame.height:g}"'
        clip = f'<clipPath id="sheet"><rect width="{frame.width:g}" height="{frame.height:g}"/></clipPath>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILIES}"><defs>{clip}'
            f'{grounds_svg.hatchings(hatched)}</defs><g clip-path="url(#sheet)">{"".join(parts)}</g></svg>'
        )

    def _ground(self, place: Placeable) -> str:
        if place.outline is None or place.outline.is_empty:
            return ""
        told = place.site.speaker
        colour, kind = self.theme.families[told.family], place.site.kind
        if kind == "line":
            return grounds_svg.line(place.outline, told.status, colour, self.theme)
        if kind == "sea":
            return grounds_svg.water(place.outline, told.status, colour, self.theme, self.frame.scale)
        return grounds_svg.area(place.outline, told.status, colour, dotted=kind == "circle")

    def _leader(self, place: Placeable, spot: Spot, anchor: tuple[float, float]) -> str:
        """The leader, and at its end the foot: a dot for a site, a ring for a town, nothing for an area."""
        if spot.leader is None:
            return ""
        x1, y1, x2, y2 = spot.leader
        drawn = "".join(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{paint}" stroke-width="{wide}" fill="none"/>'
            for paint, wide in ((self.theme.panel, 3.4), (self.theme.ink, 1.1))
        )
        if place.site.kind != "point":
            return drawn
        colour = self.theme.families[place.site.speaker.family]
        exact = place.site.place.precision == "exact"
        foot = f'fill="{colour}"' if exact else f'fill="{self.theme.panel}" stroke="{colour}" stroke-width="1.8"'
        cx, cy = anchor
        return (
            f'{drawn}<circle cx="{cx:.1f}" cy="{cy:.1f}" r="5.2" fill="{self.theme.panel}"/>'
            f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="3.4" {foot}/>'
        )

    def _label(self, place: Placeable, spot: Spot) -> str:
        left, top = spot.corner
        badges = "".join(
            badge_svg(
                entry, left + STEP * (at % place.columns + 0.5), top + STEP * (at // place.columns + 0.5), self.theme
            )
            for at, entry in enumerate(place.site.entries)
        )
        if not spot.name:
            return badges
        wide, high = place.badges
        x, anchor = (left - 3, "end") if spot.name == "left" else (left + wide + 3, "start")
        return badges + text(
            place.name, x, top + high / 2 + NAME_SIZE * 0.33, NAME_SIZE, self.theme.ink, weight=600,
            italic=place.site.kind != "point", anchor=anchor, halo=self.theme.land, halo_width=3.6,
        )  # fmt: skip


def badge_svg(entry: Entry, x: float, y: float, theme: Theme, radius: float = RADIUS) -> str:
    """An event's form with its number, at a pixel."""
    colour = theme.families[entry.family]
    form = (
        f'<g transform="translate({x:.1f} {y:.1f}) scale({radius / 10.6:.3f})">{form_svg(entry.status, colour, theme)}'
    )
    filled = FORMS[entry.status].filled
    ink = theme.numerals[colour] if filled else theme.ink
    number = str(entry.number or "")
    size = NUMERAL_SIZE if len(number) < 3 else NUMERAL_SIZE - 2.5
    halo = "" if filled else theme.panel
    return form + text(number, 0, size * 0.33, size, ink, weight=600, anchor="middle", halo=halo) + "</g>"


def _along(spots: Sequence[Spot]) -> list[Box]:
    """Small boxes along the leaders, that names keep clear of."""
    found: list[Box] = []
    for x1, y1, x2, y2 in (spot.leader for spot in spots if spot.leader):
        places = ((x1 + (x2 - x1) * at / 8, y1 + (y2 - y1) * at / 8) for at in range(9))
        found += [(x - 2, y - 2, x + 2, y + 2) for x, y in places]
    return found
