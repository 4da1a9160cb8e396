"""The popover of downloads: what it says, what it offers, and that a file holds what the page lists."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from events.dashboard.handing_over.downloads import data_of, file_name, what_is_in_it
from events.exporting.formats import FORMATS
from events.view import EventTable, Filter, select
from tests.exports import SmallGazetteer
from tests.news import SmallAtlas, march_events


def view(**chosen):
    return select(EventTable.from_events(march_events(), SmallAtlas(), SmallGazetteer()), Filter(**chosen))


def test_it_says_how_many_events_a_file_holds():
    assert what_is_in_it(view()).startswith("40 events as you see them, and 5 events without a day or a place.")
    assert what_is_in_it(view(statuses=("cancelled",))).startswith("1 event as you see them. ")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_made_of_the_present_view(name):
    assert data_of(view(statuses=("planned",)), FORMATS[name], SmallGazetteer(), 38)


def test_a_file_holds_what_the_page_lists():
    whole = json.loads(data_of(view(statuses=("planned",)), FORMATS["geojson"], SmallGazetteer(), 38))
    assert {feature["properties"]["status"] for feature in whole["features"]} == {"planned"}
    assert whole["dateline"]["stories"] == 38


def test_a_files_name_says_its_days():
    assert (
        file_name(view(start=date(2025, 3, 4), end=date(2025, 3, 9)), FORMATS["csv"])
        == "events-2025-03-04-2025-03-09.csv"
    )


def test_a_button_for_each_format_is_on_the_page():
    def page():
        from events.dashboard.handing_over.downloads import downloads
        from tests.exports import SmallGazetteer
        from tests.test_downloads import view

        downloads(view(), SmallGazetteer(), 38)

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert len(shown.get("download_button")) == 0
    shown.session_state["data"] = True
    shown.run()
    assert [error.value for error in shown.exception] == []
    labels = [button.label for button in shown.get("download_button")]
    assert labels[:3] == ["GeoJSON · QGIS, web maps", "CSV · Excel, LibreOffice, R", "GeoPackage · QGIS, ArcGIS"]
    assert len(labels) == len(FORMATS)
