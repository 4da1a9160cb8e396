"""What goes to a worker and what comes back: stories and events as JSON, so that nothing but text is trusted.

For the driver and the worker. A story whose extraction failed has a trouble in place of events.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from events.model import Event, Story
from events.preparing import Prepared


@dataclass(frozen=True, slots=True)
class Profile:
    """Which extractor the workers load, as `Extractor.load` takes it."""

    light: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A story with its publication date and its events; or the story as it went out and why there are none.

    prepared: what a store makes of both, where they are meant for one.
    """

    story: Story
    events: tuple[Event, ...] = ()
    trouble: str = ""
    prepared: Prepared | None = None


def written(answer: Answer) -> str:
    """An answer as one JSON object.

    >>> written(Answer(Story(id="a", text="It rained."), trouble="it broke"))[-49:]
    '"events":[],"trouble":"it broke","prepared":null}'
    """
    return _form().dump_json(answer).decode()


def read(line: str) -> Answer:
    """The answer that was written so. The driver reads every worker's answers, so it is one pass over the text.

    >>> answer = Answer(Story(id="a", text="It rained."), trouble="it broke")
    >>> read(written(answer)) == answer
    True
    """
    return _form().validate_json(line)


@cache
def _form() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)
