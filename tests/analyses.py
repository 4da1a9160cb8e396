"""Stories of our own as the extractor reads them, for the tests of its parts. The extractor is loaded once."""

from datetime import date
from functools import cache

from events.extraction.dependency import token_at
from events.extraction.happenings.happening import Happening
from events.extraction.pipeline import Extractor
from events.model import Span, Story

DAY = date(2025, 3, 12)  # a Wednesday


@cache
def extractor(light=False):
    return Extractor.load(light=light)


def story(text, title="", published=DAY):
    return Story(id="s", title=title, text=text, published=published)


@cache
def analysis_of(text, title="", published=DAY, light=False):
    return extractor(light).read(story(text, title, published))


def happening_at(analysis, words, kind="OTHER", status="occurred", part="text"):
    """The happening that the first occurrence of some words tells of."""
    start = analysis.story.part(part).index(words)
    number = analysis.sentence_at(part, start)
    token = token_at(analysis.sentences[number], start, start + len(words))
    span = Span(part=part, start=start, end=start + len(words))
    return Happening(number, token.index, span, token.lemma, kind, 1.0, status, None, 0.9)


def events_of(text, title="", published=DAY, light=False):
    return extractor(light).extract(story(text, title, published))
