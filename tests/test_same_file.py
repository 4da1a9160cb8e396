"""The page's file and the command's file of one view are the same bytes, whatever the viewer's locale."""

import pytest
from typer.testing import CliRunner

from events.__main__ import app
from events.briefing import Sheet
from events.dashboard.handing_over.brief_command import written
from events.dashboard.handing_over.briefing_dialog import choices_from, composed, rows_of
from events.dashboard.handing_over.downloads import data_of
from events.exporting.formats import FORMATS
from events.look import locale
from events.selected_view import selected
from events.view_options import ViewOptions
from tests.news import store_of_march


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "march.sqlite"
    store_of_march(path).close()
    yield path
    locale.use(None)


def by_command(command, store, path):
    arguments = [command, "--store", str(store), "--not-status", "planned", "-o", str(path)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return path.read_bytes()


@pytest.mark.parametrize("ending", [".md", ".svg"])
@pytest.mark.parametrize("viewer", ["en-US", "de-DE"])
def test_a_briefing_from_the_page_is_that_of_the_command(store, tmp_path, ending, viewer):
    from_command = by_command("brief", store, tmp_path / f"a{ending}")
    locale.use(viewer)
    found = selected(str(store), ViewOptions(not_statuses=["planned"]).filter())
    briefing = composed(found.view, found.table, found.gazetteer, choices_from(rows_of(found.view), ""))
    assert written(briefing, ending, Sheet()) == from_command
    assert locale.number(1200) == {"en-US": "1,200", "de-DE": "1.200"}[viewer]


def test_data_from_the_page_are_those_of_the_command(store, tmp_path):
    from_command = by_command("export", store, tmp_path / "a.kml")
    locale.use("de-DE")
    found = selected(str(store), ViewOptions(not_statuses=["planned"]).filter())
    assert data_of(found.view, FORMATS["kml"], found.gazetteer, found.stories) == from_command
