"""What a worker does: read a partition of stories with the extractor that its process has loaded once.

For Dask's workers, who import this module from the repository. A story that breaks the extractor is answered with its
trouble and holds up no other.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from events.distributing.answers import Answer, Profile, written
from events.distributing.fingerprint import fingerprint
from events.model import ExtractionError, Story
from events.preparing import prepared

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor

_loading = threading.Lock()  # a worker of several threads loads the models once all the same


def read_partition(
    stories: Sequence[str], light: bool, names: str, made_of: str, for_a_store: bool = False
) -> list[str]:  # fmt: skip
    """The answers to stories, both as JSON, in their order; for_a_store: with what a store makes of them.

    made_of: the driver's `fingerprint`. Raises ExtractionError where it is not this machine's, or a part is missing.
    """
    if made_of != fingerprint():
        raise ExtractionError(
            "a worker has another version of Dateline, of its packages or of its gazetteer than this machine"
        )
    with _loading:
        extractor = _extractor(Profile(light, names))
    answers = (answer_of(Story.model_validate_json(story), extractor) for story in stories)
    return [written(_prepared(answer) if for_a_store else answer) for answer in answers]


@lru_cache(maxsize=2)
def _extractor(profile: Profile) -> Extractor:
    from events.extraction.pipeline import Extractor

    return Extractor.load(light=profile.light, names=profile.names)


def answer_of(story: Story, extractor: Extractor) -> Answer:
    """A story's answer, its trouble where the extractor breaks on it."""
    try:
        analysis = extractor.read(story)
        return Answer(analysis.story, tuple(extractor.events_of(analysis)))
    except Exception as error:
        return Answer(story, trouble=f"{type(error).__name__}: {error}")


def _prepared(answer: Answer) -> Answer:
    """An answer with what a store makes of it; as it is where there is trouble."""
    if answer.trouble:
        return answer
    try:
        return replace(answer, prepared=prepared(answer.story, answer.events))
    except Exception as error:
        return Answer(answer.story, trouble=f"{type(error).__name__}: {error}")
