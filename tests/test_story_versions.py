"""What the story view says of a new version: which words it changed, and which events."""

from test_corrections import arrest, fire, story

from events.dashboard.reviewing.versions import changed_events, changed_paragraphs, changes_html
from events.store.reading import StoryVersion


def version(number, told, events):
    return StoryVersion(number, told, tuple(events), None)


def test_an_event_that_is_told_anew_and_one_that_is_no_longer_told_are_named():
    one = story()
    lines = changed_events(version(1, one, [fire(one)]), version(2, one, [arrest(one)]))
    assert lines == [f"New: {arrest(one).what}", f"No longer told: {fire(one).what}"]


def test_what_is_told_otherwise_of_an_event_is_said_with_what_was_told_before():
    one = story()
    denied = fire(one).model_copy(update={"status": "denied", "when": None})
    (date, told) = changed_events(version(1, one, [fire(one)]), version(2, one, [denied]))
    assert date.endswith("date No date, before 3 March 2025")
    assert told == f"{denied.what}: told as denied, before occurred"


def test_a_paragraph_that_was_rewritten_shows_the_words_and_one_that_is_another_stands_whole():
    old = ["A warehouse burned down in Paris on Monday.", "The mayor spoke."]
    new = ["A warehouse burned down in Paris on Sunday night.", "Trains run again from noon, says the railway."]
    rewritten, other = changed_paragraphs(old, new)
    assert rewritten == "A warehouse burned down in Paris on <del>Monday</del><ins>Sunday night</ins>."
    assert other.startswith("<del>The mayor spoke.</del><ins>Trains run")


def test_a_storys_words_are_no_html():
    hostile = story(text="<img src=x onerror=alert(1)> burned down.")
    shown = changes_html(version(1, story(), []), version(2, hostile, []))
    assert "<img" not in shown
    assert "&lt;img" in shown


def test_a_paragraph_of_ten_thousand_words_is_not_compared_word_by_word():
    (changed,) = changed_paragraphs(["word " * 10_000], ["other " * 10_000])
    assert changed.startswith("<del>word")
