"""What each name of a story means: the vote, what stands beside a name, outlets, focus, confidence and reasons."""

import pytest

from events.extraction.places.containers import Container, containers_beside
from events.extraction.places.outlets import home_country, home_name, home_of, seat_country
from events.extraction.places.resolution import geoparse, resolve_spans
from events.extraction.sentences import split
from events.model import Story


def answers(text, names, gazetteer, **more):
    """The answers to some names of a text, each at its first mention."""
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return resolve_spans(Story(id="1", text=text, **more), spans, gazetteer)


@pytest.mark.parametrize(
    ("text", "name", "division"),
    [
        ("Springfield, Ill., voted.", "Springfield", "IL"),
        ("Springfield (Massachusetts) voted.", "Springfield", "MA"),
        ("They flew to Portland in Maine.", "Portland", "ME"),
        ("Springfield, MO voted.", "Springfield", "MO"),
        ("The Texas city of Paris voted.", "Paris", "TX"),
    ],
)
def test_what_stands_beside_a_name_decides(text, name, division, gazetteer):
    (answer,) = answers(text, [name], gazetteer)
    assert (answer.place.country, answer.place.admin1) == ("US", division)
    assert answer.reason.endswith("the one in what is named beside it")


def test_a_list_of_countries_contains_nothing(gazetteer):
    text = "Jordan, Syria and Lebanon agreed."
    assert [a.place.country for a in answers(text, ["Jordan", "Syria", "Lebanon"], gazetteer)] == ["JO", "SY", "LB"]


def test_a_people_before_a_town_tells_its_country(gazetteer):
    beside = containers_beside("the Syrian city of Tripoli", 19, 26, gazetteer)
    assert beside == frozenset({Container("SY")})


def test_a_name_told_once_means_the_same_later_and_another_where_told_otherwise(gazetteer):
    text = "Athens, Georgia, was dry. Athens prayed for rain. Athens, Greece, was wet."
    spans = [(at, at + 6) for at in (0, text.index("Athens prayed"), text.index("Athens, Greece"))]
    found = resolve_spans(Story(id="1", text=text), spans, gazetteer)
    assert [a.place.country for a in found] == ["US", "US", "GR"]


def test_neighbours_pull_a_name_to_themselves(gazetteer):
    text = "Buses link London with Kitchener, Guelph and Windsor in Ontario."
    found = answers(text, ["London", "Kitchener", "Guelph", "Windsor"], gazetteer)
    assert [a.place.country for a in found] == ["CA", "CA", "CA", "CA"]


def test_the_outlets_country_breaks_a_tie(gazetteer):
    (home,) = answers("Hamilton was calm.", ["Hamilton"], gazetteer, url="https://www.example.ca/a")
    (away,) = answers("Hamilton was calm.", ["Hamilton"], gazetteer, url="https://www.example.co.nz/a")
    assert (home.place.country, away.place.country) == ("CA", "NZ")


def test_an_outlets_home_is_read_from_its_name_and_address(gazetteer):
    assert home_name(Story(id="1", text="x", source="The Bangor Daily News"), gazetteer) == "bangor"
    assert home_name(Story(id="1", text="x", url="https://www.manilaobserver.example.com/"), gazetteer) == "manila"
    assert home_country(Story(id="1", text="x", url="https://example.tv/")) is None
    assert home_country(Story(id="1", text="x", url="http://[broken")) is None


@pytest.mark.parametrize(
    ("address", "name", "home"),
    [
        ("https://www.joplinglobe.com/a", "Columbia", ("US", "MO")),
        ("https://www.bangordailynews.com/a", "Portland", ("US", "ME")),
        ("https://www.lfpress.com/a", "London", ("CA", "08")),
    ],
)
def test_a_local_papers_division_tells_which_town_is_meant(address, name, home, gazetteer):
    (answer,) = answers(f"{name} was calm.", [name], gazetteer, url=address)
    assert (answer.place.country, answer.place.admin1) == home


@pytest.mark.parametrize(
    ("address", "name", "country"),
    [
        ("https://www.joplinglobe.com/a", "Lebanon", "LB"),  # there is one in Missouri
        ("https://www.kentucky.com/a", "Paris", "FR"),  # and one in Kentucky
        ("https://www.ldnews.com/a", "Lebanon", "US"),  # this paper is made there
        ("https://www.politico.com/a", "Georgia", "US"),
    ],
)
def test_countries_and_capitals_keep_their_names_but_in_a_paper_of_the_town(address, name, country, gazetteer):
    (answer,) = answers(f"{name} was calm.", [name], gazetteer, url=address)
    assert answer.place.country == country


