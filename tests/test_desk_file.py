"""What people keep of their desk: saved views, visits, hints; in a file that may be lost, broken or read-only."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from events.dashboard.desk.desk_file import MOST_VIEWS, DeskFile, Visit
from events.model import StoreError
from events.store import Store
from events.view.filtering import Mark

MONDAY = datetime(2025, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    return DeskFile(tmp_path / "news.desk.json")


def test_the_file_lies_beside_the_store(tmp_path):
    store = Store.open(tmp_path / "news.sqlite")
    assert DeskFile.beside(store).path == tmp_path / "news.desk.json"
    store.close()


class OnServer:
    def __init__(self, name):
        self.name = name

    def file(self):
        raise StoreError(f"the store {self.name} is no file")

    def identity(self):
        return self.name


def test_each_store_on_a_server_has_a_file_of_its_own():
    one, other = (DeskFile.beside(OnServer(name)).path for name in ("here/news", "here/sport"))
    assert one != other
    assert one == DeskFile.beside(OnServer("here/news")).path


def test_a_saved_view_is_found_again_by_another_page(desk):
    assert desk.save("  Baltic   cables ", {"region": ["sea:baltic-sea"]}) == "Baltic cables"
    assert DeskFile(desk.path).views() == {"Baltic cables": {"region": ["sea:baltic-sea"]}}


def test_views_are_renamed_replaced_and_deleted(desk):
    desk.save("b", {"status": ["planned"]})
    desk.save("A", {})
    desk.save("b", {"status": ["denied"]})
    desk.rename("b", "c")
    assert desk.views() == {"A": {}, "c": {"status": ["denied"]}}
    desk.delete("A")
    assert list(desk.views()) == ["c"]


def test_a_name_that_is_empty_or_taken_is_refused(desk):
    desk.save("a", {})
    desk.save("b", {})
    with pytest.raises(ValueError, match="needs a name"):
        desk.save("  ", {})
    with pytest.raises(ValueError, match="Another view is called “a”"):
        desk.rename("b", "a")


def test_views_end_somewhere(desk):
    desk.path.write_text(json.dumps({"views": {str(number): {} for number in range(MOST_VIEWS)}}))
    with pytest.raises(ValueError, match="Delete one first"):
        desk.save("one more", {})


def test_who_comes_for_the_first_time_has_no_last_visit(desk):
    assert desk.visit("ada", MONDAY, Mark(10, 2)) is None
    assert desk.visit("ada", MONDAY + timedelta(minutes=29), Mark(12, 2)) is None


def test_the_last_visit_is_where_the_one_before_ended_and_stays_during_this_one(desk):
    desk.visit("ada", MONDAY, Mark(10, 2))
    desk.visit("ada", MONDAY + timedelta(minutes=20), Mark(11, 2))
    tuesday = MONDAY + timedelta(days=1)
    last = Visit(Mark(11, 2), MONDAY + timedelta(minutes=20))
    assert desk.visit("ada", tuesday, Mark(15, 3)) == last
    assert desk.visit("ada", tuesday + timedelta(minutes=10), Mark(16, 3)) == last
    assert desk.visit("bob", tuesday, Mark(15, 3)) is None


def test_hints_are_put_away_for_good_and_for_one_viewer(desk):
    desk.put_hints_away("ada")
    assert (DeskFile(desk.path).has_seen_hints("ada"), desk.has_seen_hints("")) == (True, False)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"views": 3, "visits": [], "hints": 1}', '{"visits": {"": {"seen": 1}}}']
)
def test_a_broken_file_is_as_good_as_none(desk, content):
    desk.path.write_text(content)
    assert (desk.views(), desk.visit("", MONDAY, Mark(1, 1)), desk.has_seen_hints("")) == ({}, None, False)


def test_where_nothing_can_be_written_the_page_goes_on(tmp_path):
    (tmp_path / "news").write_text("a file, no folder")
    desk = DeskFile(tmp_path / "news" / "desk.json")
    desk.save("a", {})
    assert (desk.views(), desk.visit("", MONDAY, Mark(1, 1))) == ({}, None)
