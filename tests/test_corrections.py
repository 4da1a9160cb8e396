"""A person's word: applied, undone, outlasting another extractor and another version of the story."""

import random
from datetime import UTC, date, datetime

import pytest

from events.corrections import (
    Accept,
    AddEvent,
    Correction,
    Merge,
    Reject,
    SetActors,
    SetLabel,
    SetPlace,
    SetStatus,
    SetType,
    SetWhen,
    Split,
    apply,
    missed_event,
)
from events.model import Actor, Event, EventPlace, Quote, Report, Span, StoreError, Story, When
from events.ontology import family_of
from events.store import Store
from events.store.upkeep.checking import findings

PARIS = EventPlace(
    name="Paris", lat=48.86, lon=2.35, precision="city", radius_km=15, country="FR", place_id="gn:2988507"
)
PARIS_TEXAS = EventPlace(name="Paris", lat=33.66, lon=-95.56, precision="city", radius_km=8, country="US")
TEXT = "A warehouse burned down in Paris on Monday. Police arrested two men. The mayor resigned."


def story(number=1, text=TEXT, source="Lamar Post"):
    return Story(id=f"s{number}", title="Fire", text=text, published=date(2025, 3, 4), source=source,
                 url=f"https://example.org/fire/{number}")  # fmt: skip


def event_in(told, sentence, trigger, kind="ACCIDENT", place=PARIS, **more):
    """The event of a sentence of the story, by its first words and its trigger."""
    start = told.text.index(sentence)
    end = told.text.index(".", start) + 1
    quote = Quote(part="text", start=start, end=end, text=told.text[start:end])
    at = told.text.index(trigger, start)
    if place is not None and place.name in quote.text:
        named = told.text.index(place.name, start)
        place = place.model_copy(update={"evidence": Span(part="text", start=named, end=named + len(place.name))})
    report = Report(story_id=told.id, title=told.title, source=told.source, url=told.url, published=told.published)
    values = {
        "id": f"{told.id}-{trigger}-{kind}", "story_id": told.id, "type": kind, "family": family_of(kind),
        "status": "occurred", "what": quote.text.rstrip("."), "place": place, "confidence": 0.4,
        "when": When(start=date(2025, 3, 3), end=date(2025, 3, 3), precision="day"),
        "type_evidence": Span(part="text", start=at, end=at + len(trigger)), "evidence": (quote,), "reports": (report,),
    }  # fmt: skip
    return Event(**values | more)


def fire(told, **more):
    return event_in(told, "A warehouse", "burned", **more)


def arrest(told, **more):
    return event_in(told, "Police arrested", "arrested", "CRIME", **more)


def said(change, *reports, who="Ada", why="", number=0):
    return Correction(reports=reports, change=change, who=who, why=why, id=number,
                      at=datetime(2025, 3, 5, 9, 0, tzinfo=UTC))  # fmt: skip


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()


# ------------------------------------------------------------------ the pure function


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (SetWhen(when=None), "when", None),
        (SetType(type="CRIME"), "family", "incident"),
        (SetStatus(status="alleged"), "status", "alleged"),
        (SetLabel(what="Warehouse burns"), "what", "Warehouse burns"),
        (SetActors(actors=(Actor(name="Firemen", role="actor"),)), "actors", (Actor(name="Firemen", role="actor"),)),
        (SetPlace(place=None), "place", None),
        (Accept(), "confidence", 1.0),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_each_kind_of_change_is_applied_and_says_who(change, field, value):
    told = story()
    (event,) = apply([fire(told)], told, [said(change, fire(told), number=7)])
    assert getattr(event, field) == value
    assert [(review.correction, review.kind, review.who) for review in event.reviews] == [(7, change.kind, "Ada")]


def test_a_corrected_place_points_to_the_words_that_gave_the_wrong_one():
    told = story()
    (event,) = apply([fire(told)], told, [said(SetPlace(place=PARIS_TEXAS), fire(told))])
    assert (event.place.country, event.place.reason) == ("US", "placed by Ada")
    assert told.text[event.place.evidence.start : event.place.evidence.end] == "Paris"


def test_a_rejected_event_is_left_out_until_it_is_accepted_later():
    told = story()
    no, yes = said(Reject(), fire(told), number=1), said(Accept(), fire(told), number=2)
    assert apply([fire(told), arrest(told)], told, [no]) == [arrest(told)]
    assert len(apply([fire(told)], told, [yes, no])) == 1


