"""The parser's memory: words beyond a bound are forgotten after each story, in several threads too, and no token changes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import spacy

from events.extraction.sentences import split
from events.extraction.syntax import MODEL, Parser
from events.model import Story


def stories(number):
    return [
        split(Story(id=str(n), text=f"Okzor{n} Quimby{n} of Brask{n}ville said on Monday that Vel{n}or's ferry-{n} had sunk."))
        for n in range(number)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def full():
    if not (MODEL / "meta.json").exists():
        pytest.skip("the parser's model is not in events/extraction/models/syntax")
    return Parser(spacy.load(MODEL), most_strings=0)


def test_new_words_are_forgotten_and_the_tokens_are_the_same(full):
    kept = len(full._nlp.vocab.strings)
    told = [full.parse(sentences) for sentences in stories(30)]
    assert len(full._nlp.vocab.strings) == kept
    assert told == [Parser.load().parse(sentences) for sentences in stories(30)]
    assert told[7][0].tokens[0].text == "Okzor7"


def test_words_are_kept_while_there_is_room():
    nlp = spacy.load(MODEL)
    parser = Parser(nlp, most_strings=(before := len(nlp.vocab.strings)) + 40)
    sizes = [len(nlp.vocab.strings) for sentences in stories(40) if parser.parse(sentences)]
    assert before + 40 <= sizes[-1] == sizes[20] < before + 60


def test_threads_that_share_it_take_turns(full):
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(full.parse, stories(40)))
    assert told == [full.parse(sentences) for sentences in stories(40)]
