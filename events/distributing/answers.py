"""What goes to a worker and what comes back: stories and events as JSON, so that nothing but text is trusted.

For the driver and the worker. A story whose extraction failed has a trouble in place of events.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from events.model import Event, Story


@dataclass(frozen=True, slots=True)
class Profile:
    """Which extractor the workers load, as `Extractor.load` takes it."""

    light: bool = False
    names: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A story with its publication date and its events; or the story as it went out and why there are none."""

    story: Story
    events: tuple[Event, ...] = ()
    trouble: str = ""


def written(answer: Answer) -> str:
    """An answer as one JSON object.

    >>> written(Answer(Story(id="a", text="It rained."), trouble="it broke"))[-33:]
    '"events":[],"trouble":"it broke"}'
    """
    events = ",".join(event.model_dump_json() for event in answer.events)
    trouble = json.dumps(answer.trouble)
    return f'{{"story":{answer.story.model_dump_json()},"events":[{events}],"trouble":{trouble}}}'


def read(line: str) -> Answer:
    """The answer that was written so.

    >>> answer = Answer(Story(id="a", text="It rained."), trouble="it broke")
    >>> read(written(answer)) == answer
    True
    """
    row = json.loads(line)
    events: Sequence[Event] = [Event.model_validate_json(json.dumps(event)) for event in row["events"]]
    return Answer(Story.model_validate_json(json.dumps(row["story"])), tuple(events), row["trouble"])
