"""What a large table answers from its standing counts is what the rows themselves say, whatever is chosen."""

from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest

from events.model import STATUSES
from events.ontology import FAMILIES
from events.store.columns.columns import TYPE_NAMES, EventColumns, PlaceKey, Sets
from events.store.columns.kept_columns import KeptColumns, read_columns, write_columns
from events.store.columns.standing_counts import StandingCounts, dated_count
from events.view import EventTable, Filter, bars, relaxations, select
from events.view.areas import Area
from events.view.clusters import Viewport, crowd
from events.view.sources import InMemory
from tests.news import NoGazetteer, SmallAtlas

FIRST = date(2024, 1, 1)
ROWS, DAYS, PLACES, OUTLETS = 1500, 240, 25, 6
WORLD = Viewport(-180.0, -60.0, 180.0, 84.0, 2.0)


def drawn_columns(chance):
    """Columns of events that nobody told of: some undated, some unplaced, some of a week, a month or a year."""
    start = FIRST.toordinal() + chance.integers(0, DAYS, ROWS)
    width = chance.choice([1, 7, 30, 365], ROWS, p=[0.8, 0.1, 0.07, 0.03])
    undated = chance.random(ROWS) < 0.05
    start, end = np.where(undated, 0, start), np.where(undated, 0, start + width - 1)
    order = np.lexsort((end, start, undated))
    places = chance.integers(-1, PLACES, ROWS)
    known = [PlaceKey(f"p{n}", f"Town {n}", *chance.uniform(-60, 60, 2).tolist(), "city", 5.0, ("BE", "UA", "PE")[n % 3])
             for n in range(PLACES)]  # fmt: skip
    outlets = [{f"Outlet {n}"} for n in range(OUTLETS)] + [{"Outlet 0", "Outlet 1"}, set()]
    return EventColumns(
        ids=np.array([f"e{n:05d}".encode() for n in range(ROWS)]), start=start[order].astype(np.int32),
        end=end[order].astype(np.int32), published=chance.integers(738000, 738500, ROWS).astype(np.int32),
        types=chance.integers(0, len(TYPE_NAMES), ROWS).astype(np.int8),
        statuses=chance.integers(0, len(STATUSES), ROWS).astype(np.int8),
        sureness=chance.random(ROWS).astype(np.float32), places=places.astype(np.int32), known_places=tuple(known),
        sources=Sets.numbered(outlets, chance.integers(0, len(outlets), ROWS).astype(np.int32)), oldest=FIRST,
        newest=FIRST, attributes=chance.integers(0, 100, (ROWS, 4)).astype(np.uint8),
    )  # fmt: skip


def with_standing(columns, **sizes):
    kept = KeptColumns.indexed(columns)
    own = {each.name: getattr(kept, each.name) for each in fields(KeptColumns)}
    return KeptColumns(**own | {"standing": StandingCounts.of(columns, **sizes)})


def table_of(columns):
    return EventTable.from_columns(columns, InMemory([]), SmallAtlas(), NoGazetteer())


@pytest.fixture(scope="module")
def tables():
    """The same events without standing counts, with them, and with so few that one axis has none."""
    columns = drawn_columns(np.random.default_rng(5))
    fewer = with_standing(columns, step=400, most_cells_a_row=1)
    assert (fewer.standing.places, fewer.standing.sources.at[-1]) == (None, dated_count(columns.start))
    return [table_of(some) for some in (columns, with_standing(columns, step=100), fewer)]


def some_filter(chance):
    """A filter that chance makes."""

    def some(values, share=0.25):
        return tuple(chance.choice(values, 2, replace=False).tolist()) if chance.random() < share else ()

    days = sorted(FIRST + timedelta(days=int(day)) for day in chance.integers(-30, DAYS + 60, 2))
    return Filter(
        start=days[0] if chance.random() < 0.7 else None, end=days[1] if chance.random() < 0.7 else None,
        regions=some(["country:BE", "country:UA", "continent:EU"]), not_regions=some(["country:BE", "country:UA"], 0.1),
        families=some(FAMILIES), types=some(TYPE_NAMES, 0.1), statuses=some(STATUSES), not_statuses=some(STATUSES, 0.1),
        sources=some(["Outlet 0", "Outlet 2", "Outlet 3"]), not_sources=some(["Outlet 1", "Outlet 4"], 0.1),
        sureness=0.4 if chance.random() < 0.1 else 0.0,
        area=Area.parse("-40,-40;40,-40;40,40;-40,40") if chance.random() < 0.1 else None,
    )  # fmt: skip


