"""The online geocoder against a service on this machine that behaves, dawdles, refuses and lies."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders import Nominatim

from geodata import geocoder_online
from geodata.geocoder_online import OnlineGeocoder, from_environment
from geodata.place import GazetteerError

VARDE = {"lat": "55.62", "lon": "8.48", "display_name": "Varde, Denmark", "osm_id": 7, "boundingbox": []}


class Service(ThreadingHTTPServer):
    """A stand-in for Nominatim whose `manner` can be changed while it runs."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.manner, self.requests = "behaves", []


class Handler(BaseHTTPRequestHandler):
    """One answer in the server's present manner."""

    def do_GET(self):
        self.server.requests.append((self.path, self.headers["User-Agent"]))
        manner = self.server.manner
        if manner == "dawdles":
            time.sleep(1.0)
        status, body = {
            "behaves": (200, json.dumps([VARDE])),
            "knows nothing": (200, "[]"),
            "refuses": (403, "no"),
            "is overrun": (429, "slow down"),
            "fails": (500, "oops"),
            "is no geocoder": (200, "<html>Sign in to the airport's network</html>"),
            "lies": (200, json.dumps([{**VARDE, "lat": "912", "lon": "8"}])),
            "lies in words": (200, json.dumps([{**VARDE, "lat": "NaN"}])),
            "lies in form": (200, json.dumps({"features": 3})),
            "sends a bell": (200, json.dumps([{**VARDE, "display_name": "Varde\u0007\u202e" + "x" * 5000}])),
        }.get(manner, (200, "[]"))
        try:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())
        except OSError:
            pass  # the client went away

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def service():
    """A running service."""
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def geocoder(service, tmp_path):
    """A geocoder that asks the running service."""
    return asking(service, tmp_path)


def asking(service, folder):
    options = {**geocoder_online.polite_options(), "timeout": 0.3}
    nominatim = Nominatim(domain=f"127.0.0.1:{service.server_port}", scheme="http", **options)
    return OnlineGeocoder(nominatim, cache=folder / "cache" / "answers.sqlite", delay_s=0.0)


def test_a_name_is_found_where_the_service_says(geocoder):
    found = geocoder.geocode("Varde, Denmark")
    assert (found.latitude, found.longitude, found.address) == (55.62, 8.48, "Varde, Denmark")
    assert [at.latitude for at in geocoder.geocode("Varde, Denmark", exactly_one=False)] == [55.62]


def test_a_question_is_asked_once_and_the_answer_outlives_the_program(geocoder, service, tmp_path):
    geocoder.geocode("Varde")
    geocoder.geocode("  varde ")
    assert asking(service, tmp_path).geocode("Varde").latitude == 55.62
    assert len(service.requests) == 1


def test_that_a_name_is_unknown_is_remembered_too(geocoder, service):
    service.manner = "knows nothing"
    assert geocoder.geocode("Nowhereville") is None
    assert geocoder.geocode("Nowhereville") is None
    assert (len(service.requests), geocoder.problem) == (1, None)


def test_the_user_agent_says_who_asks(service, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_CONTACT", "desk@example.org")
    asking(service, tmp_path).geocode("Varde")
    assert service.requests[0][1] == "dateline-news-map/1 (desk@example.org)"


def test_questions_keep_their_distance(service, tmp_path):
    nominatim = Nominatim(domain=f"127.0.0.1:{service.server_port}", scheme="http", timeout=1, user_agent="test")
    geocoder = OnlineGeocoder(nominatim, cache=tmp_path / "answers.sqlite", delay_s=0.2)
    began = time.monotonic()
    for name in ("Varde", "Ribe", "Esbjerg"):
        geocoder.geocode(name)
    assert time.monotonic() - began >= 0.4


@pytest.mark.parametrize(
    "manner",
    ["dawdles", "refuses", "is overrun", "fails", "is no geocoder", "lies", "lies in words", "lies in form"],
)
def test_a_service_that_misbehaves_costs_an_answer_and_no_story(geocoder, service, manner):
    service.manner = manner
    began = time.monotonic()
    assert geocoder.geocode("Varde") is None
    assert time.monotonic() - began < 0.9
    assert "can't be asked" in geocoder.problem
    service.manner = "behaves"
    assert geocoder.geocode("Varde").latitude == 55.62  # a failure is not remembered as an answer


def test_after_three_failures_nobody_asks_for_a_while(geocoder, service, monkeypatch):
    service.manner = "fails"
    for name in ("Varde", "Ribe", "Esbjerg", "Billund", "Vejle"):
        assert geocoder.geocode(name) is None
    assert len(service.requests) == 3
    monkeypatch.setattr(geocoder_online.time, "monotonic", lambda: time.perf_counter() + 1e9)
    service.manner = "behaves"
    assert geocoder.geocode("Vejle").latitude == 55.62


def test_a_service_that_is_not_there_costs_an_answer(service, tmp_path):
    geocoder = asking(service, tmp_path)
    service.shutdown()
    service.server_close()
    assert geocoder.geocode("Varde") is None


def test_what_a_service_sends_is_cut_to_printable_words(geocoder, service):
    service.manner = "sends a bell"
    address = geocoder.geocode("Varde").address
    assert (address[:6], len(address)) == ("Vardex", 300)


def test_a_broken_cache_is_done_without(service, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    assert asking(service, tmp_path).geocode("Varde").latitude == 55.62


def test_an_empty_query_teaches(geocoder, service):
    with pytest.raises(GeocoderQueryError, match="Bangor, Maine"):
        geocoder.geocode("  ")
    assert service.requests == []


def test_nothing_is_asked_unless_the_user_turns_it_on(monkeypatch):
    monkeypatch.delenv("DATELINE_GEOCODER", raising=False)
    assert from_environment() is None
    monkeypatch.setenv("DATELINE_GEOCODER", "photon")
    assert isinstance(from_environment(), OnlineGeocoder)


@pytest.mark.parametrize(
    ("name", "options"), [("nosuchservice", ""), ("nominatim", "{"), ("nominatim", '{"speed": 3}')]
)
def test_a_wrong_setting_is_told_as_one(monkeypatch, name, options):
    monkeypatch.setenv("DATELINE_GEOCODER", name)
    monkeypatch.setenv("DATELINE_GEOCODER_OPTIONS", options)
    with pytest.raises(GazetteerError, match=f"DATELINE_GEOCODER={name}"):
        from_environment()
