"""The rows of the page's table."""

from datetime import date

from events.dashboard.listing.table_rows import as_shown, frame
from events.model import When
from events.view import EventTable, Filter, select
from tests.news import NoGazetteer, SmallAtlas, march_events


def test_days_are_written_no_more_exactly_than_they_are_known_and_stay_days():
    year = When(start=date(2025, 1, 1), end=date(2025, 12, 31), precision="year")
    month = When(start=date(2025, 2, 1), end=date(2025, 2, 28), precision="month")
    whens = (year, month, march_events()[0].when, None)
    events = [e.model_copy(update={"when": when}) for e, when in zip(march_events(), whens, strict=False)]
    rows = frame(events, select(EventTable.from_events(events, SmallAtlas(), NoGazetteer()), Filter()))
    shown = as_shown(rows, events)
    written = [line.split("|")[2:4] for line in shown.to_string(delimiter="|").splitlines()[1:]]
    assert written == [["2025", "2025"], ["February 2025", "February 2025"], ["4 Mar 2025", "4 Mar 2025"], ["", ""]]
    assert list(shown.data["start"])[:2] == [date(2025, 1, 1), date(2025, 2, 1)]
