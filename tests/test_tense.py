"""The direction of a clause: ahead, back or neither, from its parse and from cue words."""

import pytest

from events.extraction.sentences import split
from events.extraction.syntax import MODEL, Parser
from events.extraction.times.tense import direction, governing_verb
from events.model import Story

AHEAD = [
    "The pact will be signed on Friday.",
    "The president is to visit Moscow on Friday.",
    "The court is due to rule on Friday.",
    "The union plans to strike on Friday.",
    "The vote is scheduled for Friday.",
    "They have until Friday.",
    "The minister said he would resign on Friday.",
    "The talks, which officials called hard, will resume on Friday.",
]
BACK = [
    "The pact was signed on Friday.",
    "The president visited Moscow on Friday.",
    "The Kremlin said Friday that it will sign.",
    "The union has been on strike since Friday.",
    "Police said the man had been shot on Friday.",
]


def sentence_of(text):
    return split(Story(id="1", text=text))[0]


@pytest.fixture(scope="module")
def parser():
    if not (MODEL / "meta.json").exists():
        pytest.skip("the parser's model is not in events/extraction/models/syntax")
    return Parser.load()


def way(sentence):
    start = sentence.text.index("Friday")
    return direction(sentence, sentence.start + start, sentence.start + start + 6)


@pytest.mark.parametrize("text", AHEAD)
def test_a_clause_about_what_is_to_come_looks_ahead_without_a_parse(text):
    assert way(sentence_of(text)) == "ahead"


@pytest.mark.parametrize("text", BACK)
def test_a_clause_about_what_was_looks_back_without_a_parse(text):
    assert way(sentence_of(text)) == "back"


@pytest.mark.parametrize("text", AHEAD)
def test_a_clause_about_what_is_to_come_looks_ahead_by_its_parse(text, parser):
    assert way(parser.parse([sentence_of(text)])[0]) == "ahead"


@pytest.mark.parametrize("text", BACK)
def test_a_clause_about_what_was_looks_back_by_its_parse(text, parser):
    assert way(parser.parse([sentence_of(text)])[0]) == "back"


def test_words_without_a_verb_look_nowhere():
    sentence = sentence_of("A fine Friday in Oslo.")
    assert way(sentence) is None
    assert direction(sentence, 7, 13) != "ahead"


def test_the_governing_verb_is_that_of_the_words_own_clause(parser):
    text = "The Kremlin said the pact will be signed on Friday."
    (sentence,) = parser.parse([sentence_of(text)])
    start = text.index("Friday")
    assert governing_verb(sentence, start, start + 6).text == "signed"
