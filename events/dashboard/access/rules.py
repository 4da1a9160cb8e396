"""How people sign in and what they may do, as the operator's secrets say: [auth] is Streamlit's part, [sign_in] ours.

For the gate and the page. What is half said lets nobody in: each fault is a line that the page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.auth_util import get_origin_from_redirect_uri, is_authlib_installed
from streamlit.runtime.secrets import secrets_singleton

UNNAMED = "default"  # what Streamlit calls the provider that stands in [auth] itself
SHORTEST_SECRET = 32  # letters of the cookies' key; whoever guesses it is whom they like
USUAL_HOURS = 8.0
NEEDED = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True, slots=True)
class Rules:
    """How people sign in. providers: Streamlit's names of them; claim: what a provider says of a person that makes them an
    editor or a viewer, where it is one of these values; hours: how long a sign-in lasts; origin: scheme and host of the
    page; trouble: what is wrong with it, "" for nothing.
    """

    providers: tuple[str, ...] = ()
    claim: str = ""
    editors: frozenset[str] = frozenset()
    viewers: frozenset[str] = frozenset()
    hours: float = USUAL_HOURS
    origin: str = ""
    trouble: str = ""


def rules() -> Rules | None:
    """The rules that hold now; None where nobody has to sign in. Secrets that can't be read let nobody in."""
    if secrets_singleton.load_if_toml_exists():
        found = rules_of(secrets_singleton.to_dict())
        if found is None or found.trouble:
            return found
        origin = get_origin_from_redirect_uri() or ""
        missing = "" if is_authlib_installed() else "Authlib is not installed: pip install Authlib httpx2"
        return Rules(found.providers, found.claim, found.editors, found.viewers, found.hours, origin, missing)
    unread = [path for path in config.get_option("secrets.files") if Path(path).exists()]
    return Rules(trouble=f"{unread[0]} can't be read") if unread else None


def rules_of(secrets: Mapping[str, Any]) -> Rules | None:
    """The rules in the secrets; None without a section [auth].

    >>> rules_of({"theme": {}}) is None
    True
    >>> rules_of({"auth": {}}).trouble
    'redirect_uri is missing in [auth]'
    """
    if "auth" not in secrets:
        return None
    auth, own = secrets["auth"], secrets.get("sign_in", {})
    if not isinstance(auth, Mapping) or not isinstance(own, Mapping):
        return Rules(trouble="[auth] and [sign_in] must be sections")
    providers = tuple(name for name, part in auth.items() if isinstance(part, Mapping) and "client_id" in part)
    if "client_id" in auth:
        providers = (UNNAMED, *providers)
    hours = own.get("session_hours", USUAL_HOURS)
    return Rules(
        providers=providers,
        claim=str(own.get("claim", "")),
        editors=_values(own.get("editors", ())),
        viewers=_values(own.get("viewers", ())),
        hours=float(hours) if isinstance(hours, (int, float)) else 0.0,
        trouble=_trouble(auth, own, providers),
    )


def _values(given: Any) -> frozenset[str]:
    """The values of a setting, one or a list of them; an empty one counts for nothing."""
    listed = given if isinstance(given, (list, tuple)) else [given]
    return frozenset(str(value) for value in listed if str(value))


def _trouble(auth: Mapping[str, Any], own: Mapping[str, Any], providers: tuple[str, ...]) -> str:
    """The first thing that is wrong with the settings."""
    address = urlsplit(str(auth.get("redirect_uri", "")))
    hours = own.get("session_hours", USUAL_HOURS)
    lacking = [
        f"{key} is missing in [auth{'' if name == UNNAMED else f'.{name}'}]"
        for name in providers
        for key in NEEDED
        if not (auth if name == UNNAMED else auth[name]).get(key)
    ]
    checks = {
        "redirect_uri is missing in [auth]": not auth.get("redirect_uri"),
        "redirect_uri must be the page's whole address with /oauth2callback at its end": (
            address.scheme not in {"http", "https"} or not address.netloc or not address.path.endswith("/oauth2callback")
        ),
        f"cookie_secret in [auth] must have at least {SHORTEST_SECRET} letters": (
            len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET
        ),
        "no provider is named in [auth]: client_id is missing": not providers,
        **dict.fromkeys(lacking, True),
        "[sign_in] must name a claim": not own.get("claim"),
        "[sign_in] must name editors or viewers": not (_values(own.get("editors", ())) | _values(own.get("viewers", ()))),
        "session_hours in [sign_in] must be a number above 0": (
            isinstance(hours, bool) or not isinstance(hours, (int, float)) or not 0 < hours < float("inf")
        ),
    }  # fmt: skip
    return next((fault for fault, holds in checks.items() if holds), "")
