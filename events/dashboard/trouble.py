"""What the page says when it can't show the desk: while the events are read, and when they can't be.

For the page. A person is told what is wrong in the words of the one who noticed, what to do about it, and that nothing
is lost; never shown a trace of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeVar

import streamlit as st

from events.dashboard import loading
from events.model import DatelineError
from events.store.database.opening import ANOTHER
from geodata.place import GazetteerError

Loaded = TypeVar("Loaded")


def loaded(load: Callable[[], Loaded]) -> Loaded:
    """What a load gives, with a word on the page while it lasts. Writes what went wrong and ends the run where it fails."""
    try:
        with st.spinner("Reading the events"):
            return load()
    except (DatelineError, GazetteerError) as error:
        broken(error)
        st.stop()


def broken(error: Exception) -> None:
    """Write what is wrong, and the way on."""
    gazetteer = isinstance(error, GazetteerError)
    title = "The places are not there" if gazetteer else "The events can’t be opened"
    advice = (
        "The gazetteer is built at set-up. In the project’s folder: make setup"
        if gazetteer
        else "Nothing was changed: once it can be opened again, all is as it was. Dateline shows the store that "
        "DATELINE_STORE names when it is started; to show another, start it with that."
    )
    said = str(error).removesuffix(ANOTHER).strip()
    said = f"{said[:1].upper()}{said[1:]}"
    with st.container(key="trouble", gap=10):
        st.html(f'<div class="empty" role="alert"><h1>{title}</h1><p>{escape(said)}</p><p>{escape(advice)}</p></div>')
        if st.button("Try again", type="primary", icon=":material/refresh:", key="try_again"):
            for resource in (loading.store, loading.gazetteer, loading.atlas):
                resource.clear()
            st.rerun()
