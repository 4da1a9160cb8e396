"""Golden stories: our own, each with what a careful reader would put on the map, in tests/data/golden.

NAME.events.json lists the events to be found (by words of an evidence sentence, with type, status, place, precision and
days; null where nothing is asked) and the places that only act or are only spoken of and must not be pinned.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from analyses import extractor

from events.reading import read_path

GOLDEN = Path(__file__).parent / "data" / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def expected(name):
    return json.loads((GOLDEN / f"{name}.events.json").read_text(encoding="utf-8"))


@cache
def found(name):
    (story,) = read_path(GOLDEN / f"{name}.txt").stories
    return extractor().extract(story)


def differences(event, wanted):
    """What of an event is not as it is wanted."""
    place = event.place
    asked = wanted["place"] is not None
    seen = {
        "type": event.type in wanted["type"],
        "status": event.status in wanted["status"],
        "place": not asked or (place is not None and place.name in wanted["place"]),
        "precision": not asked or (place is not None and place.precision in wanted["precision"]),
        "start": not wanted["start"] or (event.when is not None and event.when.start.isoformat() == wanted["start"]),
        "end": not wanted["end"] or (event.when is not None and event.when.end.isoformat() == wanted["end"]),
    }
    return [name for name, right in seen.items() if not right]


CASES = [
    pytest.param(name, wanted, id=f"{name}: {wanted['quote']}") for name in NAMES for wanted in expected(name)["events"]
]


def test_there_are_golden_stories_of_many_kinds():
    assert len(NAMES) >= 6
    assert len({kind for name in NAMES for wanted in expected(name)["events"] for kind in wanted["type"]}) >= 9


@pytest.mark.parametrize(("name", "wanted"), CASES)
def test_an_expected_event_is_found_with_its_place_its_days_and_its_status(name, wanted):
    told = [e for e in found(name) if any(wanted["quote"] in quote.text for quote in e.evidence)]
    assert told, f"no event is told by the words {wanted['quote']!r}"
    fewest = min((differences(event, wanted) for event in told), key=len)
    assert fewest == []


@pytest.mark.parametrize("name", NAMES)
def test_what_only_acts_or_is_spoken_of_is_not_pinned(name):
    pinned = {event.place.name for event in found(name) if event.place}
    assert pinned & set(expected(name)["not_pinned"]) == set()
