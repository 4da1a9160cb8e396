"""The gate before all of the server's routes: the page's, Streamlit's own, static files, downloads and uploads.

For app.py, as ASGI middleware. Where people sign in, an address is answered to those who are signed in with a role; open
are only what the sign-in page itself is made of, the sign-in, and the word that the server is up. The page's own
connection (`_stcore/stream`) is open too, for the sign-in runs over it; there `signing_in` stands before everything, and
the gate ends the connection when the sign-in ends. Where nobody signs in, the server answers this machine alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from events.dashboard.access.answers import guarded
from events.dashboard.access.cookies import claims_of
from events.dashboard.access.ended import ENDED
from events.dashboard.access.listening import refusal_of_address, refusal_of_request
from events.dashboard.access.persons import Person, person_of
from events.dashboard.access.rules import Rules, rules

HEALTH = "/_stcore/health"
STREAM = "/_stcore/stream"
SIGN_OUT = "/auth/logout"
OPEN = {
    "/",
    "/index.html",
    "/favicon.png",
    HEALTH,
    STREAM,
    "/_stcore/host-config",
    "/auth/login",
    SIGN_OUT,
    "/oauth2callback",
}
OPEN_FOLDERS = ("/static/", "/app/static/vendor/fonts/")  # Streamlit's scripts, and typefaces
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
HOLDER = "dateline.holder"  # in the scope of a request: the sign-in behind it
OWN_SITE = {None, "same-origin", "none"}  # what a browser says of a way that begins on the page, or in its address line
NO_ROLE = "You are signed in, and nobody has made you a viewer or an editor."
ENDED_CODE, REFUSED_CODE = 1000, 1008  # of a closed connection


class Gate:
    """ASGI middleware that lets through whom the rules let in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection, or hand it on."""
        path = path_of(scope)
        if scope["type"] not in {"http", "websocket"} or path == HEALTH:
            await self.app(scope, receive, send)
            return
        headers, known = Headers(scope=scope), rules()
        send = guarded(send, known.origin if known else "")
        if known is None or known.trouble:
            why = trouble_told(known) if known else near_only(scope, headers)
            await (_refuse(why, scope, receive, send) if why else self.app(scope, receive, send))
            return
        await _look()
        person = person_behind(headers, known)
        scope[HOLDER] = person.key if person else ""
        if why := refusal_of(path, headers, person):
            await _refuse(why, scope, receive, send, 503 if why == ENDED.trouble() else 403)
            return
        if path == SIGN_OUT and person:
            await run_in_threadpool(ENDED.add, person, _now())
        if scope["type"] == "websocket" and person:
            receive = _until_the_end(receive, send, person)
        await self.app(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path that is asked for, below the page's own base path."""
    path = str(scope.get("path", ""))
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return path.removeprefix(f"/{base}") or "/" if base else path


def is_open(path: str) -> bool:
    """Whether a path is answered to who isn't signed in.

    >>> [is_open(path) for path in ("/", "/static/js/index.js", "/app/static/base/land.json", "/static/../media/a.csv")]
    [True, True, False, False]
    """
    return path in OPEN or (path.startswith(OPEN_FOLDERS) and ".." not in path)


def refusal_of(path: str, headers: Headers, person: Person | None) -> str:
    """Why a path is refused to somebody where people sign in; "" where it isn't."""
    if person and ENDED.trouble():
        return ENDED.trouble()
    if person and path == SIGN_OUT and headers.get("sec-fetch-site") not in OWN_SITE:
        return "Sign out on the page."  # another site's link ends nobody's sign-in
    if is_open(path):
        return ""
    if person is None:
        return "Sign in first."
    return "" if person.role else NO_ROLE


def near_only(scope: Scope, headers: Headers) -> str:
    """Why a request is refused where nobody signs in; "" where it isn't."""
    address = config.get_option("server.address")
    return refusal_of_address(address) or refusal_of_request(scope.get("server"), headers)


def holder_of(scope: Scope) -> str:
    """The sign-in behind a request that came through the gate; "" where nobody signs in."""
    return str(scope.get(HOLDER, ""))


def trouble_told(known: Rules) -> str:
    """What the page says where the sign-in is not set up as it should be."""
    return f"Nobody can sign in: {known.trouble}. See docs/sign-in.md." if known.trouble else ""


def person_behind(headers: Headers, known: Rules) -> Person | None:
    """Who is signed in behind a request; None for nobody, and for whom it is over."""
    person = person_of(claims_of(cookie_parser(headers.get("cookie", "")), known.origin), known, _now())
    return None if person is None or person in ENDED else person


def _until_the_end(receive: Receive, send: Send, person: Person) -> Receive:
    """What a connection receives, until the sign-in behind it ends: then it is closed, and nothing more is acted on."""

    async def guarded() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and await _is_over(person):
            await send({"type": "websocket.close", "code": ENDED_CODE, "reason": ""})
            return {"type": "websocket.disconnect", "code": ENDED_CODE}
        return message

    return guarded


async def _is_over(person: Person) -> bool:
    """Whether somebody's sign-in has ended, or nobody knows any more."""
    await _look()
    return person in ENDED or _now() >= person.ends or bool(ENDED.trouble())


async def _look() -> None:
    """Learn who signed out elsewhere, without holding up the others meanwhile."""
    if ENDED.is_stale():
        await run_in_threadpool(ENDED.look, _now())


async def _refuse(why: str, scope: Scope, receive: Receive, send: Send, status: int = 403) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED_CODE, "reason": ""})
        return
    answer: Response = PlainTextResponse(why, status, HEADERS)
    if "text/html" in Headers(scope=scope).get("accept", ""):
        answer = HTMLResponse(f"<!doctype html><title>Dateline</title><p>{escape(why)}</p>", status, HEADERS)
    await answer(scope, receive, send)


def _now() -> datetime:
    return datetime.now(UTC)
