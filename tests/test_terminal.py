"""What strangers wrote does nothing to a terminal: not in messages, not in the JSON that commands print."""

import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from events.__main__ import app
from events.terminal import Messages, json_line, on_a_terminal

HOSTILE = "Quake\x1b]0;owned\x07\x1b[2J \x9b31m \u202eniar\u2066 \u200e\u061c \x7f\x00 ${HOME} \ud800 \U000e0041"
OBEYED = {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u200e", "\u061c", "\x7f", "\x00", "\ud800", "\U000e0041"}


def test_a_message_keeps_its_words_and_loses_what_a_terminal_obeys():
    shown = on_a_terminal(HOSTILE)
    assert not OBEYED & set(shown)
    assert shown.startswith("Quake\ufffd]0;owned\ufffd")
    assert on_a_terminal("می\u200cخواهم, Zürich – 7 %") == "می\u200cخواهم, Zürich – 7 %"


def test_json_is_the_same_value_without_signs_that_a_terminal_obeys():
    line = json_line({"title": HOSTILE})
    assert json.loads(line) == {"title": HOSTILE}
    assert not OBEYED & set(line)
    line.encode("utf-8")


def test_messages_are_printed_through_it_and_lines_are_not_broken(monkeypatch):
    messages = Messages()
    monkeypatch.setattr(messages, "_file", out := io.StringIO())
    messages.print(f"{HOSTILE}\nThe store is sound. {'long ' * 60}")
    assert isinstance(messages, Console)
    assert not OBEYED & set(out.getvalue())
    assert out.getvalue().count("\n") == 1


@pytest.mark.parametrize("command", ["read", "ingest", "import"])
def test_no_command_prints_a_hostile_headline_or_id_as_it_stands(command, tmp_path):
    file = tmp_path / "wire.jsonl"
    rows = [{"id": HOSTILE, "title": HOSTILE, "text": f"It rained in {n}.", "published": HOSTILE} for n in "ab"]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    more = [] if command == "read" else ["--store", str(tmp_path / "s.sqlite")]
    run = CliRunner().invoke(app, [command, str(file), *more, *(["--light"] if command == "ingest" else [])])
    assert run.exit_code in (1, 2)
    assert not OBEYED & set(run.stdout + run.stderr)
