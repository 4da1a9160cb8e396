"""The rows of the timeline and how they are drawn: what the browser gets anew with each choice, and must not pile up."""

from datetime import date

from events.dashboard.timeline.strip_chart import specification
from events.dashboard.timeline.strip_rows import rows
from events.look.theme import LIGHT
from events.view.bars import Bars, Bin

DAYS = (date(2025, 3, 1), date(2025, 3, 20))
INCIDENTS, TALKS = "incident", "verbal cooperation"
BARS = Bars(
    "day",
    (
        Bin(date(2025, 3, 4), TALKS, True, 3),
        Bin(date(2025, 3, 4), INCIDENTS, False, 2),
        Bin(date(2025, 3, 4), None, True, 4),
        Bin(date(2025, 3, 9), INCIDENTS, True, 5),
    ),
    wide=5,
    spans=((date(2025, 2, 1), date(2025, 3, 31), 3), (date(2025, 1, 1), date(2025, 4, 30), 2)),
)
WORKED_OUT = ("aggregate", "bin", "timeUnit", "calculate", "window", "sort", "order", "cornerRadius")


def drawn(bars=BARS, opened=(date(2025, 3, 9), 7)):
    return rows(bars, DAYS, date(2025, 3, 12), opened)


def named(spec):
    """All names in a specification with what they name, at every depth."""
    if isinstance(spec, list):
        return [found for one in spec for found in named(one)]
    if not isinstance(spec, dict):
        return []
    return [*spec.items(), *(found for one in spec.values() for found in named(one))]


def test_long_intervals_are_lines_at_the_foot_of_the_plot_where_the_axis_hides_none():
    foot = next(layer for layer in specification("week", DAYS, LIGHT)["layer"] if "span" in str(layer["transform"]))
    assert foot["encoding"]["y"] == {"value": "height"}


def test_a_segment_stands_upon_those_of_its_bin():
    bars = drawn().query("layer == 'bar'")
    assert list(zip(bars["lower"], bars["upper"], strict=True)) == [(0, 3), (3, 5), (5, 9), (0, 5)]


def test_the_number_of_the_open_event_hangs_above_its_bar():
    (line,) = drawn().query("layer == 'open'").to_dict("records")
    assert (line["label"], line["lower"], round(line["upper"] / line["top"], 2)) == ("7", 5, 0.79)


def test_each_row_has_a_key_of_its_own_in_its_layer():
    assert not drawn()[["layer", "key"]].duplicated().any()


def test_rows_of_another_choice_take_over_the_keys():
    fewer = drawn(Bars("day", BARS.bins[1:3], wide=0), opened=None)
    before = set(drawn()[["layer", "key"]].itertuples(index=False, name=None))
    assert set(fewer[["layer", "key"]].itertuples(index=False, name=None)) < before


def test_the_browser_draws_by_the_key_and_works_nothing_out():
    spec = specification("day", DAYS, LIGHT)
    assert spec["encoding"]["key"] == {"field": "key"}
    assert spec["data"]["format"]["parse"] == {"day": None, "until": None}
    assert [name for name, _ in named(spec) if name in WORKED_OUT] == []
    assert {value for name, value in named(spec) if name == "stack"} == {None}
