"""Places in sentences of our own: cases that other systems get wrong (their bug reports), and headlines from ten countries."""

import pytest

from events.extraction.places.resolution import geoparse
from events.extraction.sentences import split
from events.model import Story


def placed(text, gazetteer, title=""):
    """(name, country, kind of place) of each place name that is no demonym; "-" for one without a place."""
    story = Story(id="1", title=title, text=text)
    return [
        (t.text, t.place.country or "" if t.place else "-", t.place.kind if t.place else "-")
        for t in geoparse(story, split(story), gazetteer)
        if t.kind != "demonym"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aides at the White House declined to comment.", [("White House", "US", "site")]),
        ("Paris, Texas, lost power on Tuesday.", [("Paris", "US", "town"), ("Texas", "US", "province")]),
        ("The mayor of Paris thanked the firefighters.", [("Paris", "FR", "town")]),
        ("Georgia closed its border crossing near Tbilisi.", [("Georgia", "GE", "country"), ("Tbilisi", "GE", "town")]),
        (
            "ATLANTA — Georgia lawmakers passed the budget on Friday.",
            [("ATLANTA", "US", "town"), ("Georgia", "US", "province")],
        ),
        ("Washington said the sanctions would stay.", [("Washington", "US", "town")]),
        ("Oklahoma farmers fear a dry spring.", [("Oklahoma", "US", "province")]),
        ("Search parties left Bangor, Maine, at dawn.", [("Bangor", "US", "town"), ("Maine", "US", "province")]),
        ("Toronto firefighters fought the blaze all night.", [("Toronto", "CA", "town")]),
        ("Melbourne and Bristol will host the matches.", [("Melbourne", "AU", "town"), ("Bristol", "GB", "town")]),
        ("A blast in the port of Rotterdam hurt nine, Dutch police said.", [("Rotterdam", "NL", "town")]),
        (
            "They met at a hotel in Reading, Pennsylvania.",
            [("Reading", "US", "town"), ("Pennsylvania", "US", "province")],
        ),
        ("A fire broke out in Mobile, Alabama.", [("Mobile", "US", "town"), ("Alabama", "US", "province")]),
        ("Trains between Nice and Marseille were stopped.", [("Nice", "FR", "town"), ("Marseille", "FR", "town")]),
        ("Ferries from Split to Hvar stayed in port.", [("Split", "HR", "town"), ("Hvar", "HR", "town")]),
        ("Syria's Aleppo was quiet on Monday.", [("Syria", "SY", "country"), ("Aleppo", "SY", "town")]),
        ("MOSCOW/KYIV — Neither side spoke.", [("MOSCOW", "RU", "town"), ("KYIV", "UA", "town")]),
        (
            "Police in Huntington, W. Va., and Dubbo, NSW, were thanked.",
            [
                ("Huntington", "US", "town"),
                ("W. Va.", "US", "province"),
                ("Dubbo", "AU", "town"),
                ("NSW", "AU", "province"),
            ],
        ),
        (
            "Planes left Athens, Georgia, for Athens, Greece.",
            [
                ("Athens", "US", "town"),
                ("Georgia", "US", "province"),
                ("Athens", "GR", "town"),
                ("Greece", "GR", "country"),
            ],
        ),
        (
            "Côte d'Ivoire's envoy flew to Deir ez-Zor.",
            [("Côte d'Ivoire", "CI", "country"), ("Deir ez-Zor", "SY", "town")],
        ),
    ],
)
def test_a_name_is_the_place_that_a_reader_takes_it_for(text, expected, gazetteer):
    assert placed(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        ("The ambassador defended the rights of passengers on both flights.", {"ambassador", "rights", "flights"}),
        ("The European Commission met.", {"European"}),
        ("Reports were signed by Dana Ruiz, M.S., R.D., on Friday.", {"M.S.", "R.D."}),
        ("Mr. Houston told the jury that Tyler had left.", {"Houston"}),
        ("Gov. Lincoln signed it. Lincoln also vetoed a bill.", {"Lincoln"}),
        ("Amy Jordan, 41, was released. Jordan later thanked Mr. Cork.", {"Jordan", "Cork"}),
        ("We ate turkey and bought china.", {"turkey", "china"}),
        ("Reading slowly helps. Mobile phones do not. Nice people agree.", {"Reading", "Mobile", "Nice"}),
        ("Of the dead, two were children. Split the bill, he said.", {"Of", "Split"}),
        ("By Paris Lane and Austin Reed", {"Paris", "Austin"}),
        ("Chelsea Norwood spoke. May is cold.", {"Chelsea", "May"}),
    ],
)
def test_what_is_no_place_is_not_placed(text, no_place, gazetteer):
    assert {name for name, _, _ in placed(text, gazetteer)} & no_place == set()


@pytest.mark.parametrize(
    ("headline", "name", "country"),
    [
        ("Bulldozers flatten homes along the river in Nairobi", "Nairobi", "KE"),
        ("Miners block the road to Oruro over fuel prices", "Oruro", "BO"),
        ("Lagos ferry capsizes, killing nine", "Lagos", "NG"),
        ("Storm leaves thousands without power in Nova Scotia", "Nova Scotia", "CA"),
        ("Fire destroys old market in Herat", "Herat", "AF"),
        ("Strike halts trains between Lyon and Geneva", "Lyon", "FR"),
        ("Avalanche kills two skiers near Zermatt", "Zermatt", "CH"),
        ("Police raid opposition offices in Kampala", "Kampala", "UG"),
        ("Cyclone closes airport in Cairns", "Cairns", "AU"),
        ("Floods cut off villages in Rio Grande do Sul", "Rio Grande do Sul", "BR"),
    ],
)
def test_a_headline_from_anywhere_is_placed_there(headline, name, country, gazetteer):
    assert (name, country) in {(found, where) for found, where, _ in placed("No text.", gazetteer, title=headline)}


def test_a_country_is_never_a_town_of_its_name(gazetteer):
    assert placed("Lebanon, Peru and Jordan signed it.", gazetteer) == [
        ("Lebanon", "LB", "country"), ("Peru", "PE", "country"), ("Jordan", "JO", "country"),
    ]  # fmt: skip


def test_every_name_is_a_slice_of_its_story(gazetteer):
    story = Story(
        id="1",
        title="Kyiv’s allies meet",
        text="BRUSSELS (AP) — Kyiv’s\u00a0allies, “Warsaw” and St. Gallen.\n\nİzmir.",
    )
    found = geoparse(story, split(story), gazetteer)
    assert [story.part(t.part)[t.start : t.end] for t in found] == [t.text for t in found]
    assert [t.text for t in found][:2] == ["Kyiv", "BRUSSELS"]
