"""Every route stands behind the sign-in: who is let through, and to what; with a real sign-in at a provider of our own."""

import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from events.dashboard.access import gate
from events.dashboard.access.gate import Gate, person_behind
from events.dashboard.access.rules import rules
from events.dashboard.map.crowds import PASSES
from events.dashboard.map.routes import routes
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events
from tests.oidc_provider import open_provider, secrets_toml
from tests.signing_in import SETTINGS, secrets_of

ORIGIN = "http://127.0.0.1:8501"
CLOSED = [
    "/dateline/sight", "/media/0123.csv", "/app/static/base/land.json", "/app/static/dateline-map.js", "/component/x.html",
    "/_stcore/metrics", "/_stcore/upload_file/1/2", "/_stcore/anything", "/static/../media/0123.csv", "/nowhere",
]  # fmt: skip
OPEN = ["/", "/static/js/index.js", "/app/static/vendor/fonts/x.woff2", "/_stcore/health", "/_stcore/host-config"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture(scope="module")
def provider():
    with open_provider() as opened:
        yield opened


@pytest.fixture
def signed(tmp_path, provider, monkeypatch):
    provider.age = 0
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    with secrets_of(tmp_path, secrets_toml(provider, ORIGIN)):
        yield


def server():
    """Streamlit's own sign-in, and a word at every other address, behind the gate."""

    async def word(request):
        return PlainTextResponse("news")

    async def echo(socket):
        await socket.accept()
        async for text in socket.iter_text():
            await socket.send_text(text)

    rest = [
        WebSocketRoute("/_stcore/stream", echo),
        Mount("/", routes=[Route("/{any:path}", word)]),
    ]
    return TestClient(Gate(signing_in_with(rest)), base_url=ORIGIN, follow_redirects=False)


def signing_in_with(rest):
    """A server of Streamlit's own sign-in and other routes."""
    return Starlette(routes=[*create_auth_routes(""), *rest], middleware=create_streamlit_middleware())


def sign_in(browser, person):
    """Go to the provider and come back, as a browser would."""
    assert browser.get(way_back(browser, person)).status_code == 302
    return browser


def way_back(browser, person, origin=ORIGIN, **headers):
    """Where the provider sends a browser back to that went there to sign in."""
    begun = browser.get("/auth/login", params={"provider": encode_provider_token("default")}, headers=headers)
    try:
        urllib.request.build_opener(NoRedirect).open(f"{begun.headers['location']}&person={person}")
    except urllib.error.HTTPError as moved:
        return moved.headers["location"].removeprefix(origin)


@pytest.mark.parametrize("path", CLOSED)
def test_who_is_not_signed_in_gets_nothing_that_tells_of_news(signed, path):
    answer = server().get(path)
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (403, "Sign in first.", "no-store")


@pytest.mark.parametrize("path", OPEN)
def test_the_sign_in_page_itself_is_open(signed, path):
    assert server().get(path).status_code == 200


def test_viewers_and_editors_get_everything_and_who_is_neither_nothing(signed):
    assert {person: answers_to(person) for person in ("ada", "vi", "bo")} == {"ada": {200}, "vi": {200}, "bo": {403}}


def answers_to(person):
    browser = sign_in(server(), person)
    return {browser.get(path).status_code for path in CLOSED}


def test_a_page_under_a_path_of_its_own_is_guarded_alike(signed):
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", "desk")
    try:
        found = {
            path: server().get(path).status_code
            for path in ("/desk", "/desk/", "/desk/media/1.csv", "/deskmedia/1.csv")
        }
    finally:
        config.set_option("server.baseUrlPath", before)
    assert found == {"/desk": 200, "/desk/": 200, "/desk/media/1.csv": 403, "/deskmedia/1.csv": 403}


def test_a_cookie_that_was_changed_or_made_for_another_page_counts_for_nothing(signed, tmp_path, provider):
    browser = sign_in(server(), "ada")
    cookie = browser.cookies["_streamlit_user"]
    browser.cookies.clear()
    browser.cookies["_streamlit_user"] = cookie[:-2] + ("aa" if cookie[-2:] != "aa" else "bb")
    assert browser.get("/media/0123.csv").status_code == 403
    browser.cookies["_streamlit_user"] = cookie
    with secrets_of(tmp_path, secrets_toml(provider, "http://localhost:8501")):
        assert browser.get("/media/0123.csv").status_code == 403


def test_a_sign_in_ends_with_its_hours(signed, provider, monkeypatch):
    browser = sign_in(server(), "vi")
    assert browser.get("/media/0123.csv").status_code == 200
    monkeypatch.setattr(gate, "_now", lambda: datetime.now(UTC) + timedelta(hours=8, minutes=1))
    assert browser.get("/media/0123.csv").status_code == 403


def test_who_signs_out_is_out_with_every_copy_of_the_cookie(signed):
    browser = sign_in(server(), "vi")
    copied = dict(browser.cookies)
    assert browser.get("/auth/logout").headers["location"].partition("?")[0].endswith("/end")
    browser.cookies.update(copied)
    assert browser.get("/media/0123.csv").status_code == 403


def test_a_sign_in_that_another_browser_began_or_that_was_used_once_signs_nobody_in(signed):
    back = way_back(server(), "ada")
    victim = server()
    assert victim.get(back).headers["location"] == "/"
    assert (dict(victim.cookies), victim.get("/media/0123.csv").status_code) == ({}, 403)
    browser = server()
    back = way_back(browser, "vi")
    browser.get(back)
    browser.get("/auth/logout")
    assert (browser.get(back).headers["location"], browser.get("/media/0123.csv").status_code) == ("/", 403)


@pytest.mark.parametrize(
    "lies",
    [{"aud": "another client"}, {"iss": "https://evil.example"}, {"nonce": "another's"}, {"exp": 1_700_000_000}, None],
    ids=["audience", "issuer", "nonce", "age", "signature"],
)
def test_a_token_that_is_not_the_providers_for_this_sign_in_signs_nobody_in(signed, provider, monkeypatch, lies):
    monkeypatch.setattr(provider, "lies", lies or {})
    if lies is None:
        monkeypatch.setattr(provider, "signs", RSAKey.generate_key(2048, parameters={"kid": "k1"}))
    browser = server()
    assert browser.get(way_back(browser, "ada")).headers["location"] == "/"
    assert browser.get("/media/0123.csv").status_code == 403


def test_where_people_are_sent_back_to_is_what_the_operator_said_whatever_a_request_brings(signed):
    brought = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    back = way_back(server(), "ada", origin="", host="evil.example", **brought)
    assert back.startswith(f"{ORIGIN}/oauth2callback?")


def test_no_link_says_where_somebody_lands_who_signed_in(signed):
    browser = server()
    landed = browser.get(way_back(browser, "ada") + "&next=https://evil.example/&redirect_uri=//evil.example")
    assert landed.headers["location"] == "/"


@pytest.mark.parametrize(("origin", "is_marked"), [(ORIGIN, False), ("https://news.test", True)])
def test_cookies_are_no_scripts_and_no_other_sites_and_over_tls_alone_where_the_page_is(
    tmp_path, provider, monkeypatch, origin, is_marked
):
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    with secrets_of(tmp_path, secrets_toml(provider, origin)):
        browser = TestClient(server().app, base_url=origin, follow_redirects=False)
        cookies = browser.get(way_back(browser, "ada", origin)).headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} >= {"_streamlit_user", "_streamlit_user_tokens"}
    marks = [{part.strip().lower() for part in cookie.split(";")} for cookie in cookies]
    assert all({"httponly", "samesite=lax"} <= own and ("secure" in own) == is_marked for own in marks)


