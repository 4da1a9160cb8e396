"""Nobody reaches the page from elsewhere without a sign-in, however it is started."""

import subprocess
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from events.dashboard.access.listening import refusal_of_address, refusal_of_request
from scripts.run import main
from tests.signing_in import SETTINGS, secrets_of

ROOT = Path(__file__).resolve().parents[1]
NEAR = {"host": "127.0.0.1:8501"}


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "news.example", "", None])
def test_an_address_that_others_reach_is_refused(address):
    assert "nobody would have to sign in" in refusal_of_address(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machines_own_addresses_are_served(address):
    assert refusal_of_address(address) == ""


@pytest.mark.parametrize(
    ("server", "headers", "refused"),
    [
        (("127.0.0.1", 8501), NEAR, False),
        (("/run/dateline.sock", None), NEAR, False),
        (("192.0.2.1", 8501), NEAR, True),
        (("127.0.0.1", 8501), {"host": "news.example"}, True),
        (("127.0.0.1", 8501), {**NEAR, "x-forwarded-for": "192.0.2.7"}, True),
        (("127.0.0.1", 8501), {**NEAR, "x-forwarded-proto": "https"}, True),
        (("127.0.0.1", 8501), {**NEAR, "via": "1.1 desk"}, True),
        (("127.0.0.1", 8501), {}, True),
    ],
)
def test_a_request_that_others_are_behind_is_refused(server, headers, refused):
    assert bool(refusal_of_request(server, headers)) == refused


def test_the_start_refuses_and_says_how_to_go_on(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    assert main(["--address", "0.0.0.0"]) == 2
    assert "docs/sign-in.md" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_start_serves_others_who_sign_in_or_where_the_operator_says_so(monkeypatch, tmp_path):
    started = []
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    monkeypatch.setenv("DATELINE_INSECURE", "")
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: started.append(command) or subprocess.CompletedProcess(command, 0)
    )
    with secrets_of(tmp_path, SETTINGS):
        assert main(["--address", "0.0.0.0"]) == 0
    assert main(["--address", "0.0.0.0", "--insecure"]) == 0
    assert [command[4:8] for command in started if "streamlit" in command] == [
        ["app.py", "--server.address", "0.0.0.0", "--server.port"]
    ] * 2


def test_the_page_itself_refuses(monkeypatch):
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    finally:
        config.set_option("server.address", before)
    said = "\n".join(element.proto.body for element in page.get("html"))
    assert "This page is not served" in said
    assert "--insecure" in said
    assert list(page.button) == []
