"""--names: a model made here takes the tagger's seat from the command line."""

import json

import pytest
import spacy
from typer.testing import CliRunner

from events import __main__ as command_line

STORY_TEXT = "A flood hit Okaria on Monday. Four people died near the Veldt Road there."
STORY = f"Flood in the hills\nDate: 2025-03-12\n\n{STORY_TEXT}\n"


@pytest.fixture
def story(tmp_path):
    file = tmp_path / "flood.txt"
    file.write_text(STORY, encoding="utf-8")
    return str(file)


def places(*arguments):
    """The names that the geoparse command finds."""
    result = CliRunner().invoke(command_line.app, ["geoparse", "--light", *arguments])
    assert result.exit_code == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [STORY_TEXT[toponym["start"] : toponym["end"]] for line in lines for toponym in line["toponyms"]]


def test_a_spacy_model_from_a_folder_finds_what_the_light_profile_does_not_know(story, tmp_path):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Okaria"}])
    nlp.to_disk(tmp_path / "ruler")
    assert "Okaria" not in places(story)
    assert "Okaria" in places(story, "--names", f"spacy:{tmp_path / 'ruler'}")


def test_a_hugging_face_classifier_finds_it_too(story, monkeypatch):
    class Transformers:
        @staticmethod
        def pipeline(task, model, aggregation_strategy):
            assert (task, model) == ("token-classification", "somebody/some-model")
            return lambda texts: [
                [{"start": at, "end": at + 6, "entity_group": "LOC"}] if (at := text.find("Okaria")) >= 0 else []
                for text in texts
            ]

    monkeypatch.setitem(__import__("sys").modules, "transformers", Transformers)
    assert "Okaria" in places(story, "--names", "hf:somebody/some-model")


def test_a_model_that_is_not_there_is_named_and_ends_with_an_error(story):
    result = CliRunner().invoke(command_line.app, ["geoparse", "--light", "--names", "spacy:no_such_model", story])
    assert result.exit_code != 0
    assert "no_such_model" in result.stderr