def test_the_later_of_two_words_wins():
    told = story()
    first = said(SetStatus(status="alleged"), fire(told), number=1)
    later = said(SetStatus(status="denied"), fire(told), number=2, who="Bo")
    assert apply([fire(told)], told, [later, first])[0].status == "denied"


def test_corrections_of_another_story_change_nothing():
    told, other = story(), story(2)
    assert apply([fire(told)], told, [said(Reject(), fire(other))]) == [fire(told)]


def test_a_newer_extractor_that_gives_another_id_and_place_is_outranked():
    told = story()
    newer = fire(told, id="new-id", status="ongoing")
    (event,) = apply([newer], told, [said(SetPlace(place=PARIS_TEXAS), fire(told))])
    assert (event.id, event.status, event.place.country) == ("new-id", "ongoing", "US")


def test_what_was_accepted_stays_when_an_extractor_no_longer_finds_it():
    told = story()
    kept = apply([], told, [said(Accept(), fire(told), number=3)])
    assert [(event.what, event.reviews[0].who) for event in kept] == [
        ("A warehouse burned down in Paris on Monday", "Ada")
    ]
    assert apply([], told, [said(Reject(), fire(told))]) == []


def test_a_word_on_one_event_of_a_sentence_does_not_touch_the_other():
    told = story(text="Rebels burned a bus and killed nine people in Gulu.")
    burned, killed = (
        event_in(told, "Rebels", word, kind) for word, kind in (("burned", "COERCE"), ("killed", "ASSAULT"))
    )
    assert apply([burned, killed], told, [said(Reject(), burned)]) == [killed]


def test_a_word_on_a_sentence_does_not_pass_to_one_that_only_resembles_it():
    told = story(text="Police arrested two men in Leeds. Police arrested two men in York.")
    leeds = event_in(told, "Police arrested two men in Leeds", "arrested", "CRIME", id="a")
    york = event_in(told, "Police arrested two men in York", "arrested", "CRIME", id="b")
    assert apply([york], told, [said(Reject(), leeds)]) == [york]


def test_a_correction_follows_its_sentence_through_an_edit_of_the_story():
    told = story()
    edited = story(text=f"Updated at noon. {TEXT.replace('burned down in Paris', 'burned down in central Paris')}")
    (event,) = apply([fire(edited, id="other")], edited, [said(SetStatus(status="alleged"), fire(told))])
    assert event.status == "alleged"


def test_a_restored_event_quotes_the_sentence_where_it_stands_now():
    told, edited = story(), story(text=f"Updated at noon. {TEXT}")
    (event,) = apply([], edited, [said(Accept(), fire(told))])
    assert edited.text[event.evidence[0].start : event.evidence[0].end] == event.evidence[0].text
    assert edited.text[event.type_evidence.start : event.type_evidence.end] == "burned"
    assert edited.text[event.place.evidence.start : event.place.evidence.end] == "Paris"


def test_a_place_for_a_name_holds_in_the_whole_story_and_yields_to_a_word_on_one_event():
    told = story(text="A warehouse burned down in Paris on Monday. Police arrested two men in Paris.")
    events = [fire(told), event_in(told, "Police", "arrested", "CRIME")]
    whole = said(SetPlace(place=PARIS_TEXAS, reach="story", name="Paris"), fire(told), number=2)
    assert [event.place.country for event in apply(events, told, [whole])] == ["US", "US"]
    one = said(SetPlace(place=PARIS), events[1], number=1)
    assert [event.place.country for event in apply(events, told, [whole, one])] == ["US", "FR"]


def test_a_missed_event_is_added_with_its_sentence_and_gives_way_to_none():
    told = story()
    start = told.text.index("resigned")
    missed = missed_event(told, "text", start, start + 8, type="RETREAT", status="occurred", what="Mayor resigns")
    added = said(AddEvent(), missed, number=1)
    assert [event.evidence[0].text for event in apply([], told, [added])] == ["The mayor resigned."]
    found_by_now = event_in(told, "The mayor", "resigned", "RETREAT", what="Clipped")
    assert [(e.id, e.what) for e in apply([found_by_now], told, [added])] == [(found_by_now.id, "Mayor resigns")]


def test_a_span_without_words_is_refused():
    with pytest.raises(ValueError, match="holds no words"):
        missed_event(story(), "text", 5, 5, type="AID", status="occurred", what="Nothing")


# ------------------------------------------------------------------ in the store


