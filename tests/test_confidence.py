"""How sure an event is."""

import pytest

from events.extraction.records.confidence import Chances


def test_an_event_is_as_sure_as_its_place_and_its_time():
    assert Chances(0.5, 0.5, 1.0).all_right == pytest.approx(0.25)


def test_without_a_place_it_can_not_be_right_in_all():
    assert Chances(0.9, 0.0, 0.9).all_right == 0.0


@pytest.mark.parametrize(("low", "high"), [((0.2, 0.9, 0.9), (0.9, 0.9, 0.9)), ((0.9, 0.9, 0.1), (0.9, 0.9, 0.6))])
def test_the_calibrated_share_rises_with_each_chance(low, high):
    assert Chances(*low).calibrated < Chances(*high).calibrated


@pytest.mark.parametrize("chances", [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.3, 0.0, 0.5)])
def test_the_calibrated_share_lies_between_nothing_and_certainty(chances):
    assert 0 < Chances(*chances).calibrated < 1
