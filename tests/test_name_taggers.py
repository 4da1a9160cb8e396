"""A user's own model in the tagger's seat."""

import pytest
import spacy

from events.extraction.sentences import split
from events.extraction.tagging.name_taggers import named
from events.model import ExtractionError, Mention, Story

STORY = Story(
    id="1",
    title="Asha Varn in Okaria",
    text="The Okarians cheered.\n\nAsha Varn of the Harbour League flew to Okaria on Monday for 3 days.",
)


@pytest.fixture(scope="module")
def ruler(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A spaCy model made here: a blank pipeline whose entity ruler knows five names."""
    nlp = spacy.blank("en")
    patterns = {"Asha Varn": "PERSON", "Harbour League": "ORG", "Okaria": "GPE", "Okarians": "NORP", "Monday": "DATE"}
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name, label in patterns.items()])
    folder = tmp_path_factory.mktemp("model") / "ruler"
    nlp.to_disk(folder)
    return f"spacy:{folder}"


def test_a_spacy_model_takes_the_seat_with_the_story_s_offsets(ruler: str) -> None:
    names = named(ruler)(split(STORY))
    assert names == [
        Mention("title", 0, 9, "Asha Varn", "PER"),
        Mention("title", 13, 19, "Okaria", "LOC"),
        Mention("text", 4, 12, "Okarians", "DEM"),
        Mention("text", 23, 32, "Asha Varn", "PER"),
        Mention("text", 40, 54, "Harbour League", "ORG"),
        Mention("text", 63, 69, "Okaria", "LOC"),
    ]
    assert all(STORY.part(m.part)[m.start : m.end] == m.text for m in names)


def test_labels_that_are_no_names_are_left_out(ruler: str) -> None:
    assert "Monday" not in [m.text for m in named(ruler)(split(STORY))]


@pytest.mark.parametrize("choice", ["nonsense", "spacy:", "hf:", "stanza:en"])
def test_an_unknown_kind_is_refused_with_the_ways_to_write_it(choice: str) -> None:
    with pytest.raises(ExtractionError, match="spacy:MODEL or hf:MODEL"):
        named(choice)


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(ExtractionError, match="no_such_model"):
        named("spacy:no_such_model")


def test_a_hugging_face_tagger_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(ExtractionError, match="pip install transformers torch"):
        named("hf:somebody/some-model")


def test_a_hugging_face_tagger_gives_names_at_the_story_s_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    class Transformers:
        @staticmethod
        def pipeline(task: str, model: str, aggregation_strategy: str):
            assert (task, model, aggregation_strategy) == ("token-classification", "somebody/some-model", "first")
            return lambda texts: [
                [{"start": t.index("Okaria"), "end": t.index("Okaria") + 6, "entity_group": "LOC"}] for t in texts
            ]

    monkeypatch.setitem(__import__("sys").modules, "transformers", Transformers)
    found = named("hf:somebody/some-model")(split(STORY))
    assert [(m.part, m.start, m.text) for m in found] == [
        ("title", 13, "Okaria"), ("text", 4, "Okaria"), ("text", 63, "Okaria"),
    ]  # fmt: skip