def test_a_correction_is_kept_shown_and_undone_in_one_step(store):
    told = story()
    store.add(told, [fire(told), arrest(told)])
    before = store.events()
    number = store.correct(said(SetStatus(status="alleged"), *store.reports_of(before[0].id), why="line 4"))
    assert [event.status for event in store.events()] == ["alleged", "occurred"]
    assert store.event(before[0].id).reviews[0].why == "line 4"
    store.undo(number, who="Bo", why="it was right")
    assert store.events() == before
    (row,) = store.corrections()
    assert (row.correction.who, row.undone.who, row.held) == ("Ada", "Bo", 0)


def test_the_audit_trail_is_append_only(store):
    told = story()
    store.add(told, [fire(told)])
    store.undo(store.correct(said(Reject(), fire(told))), who="Bo")
    trail = [(c.action, c.kind, c.who, c.undoes) for c in store.history()]
    assert trail == [("undo", "", "Bo", 1), ("correct", "reject", "Ada", None)]
    with store._engine.begin() as connection, pytest.raises(Exception, match="never changed"):
        connection.exec_driver_sql("DELETE FROM changes")


def test_undoing_twice_or_nothing_is_refused(store):
    told = story()
    store.add(told, [fire(told)])
    number = store.correct(said(Reject(), fire(told)))
    store.undo(number, who="Ada")
    with pytest.raises(StoreError, match=f"correction {number} was undone already"):
        store.undo(number, who="Ada")
    with pytest.raises(StoreError, match="no correction 99"):
        store.undo(99, who="Ada")


def test_a_rejected_event_leaves_the_map_and_is_listed_as_rejected(store):
    told = story()
    store.add(told, [fire(told), arrest(told)])
    store.correct(said(Reject(), fire(told)))
    assert [event.type for event in store.events()] == ["CRIME"]
    assert [(event.type, event.reviews[-1].who) for event in store.rejected()] == [("ACCIDENT", "Ada")]


def test_a_word_on_one_report_holds_for_the_event_that_outlets_share(store):
    one, two = story(1), story(2, source="Other Post")
    store.add(one, [fire(one)])
    store.add(two, [fire(two, confidence=0.9)])
    (event,) = store.events()
    store.correct(said(SetLabel(what="Warehouse burns"), fire(one)))
    (event,) = store.events()
    assert (event.what, len(event.reports), [review.who for review in event.reviews]) == ("Warehouse burns", 2, ["Ada"])


def test_a_corrected_place_takes_all_reports_along_and_keeps_the_id(store):
    one, two = story(1), story(2, source="Other Post")
    store.add(one, [fire(one)])
    store.add(two, [fire(two)])
    (before,) = store.events()
    store.correct(said(SetPlace(place=PARIS_TEXAS), *store.reports_of(before.id)))
    (event,) = store.events()
    assert (event.id, len(event.reports), event.place.country) == (before.id, 2, "US")


def test_a_place_for_a_name_holds_for_the_outlet_and_for_its_stories_to_come(store):
    one, two, other = story(1), story(2), story(3, source="Le Monde libre")
    store.add(one, [fire(one)])
    store.add(other, [fire(other)])
    store.correct(said(SetPlace(place=PARIS_TEXAS, reach="outlet", name="Paris"), fire(one)))
    store.add(two, [fire(two)])
    countries = {event.reports[0].source: event.place.country for event in store.events()}
    assert countries == {"Lamar Post": "US", "Le Monde libre": "FR"}


def test_merged_by_hand_they_stay_one_when_stories_are_read_again_and_part_when_undone(store):
    one, two = story(1), story(2, text="Flames gutted a depot in Lyon on Thursday.")
    depot = event_in(
        two, "Flames", "gutted", place=PARIS.model_copy(update={"name": "Lyon", "lat": 45.76, "lon": 4.84})
    )
    store.add(one, [fire(one)])
    store.add(two, [depot])
    first, second = store.events()
    number = store.correct(said(Merge(), *store.reports_of(first.id), *store.reports_of(second.id)))
    (event,) = store.events()
    assert (event.id, store.event(second.id).id, len(event.reports)) == (first.id, first.id, 2)
    store.replace_events(two, [depot.model_copy(update={"id": "newer", "status": "ongoing"})])
    assert len(store.events()) == 1
    store.undo(number, who="Ada")
    assert [event.id for event in store.events()] == [first.id, second.id]


