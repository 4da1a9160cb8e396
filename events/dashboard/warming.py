"""Opens the store's table and packs the map's files when the server starts, so that the first visitor need not wait for it.

For app.py. Who comes sooner waits for the same table, which is made once.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from events.dashboard import loading
from events.dashboard.map.map_files import WANTED, version
from events.model import DatelineError
from geodata.place import GazetteerError


@asynccontextmanager
async def warm(_app: object) -> AsyncIterator[None]:
    """The life of the server; the table is made beside it."""
    Thread(target=_open, name="warming", daemon=True).start()
    yield


def _open() -> None:
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(_not_from_here)
    for name in WANTED:
        version(name)
    try:
        loading.table()
    except (DatelineError, GazetteerError):
        return  # the page says what is wrong


def _not_from_here(record: logging.LogRecord) -> bool:
    """Streamlit warns of what runs outside a visitor's script; here it is meant to."""
    return record.threadName != "warming"