def fitting_rows(table, chosen):
    """The shown rows, by the plainest way."""
    start, end = table.start, table.end
    fits = (start > 0) & (table.columns.places >= 0)
    if chosen.start:
        fits &= end >= chosen.start.toordinal()
    if chosen.end:
        fits &= start <= chosen.end.toordinal()
    if chosen.sureness:
        fits &= table.columns.sureness >= np.float32(chosen.sureness)
    names = np.array(STATUSES)[table.columns.statuses]
    if chosen.statuses:
        fits &= np.isin(names, chosen.statuses)
    return np.flatnonzero(fits & ~np.isin(names, chosen.not_statuses))


def said(table, chosen):
    """All that a view says."""
    view = select(table, chosen)
    counts, left_out = view.counts, view.left_out
    seen = crowd(view, WORLD)
    first = view.shown.first(5)
    return {
        "counts": [getattr(counts, name) for name in ("regions", "families", "types", "statuses", "sources")],
        "left out": [getattr(left_out, name) for name in ("regions", "families", "statuses", "sources")],
        "told": view.told, "by place": view.by_place.tolist(), "years": view.years, "first": first.tolist(),
        "positions": [view.shown.position_of(row) for row in [*first.tolist(), 0, ROWS - 1]],
        "shown": (len(view.shown), view.shown.rows.tolist()),
        "apart": (view.unplaced.rows.tolist(), view.undated.rows.tolist()),
        "bars": [bars(view, *days, basis) for days in ((FIRST, FIRST + timedelta(days=60)), (FIRST, date(2024, 12, 1)))
                 for basis in ("told", "reported")],
        "sight": (seen.count, seen.clusters.families.tolist(), None if seen.rows is None else seen.rows.tolist()),
        "ways back": list(relaxations(table, chosen)), "of": view.total,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_standing_counts_say_what_the_rows_say(tables, seed):
    chosen = some_filter(np.random.default_rng(seed))
    by_rows, *by_counts = (said(table, chosen) for table in tables)
    for told in by_counts:
        assert told == by_rows


@pytest.mark.parametrize("seed", range(40, 60))
def test_days_are_a_stretch_of_rows_and_the_long_intervals_that_reach_into_it(tables, seed):
    made = some_filter(np.random.default_rng(seed))
    chosen = Filter(
        start=made.start, end=made.end, statuses=made.statuses, not_statuses=made.not_statuses, sureness=made.sureness
    )
    for table in tables:
        assert select(table, chosen).shown.rows.tolist() == fitting_rows(table, chosen).tolist()


def test_of_no_rows_is_looked_at_what_the_counts_answer(tables, monkeypatch):
    table = table_of(tables[1].columns)
    view = select(table, Filter(statuses=("planned",), families=(FAMILIES[1],)))
    monkeypatch.setattr(type(view.fitting), "drawn_rows", lambda *_: pytest.fail("all rows were looked at"))
    assert sum(view.counts.regions.values()) > 0
    assert sum(view.counts.sources.values()) > 0
    assert bars(view, FIRST, date(2024, 12, 1)).bins


def test_counts_come_back_from_their_files(tables, tmp_path):
    write_columns(tables[1].columns, tmp_path / "kept")
    read = read_columns(tmp_path / "kept")
    table = table_of(read)
    chosen = replace(some_filter(np.random.default_rng(1)), regions=("country:BE",))
    assert said(table, chosen) == said(tables[0], chosen)
    assert isinstance(read.standing.places.totals.base, np.memmap)


def test_the_undated_stand_last():
    assert [dated_count(np.array(days, dtype=np.int32)) for days in ([], [0, 0], [3, 3], [3, 4, 0])] == [0, 0, 2, 2]
