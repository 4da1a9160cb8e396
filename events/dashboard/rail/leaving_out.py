"""What is left out: the rail's fold in which regions, kinds, types, statuses and outlets are taken away.

For the rail. Each value says how many of the events that would be drawn it takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from events.look import locale
from events.model import STATUSES
from events.ontology import FAMILIES, TYPES
from events.view import EventTable, View
from events.view.regions import RegionChoice


def leave_out(table: EventTable, view: View, region_label: Callable[[RegionChoice, int], str]) -> None:
    """Write the fold. Its choices are made only while it is open: most of the day it is not."""
    fold = st.expander("Leave out", key="leave_out_fold", on_change="rerun")
    if not fold.open:
        return
    counts, known = view.left_out, {choice.id: choice for choice in table.tree}
    with fold:
        _choice("Not in", "not_regions", list(known), lambda name: region_label(known[name], counts.regions[name]))
        _choice("Not of kind", "not_families", FAMILIES, _counted(counts.families))
        _choice("Not of type", "not_types", tuple(TYPES), _counted(counts.types))
        _choice("Not told as", "not_statuses", STATUSES, _counted(counts.statuses))
        names = table.sources.names
        _choice("Not from", "not_sources", names, lambda name: f"{name} · {counts.sources.get(name, 0)}")


def _choice(label: str, key: str, values: Sequence[str], say: Callable[[str], str]) -> None:
    st.multiselect(label, values, key=key, placeholder="Nothing", select_all=False, format_func=say)


def _counted(counts: Mapping[str, int]) -> Callable[[str], str]:
    return lambda name: f"{name.capitalize()} · {locale.number(counts.get(name, 0))}"
