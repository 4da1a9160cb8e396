"""The present view as files to take away, in a popover beside the link.

For the page. A file is made when somebody asks for it and not before; it holds what the page lists, and says what the
filters leave out where its format has room.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from events.exporting.dataset import dataset_of
from events.exporting.formats import FORMATS, Format
from events.look import locale, wording
from events.view import View
from geodata.gazetteer import Gazetteer


def downloads(view: View, gazetteer: Gazetteer, stories: int) -> None:
    """Write the popover with a button for each format, made while it is open. stories: how many there are in the store."""
    popover = st.popover("Data", icon=":material/download:", width="content", key="data", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.html(f'<p class="small">{escape(what_is_in_it(view))}</p>')
        for form in FORMATS.values():
            st.download_button(
                f"{form.label} · {form.opens}",
                partial(data_of, view, form, gazetteer, stories),
                file_name=file_name(view, form),
                mime=form.media_type,
                key=f"get_{form.name}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def data_of(view: View, form: Format, gazetteer: Gazetteer, stories: int) -> bytes:
    """The file of a view in a format."""
    with locale.usual():
        return form.write(dataset_of(view, gazetteer, stories))


def what_is_in_it(view: View) -> str:
    """What a file of this view holds, in a sentence or two."""
    drawn, rest = len(view.shown), len(view.undated) + len(view.unplaced)
    listed = f", and {wording.plural(rest, 'event')} without a day or a place" if rest else ""
    return f"{wording.plural(drawn, 'event')} as you see them{listed}. Areas stay areas: no country is a pin."


def file_name(view: View, form: Format) -> str:
    """A name that says which days were chosen, if any were.

    >>> from events.view import EventTable, Filter, select
    >>> from types import SimpleNamespace
    >>> nothing = EventTable.from_events([], SimpleNamespace(tree=lambda: (), regions_of=None), None)
    >>> file_name(select(nothing, Filter()), FORMATS["gpkg"])
    'events.gpkg'
    """
    days = [day.isoformat() for day in (view.filter.start, view.filter.end) if day]
    return "-".join(["events", *dict.fromkeys(days)]) + f".{form.endings[0]}"
