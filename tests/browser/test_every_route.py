"""Every route of the real server, ours and Streamlit's own, stands behind the sign-in, and none leads anybody astray."""

import base64
import http.client
import os
from unittest.mock import MagicMock
from urllib.parse import urlsplit

import pytest
from conftest import serving
from starlette.datastructures import Headers
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from events.dashboard.access.gate import path_of, refusal_of
from events.dashboard.map.routes import routes
from tests.oidc_provider import open_provider, secrets_toml

OPEN = {
    "/", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/auth/login", "/auth/logout", "/oauth2callback",
}  # fmt: skip
CLOSED = [
    ("GET", "/media/0123.csv"), ("HEAD", "/media/0123.csv"), ("OPTIONS", "/media/0123.csv"),
    ("GET", "/component/streamlit_folium.st_folium/index.html"), ("GET", "/_stcore/bidi-components/x/y.js"),
    ("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b"), ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/agent/openapi.json"), ("POST", "/_stcore/agent/mcp"), ("POST", "/_stcore/agent/interact"),
    ("GET", "/_stcore/script-health-check"), ("GET", "/app/static/dateline-map.js"), ("GET", "/%61pp/static/x.js"),
    ("GET", "/app/static/vendor/fonts/../../dateline-map.js"), ("GET", "/static/%2e%2e/media/x"), ("GET", "/static/../media/x"),
    ("GET", "//app/static/dateline-map.js"), ("GET", "/_stcore/stream/x"), ("GET", "/_stcore/HEALTH"), ("GET", "/desk"),
    ("GET", "/dateline/map.js"), ("GET", "/dateline/sight?pass=x"), ("POST", "/dateline/sight"), ("GET", "/;/media/x"),
]  # fmt: skip


def test_no_route_of_ours_or_of_this_streamlit_is_open_but_those_of_the_sign_in():
    found = [getattr(route, "path", "") for route in [*create_streamlit_routes(MagicMock()), *routes()]]
    asked = {path.replace("{path:path}", "x").replace("{file_id:path}", "x") or "/" for path in found}
    assert len(asked) > 15
    assert {path for path in asked if not refusal_of(path_of({"path": path}), Headers(), None)} == OPEN
    assert config.get_option("server.enableAgentApi") is False


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The page of a store of nothing, with a sign-in at a provider of our own."""
    folder = tmp_path_factory.mktemp("routes")
    with open_provider() as provider, pytest.MonkeyPatch.context() as patched:
        (folder / "secrets.toml").write_text(secrets_toml(provider, "http://127.0.0.1:{port}"), encoding="utf-8")
        patched.setenv("STREAMLIT_SECRETS_FILES", str(folder / "secrets.toml"))
        with serving(folder / "news.sqlite") as served:
            yield served


def ask(address, method, path, **headers):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_who_is_not_signed_in_is_refused_by_any_method_and_under_any_spelling(address):
    answers = {(method, path): ask(address, method, path)[0] for method, path in CLOSED}
    assert {asked: status for asked, status in answers.items() if status not in {400, 403}} == {}


def test_the_open_page_may_not_be_framed_and_keeps_its_address_to_itself(address):
    status, headers, _ = ask(address, "GET", "/")
    assert status == 200
    assert (headers["x-frame-options"], headers["content-security-policy"]) == ("SAMEORIGIN", "frame-ancestors 'self'")
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("same-origin", "nosniff")


@pytest.mark.parametrize(
    "path",
    ["/auth/login?provider=x&next=https://evil.example/", "/oauth2callback?code=c&state=s&next=//evil.example/",
     "/auth/logout?next=https://evil.example/", "//evil.example/%2f..", "/\\evil.example", "/static//evil.example/"],
)  # fmt: skip
def test_no_address_of_the_server_leads_to_another_site(address, path):
    _, headers, _ = ask(address, "GET", path)
    assert urlsplit(headers.get("location", "")).netloc in {"", urlsplit(address).netloc}


def test_another_sites_script_opens_no_connection_to_the_page(address):
    key = base64.b64encode(os.urandom(16)).decode()
    opening = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": key}
    assert ask(address, "GET", "/_stcore/stream", **opening, Origin="https://evil.example")[0] == 403
    assert ask(address, "GET", "/dateline/line", **opening, Origin=address)[0] == 403
