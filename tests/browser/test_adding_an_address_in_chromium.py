"""Adding a story by its web address, in Chromium; the server that it comes from is one of this machine, allowed by name."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serving
from tests.feeds import LONG
from tests.local_site import HERE, local_site

PAGE = f"<h1>Rain in Cork</h1><article><p>It rained in Cork on 4 March 2025.{LONG}</p></article>"


@pytest.fixture(scope="module")
def site_and_page(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, local_site() as site:
        patch.setenv("DATELINE_ALLOW_HOSTS", HERE)
        site.pages["/rain"] = PAGE.encode()
        with serving(tmp_path_factory.mktemp("address") / "news.sqlite") as address:
            yield site, address


def test_an_address_is_fetched_by_the_server_and_previewed(site_and_page, window):
    site, address = site_and_page
    page = window(address)
    page.get_by_role("button", name="Add stories").click()
    page.get_by_role("textbox", name="Or a web address").fill(site.url("/rain", HERE))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".found h4")).to_have_text("Rain in Cork", timeout=120_000)
    page.get_by_role("button", name="Read something else").click()
    page.get_by_role("textbox", name="Or a web address").fill("http://10.0.0.5/secret")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".account")).to_contain_text("10.0.0.5 is not in the public internet", timeout=60_000)
