"""Draws where extraction spends its time, from a profile that py-spy took.

    py-spy record --nonblocking -F -f raw -o profile.txt -- python -m benchmarks.scaling --loop full 30
    python -m benchmarks.flame_graph profile.txt docs/pictures/extraction-full.svg

A box is a function, as wide as its share of the time; what it calls stands below it. Only what is under
`Extractor.extract` is drawn.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

WIDTH, ROW = 1200, 18  # pixels
NARROWEST = 0.004  # share of the whole below which a box is left out
LETTER = 6.4  # pixels
ROOT = "Extractor.extract (events/extraction/pipeline.py)"
_LINE = re.compile(r":\d+\)$")  # where a function begins
COLOURS = {"events/": "#F3D9C4", "geodata/": "#DDE7CE", "": "#D7E0EA"}


@dataclass(slots=True)
class Box:
    """A function and what it calls; `samples` counts how often it was seen at work."""

    name: str
    samples: int = 0
    below: dict[str, Box] = field(default_factory=dict)


def tree_of(lines: Iterable[str]) -> Box:
    """The calls below ROOT.

    >>> tree = tree_of(["main (a.py:1);Extractor.extract (events/extraction/pipeline.py:9);read (b.py:2) 3", "main (a.py:1) 5"])
    >>> tree.samples, list(tree.below)
    (3, ['read (b.py)'])
    """
    root = Box(ROOT)
    for line in lines:
        stack, _, count = line.rpartition(" ")
        names = [_LINE.sub(")", name) for name in stack.split(";")]
        if ROOT not in names:
            continue
        box = root
        box.samples += int(count)
        for name in names[names.index(ROOT) + 1 :]:
            box = box.below.setdefault(name, Box(name))
            box.samples += int(count)
    return root


def drawn(box: Box, whole: int, x: float, row: int) -> Iterator[tuple[int, str]]:
    """(row, SVG) of a box and of all below it."""
    width = box.samples / whole * WIDTH
    if box.samples < NARROWEST * whole:
        return
    colour = next(tint for part, tint in COLOURS.items() if part in box.name)
    room = int((width - 6) / LETTER)
    name = box.name if len(box.name) <= room else box.name.split(" (")[0]
    label = name if len(name) <= room else ""
    yield (
        row,
        (
            f'<g><title>{escape(box.name)}: {box.samples / whole:.1%}</title><rect x="{x:.1f}" y="{row * ROW}" '
            f'width="{max(0.5, width - 0.5):.1f}" height="{ROW - 1}" fill="{colour}"/>'
            f'<text x="{x + 3:.1f}" y="{row * ROW + 13}">{escape(label)}</text></g>'
        ),
    )
    for below in sorted(box.below.values(), key=lambda b: -b.samples):
        yield from drawn(below, whole, x, row + 1)
        x += below.samples / whole * WIDTH


def main() -> None:
    """Read the profile, write the picture."""
    tree = tree_of(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    boxes = list(drawn(tree, tree.samples, 0, 0))
    height = (max(row for row, _ in boxes) + 1) * ROW
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="10.5">'
        f'<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>{"".join(svg for _, svg in boxes)}</svg>\n'
    )
    Path(sys.argv[2]).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
