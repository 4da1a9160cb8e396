"""The parser's memory: a model that has met too many words gives way to a fresh one, for several threads too."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from events.extraction.sentences import split
from events.extraction.syntax import MODEL, Parser, shipped_model
from events.model import Story


def stories(number):
    return [
        split(Story(id=str(n), text=f"Okzor{n} Quimby{n} of Brask{n}ville said on Monday that Vel{n}or's ferry-{n} had sunk."))
        for n in range(number)
    ]  # fmt: skip


@pytest.fixture
def loaded():
    if not (MODEL / "meta.json").exists():
        pytest.skip("the parser's model is not in events/extraction/models/syntax")
    return []


@pytest.fixture
def tight(loaded):
    """A parser with room for some fifteen words; `loaded` says how often its model was."""

    def model():
        loaded.append(shipped_model())
        return loaded[-1]

    parser = Parser(model)
    parser._most_strings = len(loaded[0].vocab.strings) + 26
    return parser


def test_new_words_are_forgotten_and_the_tokens_are_the_same(tight, loaded):
    told = [tight.parse(sentences) for sentences in stories(8)]
    assert told == [Parser.load().parse(sentences) for sentences in stories(8)]
    assert told[7][0].tokens[0].text == "Okzor7"
    assert 2 <= len(loaded) <= 4
    assert max(len(model.vocab.strings) for model in loaded) < tight._most_strings + 20


def test_threads_that_share_it_get_what_one_gets(tight):
    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(tight.parse, stories(8)))
    assert told == [Parser.load().parse(sentences) for sentences in stories(8)]


def test_where_the_model_can_not_be_loaded_again_the_parser_goes_on(tight, monkeypatch):
    monkeypatch.setattr(tight, "_load", lambda: (_ for _ in ()).throw(OSError("gone")))
    assert [len(tight.parse(sentences)) for sentences in stories(8)] == [1] * 8
