"""A filter, and what it selects: rows, counts and bars over all events. Knows nothing of how they are shown."""

from events.view.bars import Bars, Bin, bars
from events.view.filtering import Filter
from events.view.regions import RegionChoice
from events.view.selection import Counts, View, relaxations, select
from events.view.table import EventTable

__all__ = ["Bars", "Bin", "Counts", "EventTable", "Filter", "RegionChoice", "View", "bars", "relaxations", "select"]