def test_no_other_sites_link_signs_anybody_out(signed):
    browser = sign_in(server(), "vi")
    linked = browser.get("/auth/logout", headers={"sec-fetch-site": "cross-site"})
    assert (linked.status_code, browser.get("/media/0123.csv").status_code) == (403, 200)


def test_where_nobody_knows_who_signed_out_nobody_is_let_in(signed, monkeypatch):
    browser = sign_in(server(), "ada")
    monkeypatch.setattr(gate.ENDED, "trouble", lambda: "who signed out can't be read")
    answer = browser.get("/media/0123.csv")
    assert (answer.status_code, answer.text) == (503, "who signed out can't be read")
    assert server().get("/").status_code == 200


def test_a_maps_pass_serves_the_sign_in_that_it_was_given_to_and_no_other(signed):
    view = select(EventTable.from_events(march_events(), SmallAtlas(), NoGazetteer()), Filter())
    browser = sign_in(TestClient(Gate(signing_in_with(routes())), base_url=ORIGIN, follow_redirects=False), "vi")
    own = person_behind(Headers({"cookie": f"_streamlit_user={browser.cookies['_streamlit_user']}"}), rules())
    for holder, status in ((own.key, 200), ("somebody else's", 403), ("", 403)):
        given = PASSES.of_map(None, view, NoGazetteer(), holder)
        port = {"west": "-180", "south": "-80", "east": "180", "north": "80", "zoom": "2", "pass": given.key}
        assert browser.get("/dateline/sight", params=port).status_code == status


def test_an_open_connection_ends_with_the_sign_in(signed, monkeypatch):
    with sign_in(server(), "ada").websocket_connect("ws://127.0.0.1:8501/_stcore/stream") as socket:
        socket.send_text("one")
        assert socket.receive_text() == "one"
        monkeypatch.setattr(gate, "_now", lambda: datetime.now(UTC) + timedelta(hours=9))
        socket.send_text("two")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


@pytest.mark.parametrize("broken", ['cookie_secret = "short"', "[auth", 'claim = ""'])
def test_settings_that_are_wrong_let_nobody_in(tmp_path, broken):
    name = broken.partition(" =")[0]
    lines = [broken if line.startswith(name) else line for line in SETTINGS.splitlines()]
    with secrets_of(tmp_path, "\n".join(lines)):
        answer = server().get("/")
    assert answer.status_code == 403
    assert answer.text.startswith("Nobody can sign in: ")


def test_without_a_sign_in_this_machine_alone_is_answered():
    near = server()
    assert near.get("/media/0123.csv").status_code == 200
    assert near.get("/", headers={"host": "rebound.example"}).status_code == 403
    assert near.get("/", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 403
    far = TestClient(Gate(near.app.app), base_url="http://192.0.2.1:8501")
    assert far.get("/_stcore/health").status_code == 200
    answer = far.get("/media/0123.csv", headers={"accept": "text/html"})
    assert (answer.status_code, "--insecure" in answer.text) == (403, True)
    with pytest.raises(WebSocketDisconnect), far.websocket_connect("/_stcore/stream"):
        pass


def test_the_operator_may_say_that_everybody_may(monkeypatch):
    monkeypatch.setenv("DATELINE_INSECURE", "1")
    assert TestClient(server().app, base_url="http://192.0.2.1:8501").get("/media/0123.csv").status_code == 200
