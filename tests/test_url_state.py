from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from events.attribute_sureness import ATTRIBUTES
from events.dashboard.desk.url_state import LAYOUTS, TIMELINE, PageState, from_params, to_params
from events.dashboard.listing.table_rows import COLUMNS, ORDERS, USUAL_COLUMNS
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.view import Filter
from events.view.filtering import Mark

days = some.dates(date(1900, 1, 1), date(2199, 12, 31))
names = some.lists(some.text(min_size=1, max_size=20), unique=True, max_size=4).map(tuple)


def some_of(known):
    return some.sets(some.sampled_from(known)).map(lambda chosen: tuple(name for name in known if name in chosen))


filters = some.builds(
    Filter, start=some.none(), end=some.none() | days, regions=names, families=some_of(FAMILIES),
    types=some_of(tuple(TYPES)), statuses=some_of(STATUSES), words=some.text(max_size=40).map(str.strip), sources=names,
    sure_of=some.dictionaries(some.sampled_from(ATTRIBUTES), some.integers(1, 19)).map(
        lambda steps: tuple((name, round(steps[name] * 0.05, 2)) for name in ATTRIBUTES if name in steps)
    ),
    sureness=some.integers(0, 19).map(lambda steps: round(steps * 0.05, 2)),
    not_regions=names, not_families=some_of(FAMILIES), not_types=some_of(tuple(TYPES)), not_statuses=some_of(STATUSES),
    not_sources=names, changed_from=some.none(), changed_to=some.none() | days,
    since=some.none() | some.builds(Mark, some.integers(0, 10**9), some.integers(0, 10**9)),
)  # fmt: skip


columns = some_of(tuple(COLUMNS)).map(lambda chosen: chosen or USUAL_COLUMNS)
states = some.builds(
    PageState, filter=filters, event=some.none() | some.text(min_size=1, max_size=30),
    layout=some.sampled_from(LAYOUTS), order=some.sampled_from(tuple(ORDERS)), columns=columns, timeline=some_of(TIMELINE),
)  # fmt: skip


PATIENT = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a loaded machine is no error


@PATIENT
@given(states)
def test_a_state_survives_its_address(state):
    assert from_params(to_params(state)) == state


@PATIENT
@given(
    some.dictionaries(
        some.sampled_from(
            [
                "from",
                "to",
                "status",
                "not-type",
                "region",
                "sure",
                "sure-of",
                "view",
                "since",
                "changed-to",
                "table",
                "column",
            ]
        ),
        some.lists(some.text()),
    )
)
def test_any_address_gives_a_state(params):
    state = from_params(params)
    assert set(state.filter.statuses) <= set(STATUSES)


def test_nothing_chosen_is_an_empty_address():
    assert to_params(PageState()) == {}


def test_dates_in_the_wrong_order_are_turned_round():
    chosen = from_params({"from": ["2025-03-12"], "to": ["2025-03-04"]}).filter
    assert (chosen.start, chosen.end) == (date(2025, 3, 4), date(2025, 3, 12))


def test_a_day_that_no_input_can_show_is_passed_over():
    assert from_params({"from": ["0001-01-01"]}).filter.start is None


def test_an_endless_address_is_cut():
    assert len(from_params({"region": [f"country:{n}" for n in range(5000)]}).filter.regions) == 60


@pytest.mark.parametrize(
    ("asked", "understood"), [("0.7", 0.7), ("0.72", 0.7), ("1", 0.95), ("nan", 0), ("-1", 0), ("7", 0), ("sure", 0)]
)
def test_a_sureness_in_an_address_is_one_that_the_slider_has(asked, understood):
    assert from_params({"sure": [asked]}).filter.sureness == understood


@pytest.mark.parametrize("asked", ["36", "a.b", "1.2.3", "-1.2", "9" * 20 + ".1", ""])
def test_a_mark_that_is_none_is_passed_over(asked):
    assert from_params({"since": [asked]}).filter.since is None
