"""A person, made of what their provider says of them (OpenID Connect claims): who they are, what they may do, until when.

For the gate and the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from events.dashboard.access.rules import Rules

Role = Literal["editor", "viewer"]
Claims = Mapping[str, Any]
LONGEST_NAME, LONGEST_ADDRESS = 60, 120  # together within what a correction keeps of a name
CLOCKS_APART = timedelta(minutes=5)  # by which a provider's clock may run ahead of ours
SIGN_IN = ("iss", "sub", "iat", "nonce", "provider")  # what is one sign-in's own


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. name: with the address, if known; role: None for neither editor nor viewer; ends: when
    the sign-in ends (UTC); key: this sign-in and no other, even of the same person.
    """

    name: str
    role: Role | None
    ends: datetime
    key: str


def person_of(claims: Claims, rules: Rules, now: datetime) -> Person | None:
    """The person whom claims speak of; None where they are not signed in, or no more.

    now: UTC. Without a time of sign-in (`iat`) nobody knows when it ends, and it does not hold.

    >>> claims = {"is_logged_in": True, "sub": "7", "iat": 1741608000, "name": "Ada", "email": "ada@news.test", "team": "desk"}
    >>> rules = Rules(claim="team", editors=frozenset({"desk"}))
    >>> person = person_of(claims, rules, datetime(2025, 3, 10, 13, tzinfo=UTC))
    >>> person.name, person.role, person.ends.hour
    ('Ada <ada@news.test>', 'editor', 20)
    >>> person_of(claims, rules, datetime(2025, 3, 10, 21, tzinfo=UTC)) is None
    True
    """
    issued = claims.get("iat")
    if claims.get("is_logged_in") is not True or not claims.get("sub") or not _is_number(issued):
        return None
    try:
        begun = datetime.fromtimestamp(float(issued or 0), UTC)
        ends = begun + timedelta(hours=rules.hours)
    except (ValueError, OverflowError, OSError):
        return None
    if not begun - CLOCKS_APART <= now < ends:
        return None
    return Person(name_of(claims), role_of(claims, rules), ends, key_of(claims))


def role_of(claims: Claims, rules: Rules) -> Role | None:
    """What a person may do; None for nothing. Who is both is an editor.

    An e-mail address counts where the provider says that it was verified: else anybody can have it.

    >>> role_of({"groups": ["a", "b"]}, Rules(claim="groups", viewers=frozenset({"b"})))
    'viewer'
    >>> role_of({"email": "ada@news.test"}, Rules(claim="email", editors=frozenset({"ada@news.test"}))) is None
    True
    """
    if rules.claim == "email" and claims.get("email_verified") is not True:
        return None
    values = _values(claims, rules.claim)
    return "editor" if values & rules.editors else "viewer" if values & rules.viewers else None


def name_of(claims: Claims) -> str:
    """Under which name a person's corrections stand: what they are called, and the address that tells them apart.

    >>> name_of({"name": "Ada", "email": "ada@news.test"}), name_of({"preferred_username": "ada"}), name_of({"sub": "7"})
    ('Ada <ada@news.test>', 'ada', '7')
    """
    address = _plain(claims.get("email"), LONGEST_ADDRESS)
    called = _plain(claims.get("name") or claims.get("preferred_username"), LONGEST_NAME)
    if called and address and called != address:
        return f"{called} <{address}>"
    return called or address or _plain(claims.get("sub"), LONGEST_ADDRESS)


def key_of(claims: Claims) -> str:
    """What tells one sign-in from all others."""
    own = json.dumps([str(claims.get(name, "")) for name in SIGN_IN])
    return hashlib.sha256(own.encode("ascii")).hexdigest()


def _values(claims: Claims, claim: str) -> frozenset[str]:
    """The values of a claim; of one within another by their names with a dot: "realm_access.roles"."""
    value: Any = claims.get(claim)
    if value is None and "." in claim:
        value = claims
        for name in claim.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    listed = value if isinstance(value, (list, tuple)) else [value]
    return frozenset(each for each in listed if isinstance(each, str) and each)


def _plain(value: Any, longest: int) -> str:
    """A name without what a terminal or a page would obey, and without the signs that set an address apart."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value or "") if sign not in "<>")
    return " ".join(text.split())[:longest]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
