"""The six forms: one table of paths for pictures and map."""

from base64 import b64decode

import pytest

from events.look.marks import FORMS, forms_for_map, hatching, mark_uri, swatch_uri
from events.look.theme import DARK, LIGHT, contrast, css_tokens
from events.model import STATUSES
from events.ontology import FAMILIES


def svg(uri):
    head, content = uri.split(",", 1)
    assert head == "data:image/svg+xml;base64"
    return b64decode(content).decode()


def test_every_status_has_a_form_of_its_own():
    pictures = {status: mark_uri(status, "#123456", LIGHT) for status in STATUSES}
    assert len(set(pictures.values())) == 6


def test_only_what_is_told_as_fact_is_filled_with_its_colour():
    filled = [status for status in STATUSES if 'fill="#123456"' in svg(mark_uri(status, "#123456", LIGHT))]
    assert filled == ["occurred", "ongoing"]
    assert [status for status in STATUSES if FORMS[status].filled] == filled


def test_what_lies_ahead_is_dashed_and_what_is_taken_back_is_struck_through():
    dashed = [status for status in STATUSES if "stroke-dasharray" in svg(mark_uri(status, "#123456", LIGHT))]
    struck = [status for status in STATUSES if "M-10 10L10 -10" in svg(mark_uri(status, "#123456", LIGHT))]
    assert (dashed, struck) == (["planned", "cancelled"], ["denied", "cancelled"])


def test_pictures_take_the_panel_of_their_theme():
    assert DARK.panel in svg(mark_uri("planned", "#123456", DARK))
    assert LIGHT.panel not in svg(mark_uri("planned", "#123456", DARK))


def test_the_map_gets_the_paths_of_the_pictures():
    for status, form in forms_for_map().items():
        picture = svg(mark_uri(status, "#123456", LIGHT))
        assert all(layer["path"] in picture for layer in form["layers"])
    assert list(forms_for_map()) == list(STATUSES)


def test_hatching_stays_inside_its_diamond():
    numbers = hatching(10).replace("M", " ").replace("L", " ").split()
    points = list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True))
    assert len(points) == 10
    assert all(abs(x) + abs(y) <= 10.01 for x, y in points)


def test_a_swatch_is_a_square_of_its_colour():
    assert 'rect x="-12" y="-12" width="24" height="24" rx="5" fill="#BB7918"' in svg(swatch_uri("#BB7918"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_and_numbers_stand_out_from_their_marks(theme):
    assert contrast(theme.ink, theme.page) > 13
    for ground in (theme.page, theme.rail, theme.tint):
        assert contrast(theme.soft, ground) >= 4.5
    assert contrast(theme.land_names, theme.land) >= 4.5
    assert contrast(theme.sea_names, theme.sea) >= 4.5
    assert all(contrast(theme.numerals[colour], colour) >= 5 for colour in theme.families.values())


def test_the_tokens_follow_the_colour_scheme():
    tokens = css_tokens()
    assert "--ink:light-dark(#22303A,#E9E5DB);" in tokens
    assert "--material-conflict:light-dark(#B3261E,#E0695D);" in tokens
    assert all(f"--{family.replace(' ', '-')}:" in tokens for family in FAMILIES)
