"""A server sends rows by COPY: the columns are those of a file with the same events, whatever stands in their texts."""

import numpy as np
import pyarrow as pa
import pytest
from test_corrections import PARIS, arrest, fire, story

from events.store import Store
from events.store.columns.copied_rows import codes, numbered

NAMES = ('Rue "Nord"', "two\nlines, one name", "\\N", "Kāmārhāti")


def columns_of_a_filled_store(url):
    store = Store.open(url)
    for number, name in enumerate(NAMES):
        told = story(number, f"A warehouse burned down in {PARIS.name} on Monday.").model_copy(update={"source": name})
        place = PARIS.model_copy(update={"name": name, "lat": number / 7, "confidence": 0.1 + number / 9})
        store.add(told, [fire(told, id=f"fire-{number}", place=place)])
    told = story(9).model_copy(update={"source": ""})
    store.add(told, [arrest(told, id="nowhere", place=None, when=None)])
    columns = store.columns()
    store.close()
    return columns


def placed(columns):
    return [columns.known_places[number] if number >= 0 else None for number in columns.places]


def told_by(columns):
    return [columns.sources.any_of([name]).tolist() for name in NAMES]


def test_the_columns_of_a_server_are_those_of_a_file(postgresql_url, tmp_path):
    one, other = columns_of_a_filled_store(tmp_path / "news.sqlite"), columns_of_a_filled_store(postgresql_url)
    names = ("ids", "start", "end", "published", "types", "statuses", "sureness", "attributes")
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
    assert placed(one) == placed(other)
    assert told_by(one) == told_by(other)


def test_a_server_without_events_has_empty_columns(postgresql_url):
    store = Store.open(postgresql_url)
    assert len(store.columns().ids) == 0
    store.close()


def test_values_that_are_alike_have_one_number_and_an_empty_text_is_not_none():
    met = {}
    found = numbered([pa.array(["a", None, "", "a"])], lambda key: met.setdefault(key, len(met)))
    assert (found.tolist(), list(met)) == ([0, 1, 2, 0], [("a",), (None,), ("",)])


def test_a_text_that_is_no_code_is_refused():
    with pytest.raises(KeyError, match="WAR"):
        codes(pa.array(["AID", "WAR"]), ("AID",))