def test_split_by_hand_they_stay_apart_when_a_report_comes_that_is_like_both(store):
    one, two, three = story(1), story(2, source="Other Post"), story(3, source="Third Post")
    store.add(one, [fire(one)])
    store.add(two, [fire(two)])
    number = store.correct(said(Split(rest=(fire(one),)), fire(two)))
    store.add(three, [fire(three)])
    assert sorted(len(event.reports) for event in store.events()) == [1, 2]
    store.undo(number, who="Ada")
    assert [len(event.reports) for event in store.events()] == [3]


def test_a_merge_after_a_split_wins(store):
    one, two = story(1), story(2, source="Other Post")
    store.add(one, [fire(one)])
    store.add(two, [fire(two)])
    store.correct(said(Split(rest=(fire(one),)), fire(two)))
    store.correct(said(Merge(), fire(one), fire(two)))
    assert [len(event.reports) for event in store.events()] == [2]


def test_corrections_survive_another_extractor(store):
    told = story()
    store.add(told, [fire(told), arrest(told)])
    store.correct(said(SetPlace(place=PARIS_TEXAS), fire(told)))
    store.correct(said(Reject(), arrest(told)))
    store.replace_events(told, [fire(told, id="n1", status="ongoing"), arrest(told, id="n2")], who="extractor 2")
    (event,) = store.events()
    assert (event.status, event.place.country, event.reviews[0].who) == ("ongoing", "US", "Ada")


def test_an_event_keeps_its_id_through_another_extractor(store):
    told = story()
    store.add(told, [fire(told)])
    (before,) = store.events()
    store.replace_events(told, [fire(told, id="n1", status="ongoing")])
    assert [(event.id, event.status) for event in store.events()] == [(before.id, "ongoing")]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda e, gone: said(Reject(), gone), "does not have: s9"),
        (lambda e, gone: said(Merge(), e), "needs the reports of two"),
        (lambda e, gone: said(SetPlace(place=None, reach="story"), e), "needs the name"),
    ],
)
def test_what_cannot_hold_is_refused_and_leaves_nothing(store, wrong, why):
    told = story()
    store.add(told, [fire(told)])
    with pytest.raises(StoreError, match=why):
        store.correct(wrong(fire(told), fire(story(9))))
    assert store.corrections() == []


def test_an_added_event_ends_with_the_word_that_added_it(store):
    told = story()
    store.add(told, [])
    start = told.text.index("resigned")
    missed = missed_event(told, "text", start, start + 8, type="RETREAT", status="occurred", what="Mayor resigns")
    number = store.correct(said(AddEvent(), missed))
    store.correct(said(SetStatus(status="planned"), *store.reports_of(store.events()[0].id)))
    assert [event.status for event in store.events()] == ["planned"]
    store.undo(number, who="Ada")
    assert store.events() == []


CHANGES = [
    Accept(), Reject(), SetPlace(place=None), SetPlace(place=PARIS_TEXAS), SetStatus(status="denied"), SetType(type="CRIME"),
    SetPlace(place=PARIS_TEXAS, reach="outlet", name="Paris"), SetPlace(place=PARIS_TEXAS, reach="story", name="Paris"),
    Merge(), "split",
]  # fmt: skip


def any_word(chance, events, store):
    """A correction of some kind on some events of the map."""
    change, some = chance.choice(CHANGES), chance.sample(events, min(2, len(events)))
    if change == "split":
        reports = store.reports_of(some[0].id)
        return said(Split(rest=reports[1:]), reports[0]) if len(reports) > 1 else said(Accept(), *reports)
    chosen = some if isinstance(change, Merge) else some[:1]
    reports = [report for event in chosen for report in store.reports_of(event.id)]
    return said(change if len(reports) > 1 else Accept(), *reports)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_said_and_undone_the_store_stays_sound_and_ends_as_it_was_extracted(seed):
    chance, store = random.Random(seed), Store.open("sqlite://")
    told = [story(number, source=f"Post {number % 3}") for number in range(8)]
    extracted = {one.id: [fire(one), arrest(one)] for one in told}
    numbers = []
    for step in range(30):
        one = told[step % 8]
        store.add(one, extracted[one.id])
        if chance.random() < 0.2:
            store.replace_events(one, extracted[one.id])
        if store.events():
            numbers.append(store.correct(any_word(chance, store.events(), store)))
        if numbers and chance.random() < 0.4:
            store.undo(numbers.pop(chance.randrange(len(numbers))), who="Bo")
        assert [finding.what for finding in findings(store._engine) if finding.bad] == []
    for number in numbers:
        store.undo(number, who="Bo")
    assert {one.id: store.events_of(one.id) for one in told} == extracted
    assert [len(event.reports) for event in store.events()] == [8, 8]
    store.close()
