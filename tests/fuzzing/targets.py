"""What the readers are fed with by the fuzzer: one function a target, which raises only where something is wrong.

For tests/fuzzing/fuzz.py and tests/test_fuzzing.py. No reader may raise; what it gives must be whole: ids that are unique,
captions and expressions within their text, reasons that can be printed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from events.extraction.publication import date_story
from events.extraction.sentences import split
from events.extraction.times.interval_readings import interval_of_expression
from events.extraction.times.time_expressions import find_times
from events.model import Story, StoryError
from events.reading import Result, read_bytes
from events.reading.encodings import decode
from events.reading.publication_dates import day_of

Target = Callable[[bytes], None]


def whole(result: Result) -> None:
    """Fails where what was read is not sound."""
    ids = [story.id for story in result.stories]
    assert len(set(ids)) == len(ids)
    for story in result.stories:
        assert story.text.strip()
        assert all(0 <= start < end <= len(story.text) for start, end in story.captions)
        assert Story.model_validate_json(story.model_dump_json()) == story
    for problem in result.problems:
        assert problem.reason
        assert problem.line is None or problem.line > 0


def as_file(name: str) -> Target:
    """A file of this name with the bytes as its content."""

    def target(data: bytes) -> None:
        whole(read_bytes(data, name))

    return target


def encodings(data: bytes) -> None:
    """What is text is text that can be written again."""
    try:
        decoded = decode(data)
    except StoryError:
        return
    decoded.text.encode("utf-8")


def publication(data: bytes) -> None:
    """Days that a page or a feed writes down."""
    text = data.decode("utf-8", "replace")
    day_of(text)
    if text.strip():
        story = Story(id="s", title=text[:60], text=text)
        date_story(story, split(story))


def times(data: bytes) -> None:
    """Time expressions stand within their text, and what they mean begins before it ends."""
    story, day = Story(id="s", text=data.decode("utf-8", "replace")), date(2025, 3, 10)
    for found in find_times(split(story), day):
        assert found.text == story.text[found.start : found.end]
        interval = interval_of_expression(found, day)
        assert interval is None or interval[0] <= interval[1]


TARGETS: dict[str, Target] = {
    "page": as_file("x.html"), "feed": as_file("x.xml"), "table": as_file("x.csv"), "lines": as_file("x.jsonl"),
    "mail": as_file("x.eml"), "document": as_file("x.docx"), "pdf": as_file("x.pdf"), "archive": as_file("x.zip"),
    "text": as_file("x.txt"), "encodings": encodings, "publication": publication,
    "times": times,
}  # fmt: skip
