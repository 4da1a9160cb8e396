"""What is shipped with Dateline is listed, and under licences that leave its users free."""

import re

import pytest

from scripts.sbom import ALLOWED, ROOT, Part, bill, browser_files, is_allowed, packages, parts


def test_every_package_and_browser_file_has_a_licence_that_we_may_ship_with():
    assert [part for part in parts() if not part.allowed] == []


def test_the_list_names_what_is_pinned_and_what_the_page_loads():
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    listed = {part.name for part in packages()}
    assert {"streamlit", "spacy", "lxml", "pypdf"} <= listed <= {name.lower() for name in pinned}
    assert "leaflet" in {part.name for part in browser_files()}


def test_the_list_is_in_cyclonedx_form():
    listed = bill([Part("@fontsource/x", "1.0", "npm", "OFL-1.1")])
    assert listed["bomFormat"] == "CycloneDX"
    (component,) = listed["components"]
    assert component["purl"] == "pkg:npm/%40fontsource/x@1.0"
    assert component["licenses"] == [{"expression": "OFL-1.1"}]


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPL-3.0-only", "ODbL-1.0", "LGPL-2.1-or-later", "SSPL-1.0", ""]
)
def test_a_licence_that_binds_is_refused(licence):
    assert not is_allowed(licence)
    assert licence not in ALLOWED
