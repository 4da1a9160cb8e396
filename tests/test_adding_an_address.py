"""Adding what stands at a web address: read like a file, refused like any address."""

from datetime import date

from events.dashboard.stories import intake
from events.dashboard.stories.intake import Found, account, read_input
from events.model import Story
from events.reading import Problem, Result


def read(*given):
    """The stories and the problems of what was brought."""
    found = read_input(*given)
    return list(found.stories), list(found.problems)


def test_what_stands_at_an_address_is_read_beside_pasted_text(monkeypatch):
    asked = []

    def fetched(url):
        asked.append(url)
        return Result((Story(id="a", text="It rained in Cork."),))

    monkeypatch.setattr(intake, "fetch_story", fetched)
    stories, problems = read("A quake shook Muscat.", [], date(2025, 3, 4), "https://example.org/rain")
    assert (asked, problems) == (["https://example.org/rain"], [])
    assert [(story.text, str(story.published)) for story in stories] == [
        ("A quake shook Muscat.", "2025-03-04"),
        ("It rained in Cork.", "2025-03-04"),
    ]


def test_without_an_address_nothing_is_fetched(monkeypatch):
    monkeypatch.setattr(intake, "fetch_story", lambda url: 1 / 0)
    assert len(read("A quake shook Muscat.", [], None, "  ")[0]) == 1


def test_an_address_that_may_not_be_asked_is_accounted_for():
    _, problems = read("", [], None, "http://169.254.169.254/latest/meta-data")
    reason = "is not asked: 169.254.169.254 is not in the public internet; an operator may allow it"
    assert problems == [Problem("http://169.254.169.254/latest/meta-data", None, reason)]
    assert account(Found((), (), tuple(problems))) == [("http://169.254.169.254/latest/meta-data", [reason])]
