"""Copies of one wire story are one, whatever an outlet did to them; follow-ups and the same told anew are not."""

from datetime import date

from benchmarks.reprints import best_threshold, edited_copy, labelled, ours, plain_minhash
from events.model import Story
from events.reprints import groups

WIRE = [
    "A dam burst above the town of Sokoto on Monday and sent a wall of water through four villages, killing nine people.",
    "Soldiers in boats took 300 families off roofs and trees until nightfall, the rescue service said.",
    "The dam was built in 1974 to water cotton fields, and its gates had not been opened for eleven years.",
    "The governor promised every family a new home before the rains of next year.",
]


def story(name, paragraphs, day=3):
    return Story(id=name, text="\n\n".join(paragraphs), published=date(2025, 2, day))


def grouped(*stories):
    return [[stories[index].id for index in members] for members in groups(stories)]


def test_copies_are_cut_led_in_merged_corrected_and_spelled_otherwise_and_still_one():
    edits = {"cut": ["cut:1"], "led": ["lead:Two men from Kano are missing, a relative said.", "cut:3"], "merged": ["merge:0"],
             "corrected": ["figure:300>320"], "byline": ["byline"]}  # fmt: skip
    copies = [story(name, edited_copy("", WIRE, edit)[1]) for name, edit in edits.items()]
    assert grouped(story("wire", WIRE), *copies) == [["wire", *edits]]


def test_a_follow_up_with_the_old_background_is_a_story_of_its_own():
    news = "Divers found two more bodies below the broken dam near Sokoto on Wednesday, and the search will go on till Friday."
    assert grouped(story("wire", WIRE), story("later", [news, *WIRE[2:]], 5)) == [["wire"], ["later"]]


def test_the_same_words_months_later_are_no_copy():
    later = Story(id="later", text="\n\n".join(WIRE), published=date(2025, 8, 3))
    assert grouped(story("wire", WIRE), later) == [["wire"], ["later"]]


def test_bulletins_by_template_are_no_copies():
    form = (
        "An earthquake of magnitude {} shook the sea off {} at a depth of {} kilometers on Monday, the institute said. "
        "There was no danger of waves, and reports of damage did not come in, it said."
    )
    one, other = form.format("5.2", "Tonga", "31"), form.format("6.1", "Honshu", "12")
    assert grouped(story("a", [one]), story("b", [other])) == [["a"], ["b"]]


def test_a_notice_with_other_numbers_is_no_copy_though_all_its_words_are_the_same():
    form = (
        "A fire burned down a market hall in Cork on Monday, the mayor said in notice no. {} to the town. It was the {}th "
        "call of the year for the {} volunteers on duty, and an inquiry has begun, for neighbours had seen smoke."
    )
    first = story("first", [form.format(412, 31, 18)])
    mended, other = story("mended", [form.format(412, 31, 19)]), story("other", [form.format(587, 44, 25)], 6)
    assert grouped(first, mended, other) == [["first", "mended"], ["other"]]


def test_very_short_and_empty_stories_are_one_only_where_they_are_equal():
    assert grouped(story("a", ["It rained in Cork."]), story("b", ["It rained in Cork."]), story("c", ["."])) == [
        ["a", "b"],
        ["c"],
    ]


def test_our_test_set_is_told_better_than_by_plain_minhash():
    stories = labelled("seen")
    assert ours(stories) > max(0.94, plain_minhash(stories, best_threshold(stories)))
