"""The six forms that say how an event is told, written once as paths.

For cards, rail and briefing as SVG pictures; for the map as the same paths, which its script draws on a canvas. A
form is readable without colour: filled is told as fact, dashed lies ahead, a diamond is a claim, struck through is
taken back. The paths are in units in which a disc has a radius of ten.
"""

from __future__ import annotations

import math
from base64 import b64encode
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

from events.look.theme import Theme
from events.model import STATUSES, Status

Paint = Literal["colour", "panel"]
RADIUS = 10.0
DIAMOND = 12.4  # half a diagonal: a diamond of about the disc's weight
DASHES = 9  # of a dashed ring
HALF_VIEW = 14  # half the side of the picture around a form


@dataclass(frozen=True, slots=True)
class Layer:
    """One path of a form, filled or stroked with the event's colour or with the panel's."""

    path: str
    fill: Paint | None = None
    stroke: Paint | None = None
    width: float = 0.0
    dash: tuple[float, float] | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Form:
    """What a status looks like: its layers from below; the casing that lifts it off the map; the outline when open.

    `filled`: whether a number on it stands on the event's colour.
    """

    layers: tuple[Layer, ...]
    casing: str
    outline: str
    filled: bool = False


def circle(radius: float) -> str:
    """The path of a circle around the origin.

    >>> circle(10)
    'M-10 0A10 10 0 1 1 10 0A10 10 0 1 1 -10 0Z'
    """
    r = f"{radius:g}"
    return f"M-{r} 0A{r} {r} 0 1 1 {r} 0A{r} {r} 0 1 1 -{r} 0Z"


def diamond(half: float, rounding: float = 1.6) -> str:
    """The path of a square that stands on its corner, the corners a little rounded. half: half its diagonal."""
    near = f"{half - rounding:g}"
    r, h = f"{rounding:g}", f"{half:g}"
    return (
        f"M{r} -{near}L{near} -{r}Q{h} 0 {near} {r}L{r} {near}Q0 {h} -{r} {near}"
        f"L-{near} {r}Q-{h} 0 -{near} -{r}L-{r} -{near}Q0 -{h} {r} -{near}Z"
    )


def hatching(half: float, lines: int = 5) -> str:
    """Lines at 45 degrees from edge to edge of a diamond."""
    side = half / math.sqrt(2)
    gap = 2 * side / (lines + 1)
    segments = []
    for number in range(1, lines + 1):
        across = -side + number * gap
        ends = [((along + across) / math.sqrt(2), (across - along) / math.sqrt(2)) for along in (-side, side)]
        segments.append("M{:.2f} {:.2f}L{:.2f} {:.2f}".format(*ends[0], *ends[1]))
    return "".join(segments)


def struck(reach: float) -> tuple[Layer, Layer]:
    """A bar through a form, from lower left to upper right, with a gap on either side."""
    path = f"M-{reach:g} {reach:g}L{reach:g} -{reach:g}"
    return Layer(path, stroke="panel", width=5.2), Layer(path, stroke="colour", width=2.1)


def _dashed_ring() -> Layer:
    dash = 2 * math.pi * 9.6 / DASHES
    return Layer(
        circle(9.6), fill="panel", stroke="colour", width=2.0, dash=(round(dash * 0.62, 2), round(dash * 0.38, 2))
    )


def _claim(*further: Layer) -> Form:
    edge = Layer(diamond(DIAMOND), fill="panel", stroke="colour", width=1.8)
    return Form((edge, *further), casing=diamond(DIAMOND + 2), outline=diamond(DIAMOND + 6.4, 2.2))


_DISC = Layer(circle(RADIUS), fill="colour")
FORMS: dict[Status, Form] = {
    "occurred": Form((_DISC,), circle(11.5), circle(15), filled=True),
    "ongoing": Form(
        (_DISC, Layer(circle(12.7), stroke="colour", width=1.6)), circle(14.4), circle(17.4), filled=True
    ),
    "planned": Form((_dashed_ring(),), circle(11.5), circle(15)),
    "alleged": _claim(Layer(hatching(DIAMOND), stroke="colour", width=1.1, opacity=0.5)),
    "denied": _claim(*struck(10.0)),
    "cancelled": Form((_dashed_ring(), *struck(10.0)), circle(11.5), circle(15)),
}  # fmt: skip


def forms_for_map() -> dict[str, dict[str, Any]]:
    """The table of forms as the map's script gets it."""
    return {status: asdict(FORMS[status]) for status in STATUSES}


def form_svg(status: Status, colour: str, theme: Theme) -> str:
    """The form of a status around the origin, as SVG paths on a casing in the panel's colour. colour: "#RRGGBB"."""
    paints = {"colour": colour, "panel": theme.panel}
    form = FORMS[status]
    casing = f'<path d="{form.casing}" fill="{theme.panel}"/>'
    return casing + "".join(_svg(layer, paints) for layer in form.layers)


def mark_uri(status: Status, colour: str, theme: Theme) -> str:
    """The form of a status as a picture's address. colour: "#RRGGBB"."""
    return _mark_uri(status, colour, theme.panel)


@lru_cache(maxsize=256)
def _mark_uri(status: Status, colour: str, panel: str) -> str:
    paints = {"colour": colour, "panel": panel}
    return _picture("".join(_svg(layer, paints) for layer in FORMS[status].layers))


@lru_cache(maxsize=64)
def swatch_uri(colour: str) -> str:
    """A square of a colour as a picture's address."""
    return _picture(f'<rect x="-12" y="-12" width="24" height="24" rx="5" fill="{colour}"/>')


def _svg(layer: Layer, paints: dict[str, str]) -> str:
    fill = paints[layer.fill] if layer.fill else "none"
    stroke = f' stroke="{paints[layer.stroke]}" stroke-width="{layer.width:g}"' if layer.stroke else ""
    dash = ' stroke-dasharray="{:g} {:g}"'.format(*layer.dash) if layer.dash else ""
    opacity = f' opacity="{layer.opacity:g}"' if layer.opacity < 1 else ""
    return f'<path d="{layer.path}" fill="{fill}"{stroke}{dash}{opacity}/>'


def _picture(content: str) -> str:
    side, corner = 2 * HALF_VIEW, -HALF_VIEW
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
        f'viewBox="{corner} {corner} {side} {side}">{content}</svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
