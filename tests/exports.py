"""What the tests of exports and imports share: the events of March as a dataset, and datasets of any events."""

from functools import lru_cache

from events.exporting.dataset import Dataset, Scope, dataset_of
from events.exporting.grounds import ground_of
from events.view import EventTable, Filter, select
from geodata.place import Place
from tests.news import SmallAtlas, march_events

SQUARE = {"type": "Polygon", "coordinates": [[[20.0, 40.0], [20.0, 50.0], [40.0, 50.0], [40.0, 40.0], [20.0, 40.0]]]}
FIJI = {
    "type": "Polygon",
    "coordinates": [[[177.0, -19.0], [177.0, -16.0], [181.0, -16.0], [181.0, -19.0], [177.0, -19.0]]],
}


PLACES = {
    "gn:ua": Place("gn:ua", "Ukraine", 49.0, 32.0, "country", 700.0, "UA", ("UA",)),
    "gn:fj": Place("gn:fj", "Fiji", -18.0, 178.0, "country", 300.0, "FJ", ("FJ",)),
    "cur:estlink-2": Place("cur:estlink-2", "Estlink 2", 59.9, 26.0, "line", 80.0, None, ("EE", "FI")),
    "cur:both": Place("cur:both", "Both", 0.0, 0.0, "region", 4000.0, None, ("UA", "FJ")),
}
OUTLINES = {
    "gn:ua": SQUARE, "gn:fj": FIJI,
    "cur:estlink-2": {"type": "LineString", "coordinates": [[26.9, 59.4], [25.6, 60.4]]},
}  # fmt: skip


class SmallGazetteer:
    """A gazetteer that knows Ukraine and Fiji, the Estlink 2 cable and the region that both countries make up."""

    def place(self, place_id):
        return PLACES.get(place_id)

    def country(self, code):
        return PLACES.get(f"gn:{code.lower()}")

    def geometry(self, place_id):
        return OUTLINES.get(place_id)


def march(chosen=None):
    """The events of March that a filter selects, as they are exported."""
    return _march(chosen or Filter())


@lru_cache
def _march(chosen):
    table = EventTable.from_events(march_events(), SmallAtlas(), SmallGazetteer())
    return dataset_of(select(table, chosen), SmallGazetteer(), 38)


def dataset(events):
    """A dataset of any events, whatever else is true of them."""
    gazetteer = SmallGazetteer()
    grounds = {e.id: ground for e in events if e.place and (ground := ground_of(e.place, gazetteer))}
    undated, unplaced = sum(e.when is None for e in events), sum(e.place is None for e in events)
    return Dataset(tuple(events), grounds, Scope({"words": "]]> <b> =1+1\nx"}, len(events), undated, unplaced, 3, 9))


def retold(**changes):
    """The first event of March with changes; what stands of its place may be changed by place=dict(…)."""
    event = march_events()[0]
    if isinstance(changes.get("place"), dict):
        changes["place"] = event.place.model_copy(update=changes["place"])
    return event.model_copy(update=changes)
