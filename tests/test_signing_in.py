"""Who may do what: roles from claims, the page of viewers and editors, and the store that refuses all others."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from events.corrections import Accept, Correction
from events.dashboard.access import signing_in
from events.dashboard.access.ended import ENDED
from events.dashboard.access.guarded_store import GuardedStore
from events.dashboard.access.persons import name_of, person_of, role_of
from events.dashboard.access.rules import Rules, rules_of
from events.dashboard.access.signing_in import NotAllowed
from events.store import Store
from tests.news import march_events, march_stories
from tests.signing_in import SETTINGS, secrets_of

APP = Path(__file__).resolve().parents[1] / "app.py"
RULES = Rules(claim="groups", editors=frozenset({"desk"}), viewers=frozenset({"readers"}))
NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
CHANGES = {
    "add",
    "to_review",
    "samples",
    "add_a_missed",
    "fix_join",
    "fix_place",
    "fix_label",
    "accept",
    "reject",
    "sign",
}


def claims(**changes):
    return {"is_logged_in": True, "sub": "7", "iat": int(NOON.timestamp()), "nonce": "n", "name": "Ada",
            "email": "ada@news.test", "groups": ["desk"], **changes}  # fmt: skip


@pytest.fixture
def at_the_page(monkeypatch, tmp_path):
    """Sets who is at the page, by their groups; None: nobody."""

    def sit_down(*groups, minutes_ago=1, **changes):
        said = claims(iat=int(time.time()) - 60 * minutes_ago, groups=list(groups), **changes) if groups else {}
        monkeypatch.setattr(signing_in, "_claims", lambda: said)

    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "news.sqlite"))
    with secrets_of(tmp_path, SETTINGS):
        yield sit_down


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "news.sqlite"
    kept = Store.open(path)
    for story, event in zip(march_stories()[:3], march_events()[:3], strict=True):
        kept.add(story, [event])
    kept.close()
    return path


@pytest.fixture
def page(store, monkeypatch):
    monkeypatch.setenv("DATELINE_STORE", str(store))
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=120)
    st.cache_resource.clear()


def html(page):
    return "\n".join(element.proto.body for element in page.get("html"))


def keys(page):
    return {button.key for button in page.button}


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({}, "editor"),
        ({"groups": ["readers"]}, "viewer"),
        ({"groups": ["readers", "desk"]}, "editor"),
        ({"groups": "readers"}, "viewer"),
        ({"groups": ["others"]}, None),
        ({"groups": None}, None),
        ({"groups": {"desk": True}}, None),
        ({"groups": [["desk"]]}, None),
    ],
)
def test_a_claim_makes_an_editor_a_viewer_or_neither(changes, role):
    assert person_of(claims(**changes), RULES, NOON).role == role


def test_a_claim_may_stand_in_another_or_have_a_dot_in_its_name():
    assert (
        role_of({"realm_access": {"roles": ["desk"]}}, Rules(claim="realm_access.roles", editors=RULES.editors))
        == "editor"
    )
    assert (
        role_of({"https://news.test/roles": ["desk"]}, Rules(claim="https://news.test/roles", editors=RULES.editors))
        == "editor"
    )


@pytest.mark.parametrize(("verified", "role"), [(True, "editor"), (False, None), ("true", None), (None, None)])
def test_an_address_that_nobody_verified_makes_no_editor(verified, role):
    known = Rules(claim="email", editors=frozenset({"ada@news.test"}))
    assert role_of(claims(email_verified=verified), known) == role


@pytest.mark.parametrize(
    "changes",
    [{"iat": None}, {"iat": "now"}, {"iat": True}, {"iat": 1e300}, {"iat": int(NOON.timestamp()) - 8 * 3600},
     {"iat": int(NOON.timestamp()) + 3600}, {"sub": ""}, {"is_logged_in": False}, {"is_logged_in": "yes"}],
)  # fmt: skip
def test_a_sign_in_that_is_over_or_that_nobody_can_date_does_not_hold(changes):
    assert person_of(claims(**changes), RULES, NOON) is None


def test_a_name_can_be_no_other_persons():
    assert name_of(claims(name="Bo <bo@news.test>\u202e\n")) == "Bo bo@news.test <ada@news.test>"
    assert len(name_of(claims(name="A" * 999, email="b" * 999))) <= 200


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (("redirect_uri", "x"), "redirect_uri must be"),
        (("cookie_secret", ""), "cookie_secret in [auth]"),
        (("client_secret", ""), "client_secret is missing in [auth]"),
        (("client_id", None), "no provider is named"),
    ],
)
def test_what_is_wrong_with_the_settings_is_named(change, trouble):
    auth = {"redirect_uri": "https://news.test/oauth2callback", "cookie_secret": "x" * 32, "client_id": "a",
            "client_secret": "b", "server_metadata_url": "https://id.test/"}  # fmt: skip
    own = {"claim": "groups", "editors": ["desk"]}
    assert rules_of({"auth": auth, "sign_in": own}).trouble == ""
    auth = {key: value for key, value in {**auth, change[0]: change[1]}.items() if value is not None}
    assert rules_of({"auth": auth, "sign_in": own}).trouble.startswith(trouble)
    assert rules_of({"auth": auth}).trouble != ""


def test_editors_change_the_store_in_their_own_name(store, at_the_page):
    at_the_page("desk")
    kept = GuardedStore.open(store)
    story, event = march_stories()[3], march_events()[3]
    kept.add(story, [event])
    kept.undo(kept.correct(Correction(reports=(event,), change=Accept(), who="somebody else")), "somebody else")
    kept.close()
    assert [(act.who, act.what, act.way) for act in reversed(Store.open(store).acts()[:3])] == [
        ("Ada <ada@news.test>", "story added", "page"),
        ("Ada <ada@news.test>", "event accepted", ""),
        ("Ada <ada@news.test>", "correction 1 undone", ""),
    ]


@pytest.mark.parametrize("groups", [("readers",), ("others",), ()])
def test_viewers_and_strangers_change_nothing(store, at_the_page, groups):
    at_the_page(*groups)
    kept = GuardedStore.open(store)
    before, event = kept.revision(), march_events()[0]
    for change in (
        lambda: kept.add(march_stories()[3], [march_events()[3]]),
        lambda: kept.replace_events(march_stories()[0], []),
        lambda: kept.correct(Correction(reports=(event,), change=Accept(), who="Ada")),
        lambda: kept.undo(1, "Ada"),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert kept.revision() == before
    kept.close()


def test_who_signed_in_too_long_ago_or_signed_out_is_nobody(at_the_page):
    at_the_page("desk", nonce="another")
    assert signing_in.may_change()
    ENDED.add(signing_in.person(), datetime.now(UTC))
    assert (signing_in.person(), signing_in.may_change()) == (None, False)
    at_the_page("desk", minutes_ago=8 * 60 + 1)
    assert (signing_in.person(), signing_in.may_change()) == (None, False)


def test_who_is_not_signed_in_sees_the_sign_in_and_nothing_else(page, at_the_page):
    at_the_page()
    page.query_params["view"] = "briefing"
    page.run()
    assert keys(page) == {"sign_in_default"}
    assert [event.what for event in march_events()[:3] if event.what in html(page)] == []


def test_who_has_no_role_may_sign_out_and_nothing_else(page, at_the_page):
    at_the_page("others")
    page.run()
    assert (keys(page), "You may not see this" in html(page)) == ({"sign_out"}, True)


def test_a_viewer_reads_everything_and_finds_nothing_that_changes_it(page, at_the_page):
    at_the_page("readers")
    page.query_params.update({"view": "story", "event": march_events()[0].id})
    page.run()
    assert [error.value for error in page.exception] == []
    assert "Ada &lt;ada@news.test&gt;</b>, viewer." in html(page)
    assert march_events()[0].what in html(page)
    assert keys(page) & CHANGES == set()


def test_an_editor_accepts_under_the_name_of_the_sign_in(page, at_the_page, store):
    at_the_page("desk")
    page.query_params.update({"view": "story", "event": march_events()[0].id})
    page.run()
    assert [error.value for error in page.exception] == []
    assert {"accept", "reject", "fix_place", "add_a_missed"} <= keys(page)
    page.button(key="accept").click().run()
    assert [row.correction.who for row in Store.open(store).corrections()] == ["Ada <ada@news.test>"]
