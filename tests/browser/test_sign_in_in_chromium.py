"""Signing in, in the real page at a provider of our own: as an editor, as a viewer, and as somebody who may see nothing."""

import pytest
from conftest import LOCALE, PATIENCE, fill, serving, settle
from playwright.sync_api import expect

from events.store import Store
from tests.browser.test_accessibility import grave
from tests.news import march_events, march_stories
from tests.oidc_provider import open_provider, secrets_toml


@pytest.fixture
def news(tmp_path):
    store = tmp_path / "news.sqlite"
    fill(store, list(zip(march_stories(), march_events(), strict=True))[:3])
    return store


@pytest.fixture
def address(news, tmp_path, monkeypatch):
    with open_provider() as provider:
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(secrets_toml(provider, "http://127.0.0.1:{port}"), encoding="utf-8")
        monkeypatch.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
        with serving(news) as served:
            yield served


def come_in(browser, address, person):
    """A window of somebody's own, in which they sign in."""
    page = browser.new_context(locale=LOCALE, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{address}/?view=briefing")
    button = page.get_by_role("button", name="Sign in")
    button.wait_for(timeout=PATIENCE)
    assert grave(page) == []
    assert page.request.get(f"{address}/app/static/dateline-map.js").status == 403
    assert march_events()[0].what not in page.content()
    button.click()
    page.get_by_role("link", name=person, exact=True).click(timeout=PATIENCE)
    return page


def test_an_editor_corrects_a_viewer_reads_and_all_others_are_turned_away(chromium, address, news):
    editor = come_in(chromium, address, "ada")
    editor.wait_for_selector(".say", timeout=PATIENCE)
    settle(editor)
    assert editor.request.get(f"{address}/app/static/dateline-map.js").status == 200
    editor.get_by_role("button", name="Review").click()
    editor.get_by_role("button", name="Accept").click(timeout=PATIENCE)
    editor.wait_for_selector(".st-key-last_said", timeout=PATIENCE)
    store = Store.open(news)
    assert [row.correction.who for row in store.corrections()] == ["Ada Editor <ada@news.test>"]
    store.close()
    editor.context.close()

    viewer = come_in(chromium, address, "vi")
    viewer.wait_for_selector(".say", timeout=PATIENCE)
    settle(viewer)
    assert viewer.get_by_role("button", name="Add stories").count() == 0
    assert viewer.get_by_role("button", name="Review").count() == 0
    viewer.get_by_role("button", name="Sign out").click()
    viewer.get_by_role("button", name="Sign in").wait_for(timeout=PATIENCE)
    assert viewer.request.get(f"{address}/app/static/dateline-map.js").status == 403
    viewer.context.close()

    nobody = come_in(chromium, address, "bo")
    expect(nobody.get_by_text("You may not see this")).to_be_visible(timeout=PATIENCE)
    assert nobody.request.get(f"{address}/app/static/dateline-map.js").status == 403
    assert march_events()[0].what not in nobody.content()
    nobody.context.close()
