"""The shipped tagger of names and happenings, and the windows it reads."""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from events.extraction.sentences import split
from events.extraction.tagging.tagger import MODEL, Tagger
from events.extraction.tagging.tagger_decoding import name_runs, trigger_runs
from events.extraction.tagging.tagger_windows import TITLE, WINDOW, pieces, special_ids, windows
from events.model import STATUSES, ExtractionError, Sentence, Story
from events.ontology import TYPES

STORY = Story(
    id="1",
    title="Gunmen kill four in raid on market",
    text=(
        "MAIDUGURI, Nigeria — Gunmen killed four traders in a market near Maiduguri on Tuesday, police said.\n\n"
        "President Bola Tinubu will visit the town on Friday, his office announced.\n\n"
        "The Red Cross sent two trucks of food, and Nigerian soldiers guarded them."
    ),
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(MODEL / "tokenizer.json"))


def _sentence(text: str, start: int = 0) -> Sentence:
    return Sentence("text", start, start + len(text), text, "body", 0)


def _of(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Triggers of at least one half, and names with labels, of a story without a title."""
    tagged = Tagger.load().tag(split(Story(id="1", text=text)))
    return [t.text for t in tagged.triggers if t.probability >= 0.5], [(m.text, m.label) for m in tagged.names]


# ------------------------------------------------------------------ the shipped model


def test_every_offset_is_a_slice_of_the_story() -> None:
    tagged = Tagger.load().tag(split(STORY))
    assert len(tagged.names) >= 6
    assert len(tagged.triggers) >= 3
    assert all(STORY.part(x.part)[x.start : x.end] == x.text for x in [*tagged.names, *tagged.triggers])


def test_names_of_persons_organisations_places_and_peoples_are_told_apart() -> None:
    names = {m.text: m.label for m in Tagger.load().names(split(STORY))}
    assert names["Nigerian"] == "DEM"
    assert names["Maiduguri"] == names["Nigeria"] == names["MAIDUGURI"] == "LOC"
    assert names["Bola Tinubu"] == "PER"
    assert names["Red Cross"] == "ORG"


def test_triggers_come_with_type_status_and_probabilities() -> None:
    triggers = {t.text: t for t in Tagger.load().tag(split(STORY)).triggers}
    killed, visit = triggers["killed"], triggers["visit"]
    assert (killed.type, killed.status) == ("ASSAULT", "occurred")
    assert (visit.type, visit.status) == ("CONSULT", "planned")
    assert killed.probability > 0.5
    assert killed.core_probability > 0.5
    assert killed.types[0] == ("ASSAULT", killed.type_probability)
    assert len(killed.types) == 3
    assert 1 >= killed.types[0][1] >= killed.types[1][1] >= killed.types[2][1] >= 0


def test_a_state_is_no_happening() -> None:
    assert _of("The village lies on a river. It has a school and a mill.")[0] == []


def test_the_threshold_keeps_the_probable_ones() -> None:
    tagger = Tagger.load()
    few, many = (tagger.tag(split(STORY), threshold).triggers for threshold in (0.6, 0.15))
    assert [t for t in many if t.probability >= 0.6] == few
    assert all(t.probability >= 0.15 for t in many)


def test_no_name_past_the_window_is_lost() -> None:
    filler = "and the clerk wrote down the price of rice and the price of salt "
    text = f"In the morning {filler * 14}in Nairobi {filler * 14}and Angela Merkel came to Helsinki."
    assert {("Nairobi", "LOC"), ("Angela Merkel", "PER"), ("Helsinki", "LOC")} <= set(_of(text)[1])


def test_blanks_and_line_breaks_are_safe() -> None:
    tagged = Tagger.load().tag([_sentence("  The  Red\n Cross\u00a0 left\tKenya. ", 7), _sentence(" \n ", 60)])
    assert ("Kenya", "LOC") in [(m.text, m.label) for m in tagged.names]
    assert Tagger.load().tag([]) == ([], [])


def test_what_a_story_gives_does_not_hang_on_the_stories_before() -> None:
    tagger = Tagger.load()
    first = tagger.tag(split(STORY))
    tagger.tag([_sentence("A storm hit Fiji.")])
    assert tagger.tag(split(STORY)) == first


def test_it_is_loaded_once_and_callable_as_a_name_tagger() -> None:
    assert Tagger.load() is Tagger.load()
    assert [m.text for m in Tagger.load()([_sentence("She lives in Kenya.")])] == ["Kenya"]


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match=r"model\.int8\.onnx"):
        Tagger.load(tmp_path)


def test_the_weights_are_those_of_the_card() -> None:
    card = (MODEL / "card.md").read_text(encoding="utf-8")
    for name in ("model.int8.onnx", "tokenizer.json"):
        stated = re.search(rf"{re.escape(name)}`?\s*\|?\s*`?([0-9a-f]{{64}})", card)
        assert stated, f"the card states no checksum of {name}"
        assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == stated[1]


def test_the_model_speaks_of_the_types_and_statuses_that_there_are() -> None:
    labels = json.loads((MODEL / "labels.json").read_text(encoding="utf-8"))
    assert tuple(labels["types"]) == tuple(TYPES)
    assert tuple(labels["statuses"]) == STATUSES


def test_the_models_stay_small() -> None:
    shipped = sum(p.stat().st_size for p in MODEL.parent.rglob("*") if p.is_file())
    assert shipped <= 30_000_000


# ------------------------------------------------------------------ windows


def test_each_word_is_read_once_and_no_window_is_too_long(tokenizer: Tokenizer) -> None:
    texts = ["Rain in Fiji", "a b " * 300, "Short one.", "Another, " * 40, "Last."]
    split_texts = pieces(tokenizer, texts)
    made = windows(split_texts, True, *special_ids(tokenizer))
    read = sorted((sentence, word) for window in made for _, sentence, word in window.words)
    assert read == [(s, w) for s, text in enumerate(split_texts) for w in range(len(text.words))]
    assert max(len(window.ids) for window in made) <= WINDOW
    assert all(
        window.ids[p] == split_texts[s].ids[split_texts[s].words[w][0]] for window in made for p, s, w in window.words
    )


def test_later_windows_begin_with_the_headline(tokenizer: Tokenizer) -> None:
    cls, sep = special_ids(tokenizer)
    title, *body = pieces(tokenizer, ["Rain in Fiji", *["The rain went on and on over the hills."] * 30])
    first, *later = windows([title, *body], True, cls, sep)
    assert first.ids[: len(title.ids) + 2] == [cls, *title.ids, sep]
    assert later
    assert all(window.ids[: len(title.ids) + 2] == [cls, *title.ids[:TITLE], sep] for window in later)
    assert not any(sentence == 0 for window in later for _, sentence, _ in window.words)


def test_a_word_of_a_long_sentence_stands_away_from_the_edges(tokenizer: Tokenizer) -> None:
    made = windows(pieces(tokenizer, ["word " * 400]), False, *special_ids(tokenizer))
    for before, after in pairwise(made):
        assert len(before.ids) - 1 - before.words[-1][0] >= 15
        assert after.words[0][0] >= 15


# ------------------------------------------------------------------ decoding


def test_an_inside_label_without_its_beginning_is_never_taken() -> None:
    labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    logits = np.array([[2, 1.5, 3, 0, 0], [0, 0, 1, 0, 4], [0, 0, 3, 0, 0]], dtype=np.float32)
    assert name_runs(logits, labels) == [(0, 3, "PER")]


def test_weak_words_do_not_lengthen_a_trigger() -> None:
    rows = np.array([[0.9, 0.1, 0], [0.05, 0.9, 0.05], [0.75, 0.05, 0.2], [0.9, 0.1, 0]], dtype=np.float32)
    assert [(r.first, r.after, round(r.probability, 2)) for r in trigger_runs(rows, 0.15)] == [(1, 2, 0.95)]
