"""What Streamlit's sign-in cookie says, read as Streamlit itself reads it: signed by the server, for the page's own origin.

For the gate. The functions that are used of Streamlit are its own; tests/test_gate.py breaks where they change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from events.dashboard.access.persons import Claims


def claims_of(cookies: Mapping[str, str], origin: str) -> Claims:
    """What the provider said of who sent the cookies; nothing where they are not signed, or of another origin.

    origin: the page's own, as "https://news.example".
    """
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "ignore")) if value else None

    try:
        said = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) and said.get("origin") == origin else {}
