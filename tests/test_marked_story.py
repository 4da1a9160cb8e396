from events.dashboard.listing.evidence import actor_spans
from events.dashboard.reviewing.marked_story import paragraphs_of, span_from
from events.dashboard.reviewing.told import Told, opened_among, told_in, where_told
from events.model import Actor, Event, EventPlace, Quote, Span, Story
from events.store import Store
from tests.news import march_events, march_stories

TEXT = "Guards seized a ship off Aden. The owner denied it."
STORY = Story(id="s", title="Ship seized", text=TEXT)


def seized(**changes):
    first = Quote(part="text", start=0, end=30, text=TEXT[:30])
    place = EventPlace(
        name="Aden", lat=12.8, lon=45.0, precision="city", radius_km=10, reason="the only Aden",
        evidence=Span(part="text", start=25, end=29),
    )  # fmt: skip
    event = Event(
        id="seized", story_id="s", type="COERCE", family="material conflict", status="occurred", what="Ship seized",
        actors=(Actor(name="The Guards", role="actor"),), place=place, evidence=(first,),
        type_evidence=Span(part="text", start=7, end=13),
    )  # fmt: skip
    return event.model_copy(update=changes)


def denied():
    quote = Quote(part="text", start=31, end=51, text=TEXT[31:])
    return seized(
        id="denied", type="REJECT", family="verbal conflict", what="Owner denies it", actors=(), place=None,
        evidence=(quote,), type_evidence=Span(part="text", start=41, end=47),
    )  # fmt: skip


def told(*events):
    return [Told(number, event, event) for number, event in enumerate(events, 1)]


def pieces(opened=None):
    both = told(seized(), denied())
    return [p for paragraph in paragraphs_of(STORY, both, both[opened] if opened is not None else None)
            for p in paragraph["pieces"]]  # fmt: skip


def test_the_pieces_of_a_story_are_its_whole_text_at_their_own_offsets():
    text = [piece for piece in pieces() if piece["text"] != "Ship seized"]
    assert "".join(piece["text"] for piece in text) == TEXT
    assert all(TEXT[piece["start"] :].startswith(piece["text"]) for piece in text)


def test_each_marked_word_says_what_it_gave_to_which_event_and_why():
    found = {piece["text"]: piece for piece in pieces() if piece["roles"]}
    assert {text: piece["roles"] for text, piece in found.items()} == {
        "Guards": ["actor"], "seized": ["type"], "Aden": ["place"], "denied": ["type"],
    }  # fmt: skip
    assert found["Aden"]["event"] == "seized"
    assert found["Aden"]["tip"] == "Place of event 1, Ship seized: the only Aden"


def test_the_open_events_words_stand_out_and_its_sentence_is_underlaid():
    shown = pieces(opened=1)
    assert [piece["text"] for piece in shown if piece["on"]] == ["denied"]
    assert "".join(piece["text"] for piece in shown if piece["quoted"]) == "The owner denied it."


def test_each_event_has_its_number_before_the_words_that_tell_of_it():
    assert [(piece["text"], piece["heads"]) for piece in pieces() if piece["heads"]] == [
        ("seized", ["seized"]), ("denied", ["denied"]),
    ]  # fmt: skip


def test_a_browser_may_say_anything_and_only_words_of_the_story_are_a_selection():
    assert span_from({"part": "text", "start": 6, "end": 14}, STORY) == Span(part="text", start=7, end=13)
    nonsense = (
        None, "text", {"part": "body", "start": 0, "end": 3}, {"part": "text", "start": 3, "end": 3},
        {"part": "text", "start": -2, "end": 3}, {"part": "text", "start": 0, "end": 5000},
        {"part": "text", "start": "0", "end": 3}, {"part": "text", "start": 6, "end": 7},
    )  # fmt: skip
    assert [span_from(given, STORY) for given in nonsense] == [None] * len(nonsense)


def test_an_actor_is_found_by_its_last_word_and_never_inside_a_longer_one():
    assert [TEXT[s.start : s.end] for s in actor_spans(seized(), STORY)] == ["Guards"]
    guard = seized(actors=(Actor(name="Guard", role="actor"),))
    assert actor_spans(guard, STORY) == []


def test_the_events_of_a_story_are_numbered_in_the_order_of_the_text():
    store = Store.open("sqlite://")
    store.add(STORY, [denied(), seized()])
    found = told_in(STORY, store)
    assert [(one.number, one.event.id) for one in found] == [(1, "seized"), (2, "denied")]
    assert opened_among(found, "denied").number == 2
    assert opened_among(found, "unknown").number == 1
    assert opened_among([], "denied") is None


def test_what_the_title_tells_comes_first():
    titled = march_events()[0].model_copy(update={"type_evidence": Span(part="title", start=40, end=44)})
    assert where_told(titled) < where_told(march_events()[1])
    assert march_stories()[0].id == "march-0"
