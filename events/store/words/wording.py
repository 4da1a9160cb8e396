"""The words by which an event is sought: all that is told of it, folded.

For the search for words, in memory and by the index. A word that is sought is folded too, and has no blank in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from events.model import Event, Report
from events.store.columns.columns import sources_of
from geodata.folding import fold


def wording_of(event: Event) -> str:
    """The folded words that a search for an event looks through."""
    place = event.place.name if event.place else None
    actors, quotes = (actor.name for actor in event.actors), (quote.text for quote in event.evidence)
    titles = (report.title for report in event.reports)
    return _folded(event.what, actors, quotes, titles, sources_of(event), place)


def wording_of_record(record: str, reports: Sequence[Report]) -> str:
    """The same of an event's JSON and of its reports in their order, without an object of the event; "" of a damaged record.

    >>> wording_of_record('{"what": "Rain", "evidence": [{"text": "It rained."}]}', [Report(story_id="1", source="TASS")])
    'rain it rained. tass'
    """
    try:
        told: Mapping[str, Any] = from_json(record)
        place = told["place"]["name"] if told.get("place") else None
        actors, quotes = ([each["name"] for each in told.get("actors", ())], [q["text"] for q in told["evidence"]])
        sources = {report.source for report in reports if report.source}
        return _folded(told["what"], actors, quotes, [report.title for report in reports], sources, place)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""  # nor can such an event be shown


def _folded(
    what: str, actors: Iterable[str], quotes: Iterable[str], titles: Iterable[str], sources: Iterable[str], place: str | None
) -> str:  # fmt: skip
    return fold(" ".join([what, *actors, *quotes, *titles, *sorted(sources), *([] if place is None else [place])]))
