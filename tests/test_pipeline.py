"""A story in, its events out: stable, sliced, quick, and not fooled by what only looks like an event."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from analyses import DAY, events_of, extractor, story

from events.model import Story

TEXT = (
    "KADUNA, Nigeria — Gunmen shot two traders at a market in Kaduna on Monday, police said.\n\n"
    "President Bola Tinubu will visit the city on Friday.\n\n"
    "Talks with herders that had been planned for Tuesday in Jos were called off."
)


def spans_of(event):
    found = [event.type_evidence, event.status_evidence, *event.evidence]
    return [span for span in [*found, event.place and event.place.evidence, event.when and event.when.evidence] if span]


def test_what_happened_where_and_when_is_found():
    shooting = next(e for e in events_of(TEXT) if "shot" in e.evidence[0].text and e.place)
    assert (shooting.place.name, shooting.when.start.isoformat(), shooting.status) == (
        "Kaduna",
        "2025-03-10",
        "occurred",
    )


def test_ids_are_the_same_in_every_run_and_all_different():
    first, second = ([e.id for e in extractor().extract(story(TEXT))] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first) > 0


def test_every_span_is_a_slice_of_the_story():
    for event in events_of(TEXT, "Gunmen shoot traders in Kaduna"):
        told = story(TEXT, "Gunmen shoot traders in Kaduna")
        assert all(0 <= span.start < span.end <= len(told.part(span.part)) for span in spans_of(event))
        assert all(quote.text == told.part(quote.part)[quote.start : quote.end] for quote in event.evidence)


def test_the_words_of_a_date_are_those_at_its_span():
    dated = [e.when for e in events_of(TEXT) if e.when and e.when.evidence]
    assert dated
    assert all(w.text == story(TEXT).part(w.evidence.part)[w.evidence.start : w.evidence.end] for w in dated)


def test_chances_and_labels_keep_their_bounds():
    for event in events_of(TEXT):
        assert 0 <= event.confidence <= 1
        assert 1 <= len(event.what.split()) <= 12
        assert sum(a.role == "actor" for a in event.actors) <= 3


def test_threads_share_an_extractor():
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(extractor().extract, [story(TEXT)] * 4))
    assert all(run == runs[0] for run in runs)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", ".", "\u202e\u0000", "🌋" * 50, "(((((((((", "A" * 5000, "“" * 500, "\n" * 5000]
)
def test_text_that_tells_nothing_gives_nothing(text):
    assert events_of(text) == []


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}} ${1+1}",
        "C:\\path\\20190221",
        "'; DROP TABLE",
    ],
)
def test_hostile_words_are_only_words(payload):
    text = f"Gunmen shot two traders in Kaduna on Monday {payload} police said."
    for event in events_of(text, payload):
        assert all(q.text in (text, payload) for q in event.evidence)


@pytest.mark.parametrize("unit", ["word ", "Gunmen shot traders in Kaduna and ", "a, ", "("])
def test_a_huge_text_without_a_full_stop_is_read_and_not_choked_on(unit):
    text = (unit * (280_000 // len(unit) + 1))[:280_000]
    events = extractor(light=True).extract(Story(id="huge", text=text, published=DAY))
    assert len(events) < 50


def test_the_light_profile_finds_the_event_without_the_tagger():
    found = events_of(TEXT, light=True)
    assert any("shot" in e.evidence[0].text and e.place and e.place.name == "Kaduna" for e in found)


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("Toyota strikes a deal with a battery maker in Nagoya.", {"ASSAULT", "PROTEST"}),
        ("Ministers welcomed the de-escalation in Beirut on Monday.", {"ASSAULT", "THREATEN"}),
        ("A legal war over the trademark went on in a court in Madrid on Monday.", {"ASSAULT", "MOBILIZE"}),
        ("The defendant pleaded guilty in Reno on Monday to the shooting of 2019.", {"ASSAULT"}),
        ("A judge in Reno dismissed the lawsuit against the airline on Monday.", {"ASSAULT", "COERCE"}),
        ("The bank launched an attack on high fees in Madrid.", {"MOBILIZE"}),
    ],
)
def test_words_of_war_without_a_war(text, forbidden):
    assert {e.type for e in events_of(text)} & forbidden == set()


def test_a_headline_that_strikes_a_deal_tells_of_an_agreement():
    found = events_of("The two firms signed it in Nagoya on Monday.", "Toyota strikes deal with battery maker")
    assert {e.type for e in found} == {"AGREE"}


@pytest.mark.parametrize(
    "text",
    [
        "Nuclear war would be a folly that no leader in Moscow or Washington could survive.",
        "The rebels could attack the dam near Goma.",
        "If forces were to cross the river at Kherson, war would follow.",
        "About 95% of internet traffic is carried by cables.",
        "Every year pilgrims visit Mecca.",
    ],
)
def test_opinions_possibilities_and_habits_are_not_pinned(text):
    assert [e.what for e in events_of(text) if e.status == "occurred" and e.confidence > 0.6] == []
