"""What a check makes of a feed: how the feed stands after it, and what there is to say.

For the watcher. Nothing is asked, kept or said here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.fetching import Answer, FetchError
from events.fetching.errors import printable
from events.look.wording import plural
from events.reading import Problem
from events.watching.asking import Checked
from events.watching.health import in_short
from events.watching.state import FeedState
from events.watching.taking_in import Taken

SOON = 60.0  # seconds, until what was left over is asked for
_MOST_TOLD = 5  # problems of one check


def after_failing(state: FeedState, error: FetchError, now: float, delay: float) -> FeedState:
    """A feed whose check failed now, to be asked again after a delay in seconds."""
    return replace(
        state, next_at=now + delay, asked_at=now, failures=state.failures + 1, error=str(error), moved_to=None,
        asked=state.asked + 1, errors=state.errors + 1,
    )  # fmt: skip


def after_answering(
    state: FeedState, answer: Answer, checked: Checked, taken: Taken, *, now: float, delay: float, soon: float
) -> FeedState:
    """A feed that answered, what it brought being taken in. delay, soon: seconds until it is asked again, the latter where
    some of it was left over.
    """
    after = replace(
        state, next_at=now + delay, asked_at=checked.answered_at, succeeded_at=checked.answered_at, failures=0,
        error="", asked=state.asked + 1, unchanged=state.unchanged + (answer.status == 304),
        packed_bytes=state.packed_bytes + answer.packed_bytes, stories=state.stories + taken.stories,
        versions=state.versions + taken.versions, events=state.events + taken.events,
    )  # fmt: skip
    if taken.stories or taken.versions:
        after = replace(after, taken_seconds=max(0.0, now - checked.answered_at))
    if taken.stopped or not checked.complete:  # the server must send it all again: nothing is "unchanged" yet
        return replace(after, next_at=now + soon, etag=None, modified=None)
    if answer.status == 304:
        return after
    return replace(
        after, etag=answer.etag, modified=answer.modified, full_at=checked.answered_at,
        moved_to=answer.moved_to or state.moved_to,
    )  # fmt: skip


def is_whole(answer: Answer, checked: Checked, taken: Taken) -> bool:
    """Whether all that the feed has now was sent and is dealt with."""
    return answer.status != 304 and checked.complete and not taken.stopped


def said_of_failing(after: FeedState, error: FetchError, delay: float) -> str:
    """What is said of a feed whose check failed."""
    failed = plural(after.failures, "time")
    return f"{printable(after.address)}: {error}; failed {failed}, asked again in {in_short(delay)}"


def said_of_answering(state: FeedState, checked: Checked, taken: Taken) -> Iterator[str]:
    """What came of a check, where there is anything to say. state: how the feed stood before."""
    name = printable(state.address)
    if state.failures:
        yield f"{name}: is back after {plural(state.failures, 'failure')}"
    if taken.stories or taken.versions:
        stories = plural(taken.stories, "new story", "new stories")
        versions, events = plural(taken.versions, "new version"), plural(taken.events, "event")
        yield f"{name}: {stories}, {versions}, {events}"
    told = [_told(problem) for problem in checked.problems] + list(taken.problems)
    yield from (f"{name}: {problem}" for problem in told[:_MOST_TOLD])
    if len(told) > _MOST_TOLD:
        yield f"{name}: and {len(told) - _MOST_TOLD} more of the kind"
    if taken.stopped:
        yield said_of_waiting(state, taken.stopped)


def said_of_waiting(state: FeedState, why: str) -> str:
    """What is said of a feed that is asked again soon, because the store can't be written."""
    return f"{printable(state.address)}: {printable(why)}; asked again in {in_short(SOON)}"


def _told(problem: Problem) -> str:
    return printable(f"entry {problem.line}: {problem.reason}")
