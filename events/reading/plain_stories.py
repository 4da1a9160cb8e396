"""Plain text to stories: headline, publication date, captions and body, found by what the lines look like.

For files.py. The text is tidied (line ends, trailing blanks, wrapped lines joined), so its offsets are those of the story and
not of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.model import Story, StoryError
from events.reading.identity import story_id
from events.reading.limits import MOST_CHARACTERS, check_length
from events.reading.lines import Line, lines_of
from events.reading.paragraphs import Paragraph, text_of
from events.reading.publication_dates import day_of
from events.reading.result import Problem, Result
from events.reading.separating import stories_of
from events.reading.story_parts import Parts, parts_of
from events.reading.wrapping import unwrapped


def read_plain(text: str, name: str) -> Result:
    r"""The stories of a plain text; name stands in the problems.

    >>> found = read_plain("Rain in Cork\nDate: 8 Jan 2025\n\nIt rained.", "pasted text").stories
    >>> [(story.title, story.text, story.published) for story in found]
    [('Rain in Cork', 'It rained.', datetime.date(2025, 1, 8))]
    """
    stories: dict[str, Story] = {}
    problems: list[Problem] = []
    for lines in stories_of(unwrapped(_short_enough(lines_of(text), name, problems))):
        try:
            story = _story(parts_of(lines), name, problems)
        except StoryError as error:
            problems.append(Problem(name, lines[0].number, str(error)))
        else:
            stories.setdefault(story.id, story)
    return Result(tuple(stories.values()), tuple(problems))


def _short_enough(lines: Sequence[Line], file: str, problems: list[Problem]) -> list[Line]:
    """The lines without those that are longer than any story."""
    for line in lines:
        if len(line.text) > MOST_CHARACTERS:
            reason = f"has {len(line.text):,} characters; a line is read up to {MOST_CHARACTERS:,}"
            problems.append(Problem(file, line.number, reason))
    return [line for line in lines if len(line.text) <= MOST_CHARACTERS]


def _story(parts: Parts, file: str, problems: list[Problem]) -> Story:
    """The story of its parts. Raises StoryError when there is no text or too much."""
    text, captions = text_of([*(Paragraph(caption, True) for caption in parts.captions), *parts.body])
    if not text:
        text, parts.title = parts.title, ""
    if not text:
        raise StoryError("holds no story: there is nothing but headers and page furniture")
    check_length(text)
    published = _published(parts, file, problems)
    url, source = (parts.fields[key].text if key in parts.fields else None for key in ("url", "source"))
    return Story(
        id=story_id(parts.title, text, published, url, source),
        text=text,
        title=parts.title,
        published=published,
        published_basis="header" if published else None,
        url=url,
        source=source,
        captions=captions,
    )


def _published(parts: Parts, file: str, problems: list[Problem]) -> date | None:
    """The day in the header, else the one on a line of its own, else the day of the last change."""
    for key in ("published", "updated"):
        if key in parts.fields:
            line = parts.fields[key]
            day = day_of(line.text)
            if day:
                return day
            reason = f"has a date that can't be read, {line.text[:40]!r}; the story is kept without it"
            problems.append(Problem(file, line.number, reason))
        if parts.day:
            return parts.day
    return None
