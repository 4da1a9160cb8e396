"""The colours can be read and told apart: contrast by WCAG 2.2 AA, and four kinds of sight by simulation.

The matrices are those of Machado, Oliveira and Fernandes (2009) for complete loss of one kind of cone, in linear sRGB;
distances are Euclidean in OKLab (Ottosson 2020) times 100.
"""

from itertools import combinations

import numpy as np
import pytest

from events.look.theme import DARK, LIGHT, contrast

TEXT, LARGE_OR_GRAPHIC = 4.5, 3.0
SIGHT = {
    "usual": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
LEAST_DISTANCE = 9.5  # what two swatches need to be told apart side by side at the size of a mark
TO_LMS = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
          [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
TO_LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
          [0.0259040371, 0.7827717662, -0.8086757660]]  # fmt: skip


def linear(colour):
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def seen(colour, sight):
    """A colour in OKLab as somebody with this sight sees it."""
    return np.array(TO_LAB) @ np.cbrt(np.array(TO_LMS) @ np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1))


def distance(one, other, sight):
    return 100 * float(np.linalg.norm(seen(one, sight) - seen(other, sight)))


def test_the_measure_of_distance_is_that_of_black_and_white():
    assert distance("#000000", "#FFFFFF", "usual") == pytest.approx(100, abs=0.01)
    assert distance("#FF0000", "#00A000", "deuteranopia") < distance("#FF0000", "#00A000", "usual") / 2


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["page", "rail", "panel", "tint"])
@pytest.mark.parametrize("ink", ["ink", "soft"])
def test_text_can_be_read_on_every_ground(theme, ink, ground):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_names_on_the_map_evidence_and_numbers_on_marks_can_be_read(theme):
    pairs = [(theme.land_names, theme.land), (theme.sea_names, theme.sea), (theme.town_names, theme.land)]
    pairs += [(theme.ink, theme.mark), *((numeral, colour) for colour, numeral in theme.numerals.items())]
    assert [pair for pair in pairs if contrast(*pair) < TEXT] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_familys_colour_is_seen_on_page_and_land_and_a_mark_by_its_casing_on_the_sea(theme):
    for colour in theme.families.values():
        assert contrast(colour, theme.page) >= LARGE_OR_GRAPHIC
        assert contrast(colour, theme.land) >= LARGE_OR_GRAPHIC
        assert max(contrast(colour, theme.sea), contrast(colour, theme.panel)) >= LARGE_OR_GRAPHIC


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("sight", SIGHT)
def test_no_two_families_look_alike_to_anybody(theme, sight):
    least = min(distance(one, other, sight) for one, other in combinations(theme.families.values(), 2))
    assert least >= LEAST_DISTANCE
