"""What the page opens once and keeps: the store, the gazetteer, the atlas, the extractor, and the table of events.

For the page. All of it is shared by all sessions of the server and only read, but for the store, which serves several
threads. The table is made anew whenever the store has taken in a story; no event is read for that.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import streamlit as st

from events.dashboard.desk.desk_file import DeskFile
from events.dashboard.live.live_store import LiveStore
from events.store import Store
from events.store.words.background import IndexMaker
from events.view import EventTable
from events.view.stored import table_of
from geodata.atlas import Atlas
from geodata.gazetteer import Gazetteer

if TYPE_CHECKING:
    from events.extraction.pipeline import Extractor


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store that DATELINE_STORE names, else the one in the user's data folder. Raises StoreError."""
    return LiveStore.open()


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """The gazetteer file. Raises GazetteerError where it is not built."""
    return Gazetteer.open()


@st.cache_resource(show_spinner=False)
def atlas() -> Atlas:
    """The atlas of the gazetteer."""
    return Atlas.open(gazetteer())


@st.cache_resource(show_spinner=False)
def extractor() -> Extractor:
    """The extractor. Its model takes seconds to import and load, and only adding stories needs it."""
    from events.extraction.pipeline import Extractor

    return Extractor.load(gazetteer())


@st.cache_resource(show_spinner=False)
def desk_file() -> DeskFile:
    """What people keep of their desk, beside the store."""
    return DeskFile.beside(store())


@st.cache_resource(show_spinner=False)
def _index_maker() -> IndexMaker:
    """What has the words of a large store indexed, beside the server."""
    return IndexMaker()


def table() -> EventTable:
    """All events of the store as it is now."""
    made = _table(store().revision())
    _index_maker().see_to(store(), len(made))
    return made


@st.cache_resource(show_spinner=False, max_entries=2)
def _table(revision: int) -> EventTable:  # noqa: ARG001  # the revision is what the cache goes by
    made = table_of(store(), atlas(), gazetteer())
    _set_aside()
    return made


def _set_aside() -> None:
    """Take all that is loaded now out of the search for garbage, which Streamlit has done after each run while its answers
    wait: over the tables, the atlas and the names of a large store it takes longer than the run.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
