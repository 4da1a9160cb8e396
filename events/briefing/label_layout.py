"""Where labels go, so that none lies on another, on a place, or on another's leader.

Each label has spots to choose from, with a price; the layout takes the crowded labels first, each at its cheapest spot,
and then lets every label look again until nothing gets better (greedy placement with local improvement, after
Christensen, Marks and Shieber 1995). What touches costs more than any way to go. Boxes are (left, top, right, bottom)
and segments (x1, y1, x2, y2), in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]
Segment = tuple[float, float, float, float]
Side = Literal["left", "right", ""]

ROUNDS = 6
OVERLAP, OUTSIDE, CROSSING, UNDER = 4000.0, 6000.0, 400.0, 1200.0  # prices, in pixels of leader
NEAR = 130.0  # px within which others make a label crowded
GAP = 2.0  # px between boxes


@dataclass(frozen=True, slots=True)
class Spot:
    """One way to place a label: its box, the leader to it (None where it stands on its ground), its price.

    `corner`: the upper left one of its badges; `name`: on which side of them the name stands, "" for none.
    """

    box: Box
    leader: Segment | None
    price: float
    corner: tuple[float, float] = (0.0, 0.0)
    name: Side = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What is to be placed: where it belongs, what must stay free of other labels there, and its spots."""

    anchor: tuple[float, float]
    foot: Box | None
    spots: tuple[Spot, ...]


def laid_out(labels: Sequence[Label], sheet: Box, taken: Sequence[Box] = ()) -> list[int]:
    """The number of the spot that each label gets. sheet: what labels should stay on; taken: boxes to keep clear."""
    spots = [_Spots(label, sheet) for label in labels]
    feet = [label.foot or (0.0, 0.0, 0.0, 0.0) for label in labels]
    owners = [at for at, label in enumerate(labels) if label.foot]
    fixed = np.array([*(feet[at] for at in owners), *taken], dtype=np.float64).reshape(-1, 4)
    owner = np.array([*owners, *([-1] * len(taken))])
    own_prices = [spots[at].price + _against_boxes(spots[at], fixed[owner != at]) for at in range(len(labels))]
    chosen = [-1] * len(labels)
    for turn in range(ROUNDS):
        changed = False
        for at in _crowded_first(labels):
            others = [spots[other] for other in range(len(labels)) if other != at and chosen[other] >= 0]
            picks = [chosen[other] for other in range(len(labels)) if other != at and chosen[other] >= 0]
            best = int(np.argmin(own_prices[at] + _against_labels(spots[at], others, picks)))
            changed |= best != chosen[at]
            chosen[at] = best
        if not changed and turn:
            break
    return chosen


class _Spots:
    """The spots of a label as arrays."""

    def __init__(self, label: Label, sheet: Box) -> None:
        self.boxes = np.array([spot.box for spot in label.spots], dtype=np.float64)
        none = (np.nan,) * 4
        self.leaders = np.array([spot.leader or none for spot in label.spots], dtype=np.float64)
        self.price = np.array([spot.price for spot in label.spots], dtype=np.float64)
        left, top, right, bottom = self.boxes.T
        beyond = (left < sheet[0]) | (top < sheet[1]) | (right > sheet[2]) | (bottom > sheet[3])
        self.price = self.price + OUTSIDE * beyond


def _against_boxes(spots: _Spots, boxes: Array) -> Array:
    """What it costs each spot that its box or its leader meets these boxes."""
    if not len(boxes):
        return np.zeros(len(spots.boxes))
    over = OVERLAP * _overlaps(spots.boxes, boxes).sum(axis=1)
    return np.asarray(over + UNDER * _crosses_box(spots.leaders, boxes).sum(axis=1))


def _against_labels(spots: _Spots, others: Sequence[_Spots], picks: Sequence[int]) -> Array:
    """What it costs each spot to stand beside other labels at the spots they have."""
    if not others:
        return np.zeros(len(spots.boxes))
    boxes = np.array([other.boxes[pick] for other, pick in zip(others, picks, strict=True)])
    leaders = np.array([other.leaders[pick] for other, pick in zip(others, picks, strict=True)])
    price = _against_boxes(spots, boxes)
    price = price + UNDER * _crosses_box(leaders, spots.boxes).sum(axis=0)
    return np.asarray(price + CROSSING * _cross(spots.leaders, leaders).sum(axis=1))


def _overlaps(one: Array, other: Array) -> NDArray[np.bool_]:
    """Which boxes overlap or nearly touch: shape (of one, of other)."""
    a, b = one[:, None, :], other[None, :, :]
    apart = (a[..., 0] > b[..., 2] + GAP) | (a[..., 2] < b[..., 0] - GAP)
    return ~(apart | (a[..., 1] > b[..., 3] + GAP) | (a[..., 3] < b[..., 1] - GAP))


def _crosses_box(segments: Array, boxes: Array) -> NDArray[np.bool_]:
    """Which segments run through which boxes (Liang and Barsky 1984); NaN segments through none."""
    start, step = segments[:, None, :2], (segments[:, 2:] - segments[:, :2])[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        near, far = (boxes[None, :, :2] - start) / step, (boxes[None, :, 2:] - start) / step
    low, high = np.minimum(near, far), np.maximum(near, far)
    inside = (start >= boxes[None, :, :2]) & (start <= boxes[None, :, 2:])
    still = step == 0
    low = np.where(still, np.where(inside, -np.inf, np.inf), low)
    high = np.where(still, np.where(inside, np.inf, -np.inf), high)
    enter, leave = np.maximum(low.max(axis=2), 0.0), np.minimum(high.min(axis=2), 1.0)
    return np.asarray(enter < leave)


def _cross(one: Array, other: Array) -> NDArray[np.bool_]:
    """Which segments cross which."""

    def side(p: Array, q: Array, r: Array) -> Array:
        return np.asarray(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    a, b = one[:, None, :2], one[:, None, 2:]
    c, d = other[None, :, :2], other[None, :, 2:]
    return np.asarray((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0))


def _crowded_first(labels: Sequence[Label]) -> list[int]:
    """The labels in order of how many others are near; those with few spots before all."""
    places = np.array([label.anchor for label in labels], dtype=np.float64)
    apart = np.hypot(*(places[:, None, :] - places[None, :, :]).transpose(2, 0, 1))
    near = (apart < NEAR).sum(axis=1)
    return sorted(range(len(labels)), key=lambda at: (-int(near[at]), at))
