"""What is left out: the rail's fold in which regions, kinds, types, statuses and outlets are taken away.

For the rail. Each value says how many of the events that would be drawn it takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from events.dashboard.rail.counted import Name, counted_choices
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.view import EventTable, View
from events.view.regions import RegionChoice


def leave_out(table: EventTable, view: View, region_name: Callable[[RegionChoice], str]) -> None:
    """Write the fold. Its choices are made only while it is open: most of the day it is not."""
    fold = st.expander("Leave out", key="leave_out_fold", on_change="rerun")
    if not fold.open:
        return
    counts, known = view.left_out, {choice.id: choice for choice in table.tree}
    with fold:
        _choice("Not in", "not_regions", list(known), counts.regions, lambda region: region_name(known[region]))
        _choice("Not of kind", "not_families", FAMILIES, counts.families, str.capitalize)
        _choice("Not of type", "not_types", tuple(TYPES), counts.types, str.capitalize)
        _choice("Not told as", "not_statuses", STATUSES, counts.statuses, str.capitalize)
        _choice("Not from", "not_sources", table.sources.names, counts.sources, str)


def _choice(label: str, key: str, values: Sequence[str], counts: Mapping[str, int], name: Name) -> None:
    counted_choices(label, key, values, counts, name=name, placeholder="Nothing")
