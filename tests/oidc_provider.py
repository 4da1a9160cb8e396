"""An OpenID provider on this machine, for tests: discovery, authorize, token with an RS256 id_token, keys, sign-out.

It asks no password: whoever is asked for on its page, or by `person=` in the address, is signed in. Everything else is
as a real one has it: codes hold once, the client's secret, the redirect address and PKCE are checked.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "dateline", "the client's own secret"
PEOPLE = {
    "ada": {"name": "Ada Editor", "email": "ada@news.test", "email_verified": True, "groups": ["desk", "staff"]},
    "vi": {"name": "Vi Viewer", "email": "vi@news.test", "email_verified": True, "groups": ["readers"]},
    "bo": {"name": "Bo Nobody", "email": "bo@news.test", "email_verified": True, "groups": ["staff"]},
}


class Provider:
    """The provider's address, its key, the codes that it gave out, and how many seconds ago its sign-ins begin.

    lies: what its tokens say in place of the truth; signs: the key that they are signed with.
    """

    def __init__(self, port):
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self.codes, self.age = {}, 0
        self.lies, self.signs = {}, self.key

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def code_for(self, person, asked):
        code = secrets.token_urlsafe(16)
        self.codes[code] = (person, asked)
        return code

    def tokens(self, form):
        """The answer to the client that brings a code; None where anything is wrong with it."""
        person, asked = self.codes.pop(form.get("code"), (None, {}))
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        right = (
            person and asked["redirect_uri"] == form.get("redirect_uri") and asked["code_challenge"] == proof.decode()
        )
        if not right:
            return None
        begun = int(time.time()) - self.age
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": f"id of {person}", "iat": begun, "exp": int(time.time()) + 300,
                  "nonce": asked["nonce"], **PEOPLE[person], **self.lies}  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signs)
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }


@contextmanager
def open_provider():
    """The provider, while it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = urlsplit(self.path)
            query = dict(parse_qsl(asked.query))
            if asked.path == "/.well-known/openid-configuration":
                answer(self, provider.discovery())
            elif asked.path == "/keys":
                answer(self, {"keys": [provider.key.as_dict(private=False)]})
            elif asked.path == "/authorize" and query.get("person") in PEOPLE:
                came = {"code": provider.code_for(query["person"], query), "state": query["state"]}
                redirect(self, f"{query['redirect_uri']}?{urlencode(came)}")
            elif asked.path == "/authorize":
                links = "".join(f'<p><a href="{self.path}&person={name}">{name}</a></p>' for name in PEOPLE)
                answer(self, f"<!doctype html><title>Who are you?</title>{links}")
            elif asked.path == "/end":
                redirect(self, query["post_logout_redirect_uri"])
            else:
                answer(self, {"error": "not found"}, 404)

        def do_POST(self):
            form = {
                name: values[0]
                for name, values in parse_qs(self.rfile.read(int(self.headers["content-length"])).decode()).items()
            }
            given = base64.b64decode(self.headers.get("authorization", "Basic ").partition(" ")[2]).decode()
            known = given == f"{CLIENT}:{SECRET}" or form.get("client_secret") == SECRET
            tokens = provider.tokens(form) if known and self.path == "/token" else None
            answer(self, tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    provider = Provider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler, content, status=200):
    kind = "text/html" if isinstance(content, str) else "application/json"
    body = (content if isinstance(content, str) else json.dumps(content)).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def redirect(handler, address):
    handler.send_response(302)
    handler.send_header("Location", address)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def secrets_toml(provider, origin):
    """The operator's secrets for this provider. origin: the page's; "{port}" in it is the server's own."""
    return f"""
[auth]
redirect_uri = "{origin}/oauth2callback"
cookie_secret = "a long secret that only this test knows, truly"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.issuer}/.well-known/openid-configuration"

[sign_in]
claim = "groups"
editors = ["desk"]
viewers = ["readers"]
"""
