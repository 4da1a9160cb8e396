from datetime import date, datetime

import pytest
import typer

from events.model import StoreError
from events.selected_view import selected
from events.view import Filter
from events.view_options import ViewOptions
from tests.news import SmallAtlas


def test_nothing_asked_is_an_open_filter():
    assert ViewOptions().filter() == Filter()


def test_regions_are_known_by_name_and_by_id_whatever_the_case():
    chosen = ViewOptions(regions=["baltic sea", "country:ua", "Baltic Sea"]).filter(SmallAtlas())
    assert chosen.regions == ("sea:baltic-sea", "country:UA")


def test_types_and_families_stand_in_one_option_parted_by_commas():
    chosen = ViewOptions(types=["protest,Incident", "ASSAULT"]).filter()
    assert (chosen.types, chosen.families) == (("PROTEST", "ASSAULT"), ("incident",))


def test_days_are_days_without_an_hour():
    chosen = ViewOptions(start=datetime(2025, 3, 4), end=datetime(2025, 3, 9)).filter()
    assert (chosen.start, chosen.end) == (date(2025, 3, 4), date(2025, 3, 9))


def test_an_unknown_name_is_answered_with_what_is_near():
    with pytest.raises(typer.BadParameter, match="'Blatic Sea' is not known; near are: baltic sea"):
        ViewOptions(regions=["Blatic Sea"]).filter(SmallAtlas())
    with pytest.raises(typer.BadParameter, match="near are: planned"):
        ViewOptions(statuses=["plan"]).filter()


def test_days_in_the_wrong_order_are_bad_use():
    with pytest.raises(typer.BadParameter, match="2025-03-04 is before 2025-03-09"):
        ViewOptions(start=datetime(2025, 3, 9), end=datetime(2025, 3, 4)).filter()


def test_a_store_that_is_not_there_is_named_and_is_not_made(tmp_path):
    missing = tmp_path / "typo.sqlite"
    with pytest.raises(StoreError, match="there is no store at"):
        selected(str(missing), Filter())
    assert not missing.exists()


def test_what_is_to_be_left_out_is_named_as_what_is_wanted():
    asked = ViewOptions(
        not_regions=["baltic sea"], not_types=["protest,Incident"], not_statuses=["Planned"], not_sources=["Wire", "Wire"],
    )  # fmt: skip
    chosen = asked.filter(SmallAtlas())
    assert chosen == Filter(
        not_regions=("sea:baltic-sea",), not_types=("PROTEST",), not_families=("incident",), not_statuses=("planned",),
        not_sources=("Wire",),
    )  # fmt: skip


def test_an_unknown_name_to_leave_out_is_answered_under_its_own_option():
    with pytest.raises(typer.BadParameter, match="near are: planned") as raised:
        ViewOptions(not_statuses=["plan"]).filter()
    assert raised.value.param_hint == "--not-status"


def test_how_sure_single_attributes_must_be_is_asked_by_name_in_any_case():
    chosen = ViewOptions(sure=0.5, sure_of=["Date:0.7", "place:0.9,status:0"]).filter()
    assert (chosen.sureness, chosen.sure_of) == (0.5, (("place", 0.9), ("date", 0.7)))


@pytest.mark.parametrize("asked", ["place", "place:high", "place:1.1", "place:nan"])
def test_a_share_that_is_none_is_bad_use(asked):
    with pytest.raises(typer.BadParameter, match="no share from 0 to 1"):
        ViewOptions(sure_of=[asked]).filter()
