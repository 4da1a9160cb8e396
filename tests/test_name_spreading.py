"""Names found once, spread to their other mentions."""

from events.extraction.sentences import split
from events.extraction.tagging.name_spreading import spread
from events.model import Mention, Story


def _spread(title: str, text: str, *names: tuple[str, str, str], common: tuple[str, ...] = ()) -> list[tuple]:
    story = Story(id="1", title=title, text=text)
    found = [
        Mention(part, story.part(part).index(name), story.part(part).index(name) + len(name), name, label)
        for part, name, label in names
    ]
    mentions = spread(split(story), found, common)
    assert all(story.part(m.part)[m.start : m.end] == m.text for m in mentions)
    return [(m.part, m.start, m.text, m.label) for m in mentions]


def test_a_name_in_a_headline_in_capitals_is_found_by_the_one_in_the_text() -> None:
    found = _spread(
        "VARN FLIES TO OKARIA", "Asha Varn flew to Okaria.", ("text", "Asha Varn", "PER"), ("text", "Okaria", "LOC")
    )
    assert found[:2] == [("title", 0, "VARN", "PER"), ("title", 14, "OKARIA", "LOC")]


def test_a_name_in_the_text_is_found_by_the_one_in_capitals() -> None:
    found = _spread("OKARIA VOTES", "People in Okaria vote.", ("title", "OKARIA", "LOC"))
    assert found[1] == ("text", 10, "Okaria", "LOC")


def test_an_abbreviation_is_not_the_same_word_in_lower_case_letters() -> None:
    found = _spread("", "The US left. Us they forgot. The US stayed.", ("text", "US", "LOC"))
    assert [start for _, start, _, _ in found] == [4, 33]


def test_a_word_that_the_story_also_writes_small_does_not_spread() -> None:
    assert len(_spread("", "Will spoke. Will he will it?", ("text", "Will", "PER"))) == 1
    assert len(_spread("", "Will spoke. Will he go?", ("text", "Will", "PER"), common=("will",))) == 1


def test_the_possessive_is_left_outside_and_longer_names_stay_whole() -> None:
    found = _spread("", "Port Varo slept. Port Varo's mayor left Varo.", ("text", "Port Varo", "LOC"))
    assert found == [("text", 0, "Port Varo", "LOC"), ("text", 17, "Port Varo", "LOC")]


def test_a_surname_that_is_a_place_elsewhere_keeps_the_place() -> None:
    text = "Ada Lome spoke in Lome. Many love Lome."
    names = [Mention("text", 0, 8, "Ada Lome", "PER"), Mention("text", 18, 22, "Lome", "LOC")]
    assert spread(split(Story(id="1", text=text)), names)[-1] == Mention("text", 34, 38, "Lome", "LOC")


def test_names_already_found_are_kept_as_they_are() -> None:
    text = "The Okaria Bank fell. In the Okaria Bank they wept."
    names = [Mention("text", 4, 15, "Okaria Bank", "ORG"), Mention("text", 29, 35, "Okaria", "LOC")]
    assert spread(split(Story(id="1", text=text)), names) == names
