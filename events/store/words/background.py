"""Has the index of words of a large store made and grown by a process of its own, which gives way to all else.

For the page's server. The process is `python -m events index` on the store that DATELINE_STORE names; where it fails, the
server's log says why, and it is tried again some time later. Until the index stands, words are sought without it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from events.store.words.searched import SearchedStore
from events.store.words.word_index import LEAST_INDEXED, folder_of, read_manifest
from events.terminal import lines_on_a_terminal

ROOT = Path(__file__).parents[3]
MOST_REVISIONS = 500  # of a store that an index need not know: some thousand events, looked through one by one
LOOK_EVERY, PAUSE_AFTER_FAILURE = 60.0, 600.0  # seconds
GENTLE = 15  # of nice's 19
_COMMAND = [sys.executable, "-m", "events", "index"]
_log = logging.getLogger(__name__)


class IndexMaker:
    """Starts the process where the index is due, and never two of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self._not_before = 0.0

    def see_to(self, store: SearchedStore, events: int) -> bool:
        """Start making or growing the index of a store of so many events where that is due. Returns whether it was started.

        To be asked often: it looks once a minute. Raises StoreError.
        """
        if self._is_busy() or not is_due(store, events):
            return False
        self._thread = Thread(target=self._make, name="index of words", daemon=True)
        self._thread.start()
        return True

    def _is_busy(self) -> bool:
        """Whether the process is at work, or somebody looked just now: who is told that it is not, looks next."""
        with self._lock:
            now = monotonic()
            if now < self._not_before or (self._thread and self._thread.is_alive()):
                return True
            self._not_before = now + LOOK_EVERY
        return False

    def _make(self) -> None:
        failed = _failure()
        if failed:
            self._not_before = monotonic() + PAUSE_AFTER_FAILURE
            _log.warning("the index of words was not made: %s", lines_on_a_terminal(failed))


def is_due(store: SearchedStore, events: int) -> bool:
    """Whether a store of so many events lacks an index, or has one that knows too little of it."""
    if events < LEAST_INDEXED or not (identity := store.identity()):
        return False
    known, revision = read_manifest(folder_of(identity)), store.revision()
    if known is None or known.upto > revision:
        return True
    return known.upto != revision if store.rows_stay else revision - known.upto > MOST_REVISIONS


def _make_gentle(process: int) -> None:
    with suppress(OSError, AttributeError):  # a system may forbid it, and Windows was asked before
        os.setpriority(os.PRIO_PROCESS, process, GENTLE)


def _failure() -> str:
    """Run the process. What it says where it fails, else ""."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        process = subprocess.Popen(  # noqa: S603  # our own command, and no words of anybody's in it
            _COMMAND, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )  # fmt: skip
        _make_gentle(process.pid)
        told = process.communicate()[1].decode("utf-8", "replace").strip()
    except OSError as error:
        return str(error)
    return (told[-500:] or f"exit status {process.returncode}") if process.returncode else ""