def test_what_the_story_says_outweighs_the_paper_that_prints_it(gazetteer):
    text = "Snow fell on Columbia, Charleston and Greenville in South Carolina."
    found = answers(text, ["Columbia", "Charleston", "Greenville"], gazetteer, url="https://www.joplinglobe.com/a")
    assert [a.place.admin1 for a in found] == ["SC", "SC", "SC"]


@pytest.mark.parametrize("address", ["https://www.aljazeera.com/a", "https://www.reuters.com/a", "https://bbc.co.uk/a"])
def test_an_outlet_of_the_whole_world_pulls_nothing_to_its_seat(address, gazetteer):
    story = Story(id="1", text="x", url=address)
    assert (home_country(story), home_of(story, gazetteer).places) == (None, ())
    (answer,) = answers("Newport was calm.", ["Newport"], gazetteer, url=address)
    assert answer == answers("Newport was calm.", ["Newport"], gazetteer)[0]


def test_a_national_outlet_gives_its_country_and_no_town(gazetteer):
    home = home_of(Story(id="1", text="x", source="Gulf News - Business"), gazetteer)
    assert (home.country, home.division, home.places) == ("AE", "", ())


def test_dates_are_written_as_where_an_outlet_is_made(gazetteer):
    assert seat_country(Story(id="1", text="x", url="https://www.bbc.com/a")) == "GB"
    assert seat_country(Story(id="1", text="x", url="https://www.example.ie/a")) == "IE"
    assert seat_country(Story(id="1", text="x")) is None


def test_an_unknown_name_gets_the_focus_only_when_asked_for_and_says_so(gazetteer):
    text = "Rain fell on Kampala, Jinja and the Quellmoor Estate."
    *_, answer = answers(text, ["Kampala", "Jinja", "Quellmoor Estate"], gazetteer)
    assert (answer.place.country, answer.confidence) == ("UG", 0.3)
    assert answer.reason.startswith("no place of this name is known; put at the story's focus")


def test_an_unknown_name_of_a_story_is_listed_and_not_placed(gazetteer):
    story = Story(id="1", text="He drowned in the Qarrow River near Kampala, Uganda.")
    river = next(t for t in geoparse(story, split(story), gazetteer) if t.text == "Qarrow River")
    assert (river.place, river.confidence, river.reason) == (None, 0.0, "no place of this name is known")


def test_a_direction_is_no_part_of_a_country(gazetteer):
    (answer,) = answers("Snow fell in northern Syria.", ["northern Syria"], gazetteer)
    assert answer.place.country == "SY"


def test_there_is_one_answer_for_each_span_in_order(gazetteer):
    assert resolve_spans(Story(id="1", text="Nothing here."), [], gazetteer) == []
    found = resolve_spans(Story(id="1", text="Nothing here."), [(8, 12), (0, 7)], gazetteer)
    assert [(a.start, a.text) for a in found] == [(8, "here"), (0, "Nothing")]


def test_a_clear_answer_is_surer_than_a_bare_ambiguous_one(gazetteer):
    (clear,) = answers("Springfield, Ill., voted.", ["Springfield"], gazetteer)
    (bare,) = answers("Springfield voted.", ["Springfield"], gazetteer)
    assert clear.confidence > 0.9 > 0.6 > bare.confidence
    assert len(bare.alternatives) == 5


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Zermatt was full.", "Zermatt", "the only place known as Zermatt"),
        ("Danish ships sailed.", "Danish", "a people, a language or an adjective of Denmark"),
        ("Peru voted.", "Peru", "places known as Peru, the country that is usually meant"),
    ],
)
def test_the_reason_reads_well(text, name, reason, gazetteer):
    (answer,) = answers(text, [name], gazetteer)
    assert answer.reason.endswith(reason)


@pytest.mark.parametrize(("name", "identity"), [("Kirkuk", "town"), ("Limerick", "town"), ("Quebec", "province")])
def test_a_bare_name_is_the_town_where_most_of_its_division_lives(name, identity, gazetteer):
    (answer,) = answers(f"A blast in {name} killed two men.", [name], gazetteer)
    assert answer.place.kind == identity


def test_the_word_for_a_division_still_makes_it_one(gazetteer):
    (answer,) = answers("Rain fell on Kirkuk province.", ["Kirkuk"], gazetteer)
    assert answer.place.kind == "province"


def test_the_reason_names_the_outlet_where_only_that_spoke(gazetteer):
    (answer,) = answers("Carthage was calm.", ["Carthage"], gazetteer, url="https://www.joplinglobe.com/a")
    assert "story's other places" not in answer.reason
    assert "outlet" in answer.reason


def test_the_same_story_gives_the_same_answers(gazetteer):
    story = Story(id="1", text="Georgia, Jordan, Paris and Springfield; then Tbilisi and Atlanta.")
    assert geoparse(story, split(story), gazetteer) == geoparse(story, split(story), gazetteer)
