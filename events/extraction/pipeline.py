"""A story in, its events out: the parts of extraction joined.

For the command line, the page and the benchmarks. Loading (gazetteer, parser, weights) is apart from thinking and done once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.extraction.analysis import Analysis
from events.extraction.datelines import dateline_of, without_datelines
from events.extraction.resolution import geoparse
from events.extraction.sentences import split
from events.extraction.syntax import Parser
from events.extraction.time_expressions import find_times
from events.model import Sentence, Story
from geodata.gazetteer import Gazetteer


class Extractor:
    """Finds the events of stories. Use `Extractor.load`."""

    def __init__(self, gazetteer: Gazetteer, parser: Parser) -> None:
        self.gazetteer = gazetteer
        self._parser = parser

    @classmethod
    def load(cls, gazetteer: Gazetteer | None = None) -> Extractor:
        """Open what is needed. Raises GazetteerError or ExtractionError when a part is missing."""
        return cls(gazetteer or Gazetteer.open(), Parser.load())

    def read(self, story: Story) -> Analysis:
        """What is seen in a story."""
        whole = split(story)
        parsed = self._parse(whole)
        toponyms = geoparse(story, whole, self.gazetteer)
        times = find_times(parsed, story.published)
        return Analysis(story, tuple(parsed), tuple(toponyms), tuple(times), (), dateline_of(whole), self.gazetteer)

    def _parse(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        parsed = self._parser.parse(without_datelines(sentences))
        return [replace(p, start=s.start, text=s.text) for s, p in zip(sentences, parsed, strict=True)]
