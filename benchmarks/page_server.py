"""The page's server for a benchmark: our own Streamlit on a free port, over a store."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300.0  # seconds that a loaded machine may take to start


@contextmanager
def serving(store: Path | str) -> Iterator[tuple[str, int]]:
    """The page's address and its process, while a server shows this store, a file or its URL.

    Raises RuntimeError where it does not come up.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    log = Path(tempfile.gettempdir()) / "dateline-million.log"
    with log.open("w") as told:
        server = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.fileWatcherType", "none"], cwd=ROOT,
            env={**os.environ, "DATELINE_STORE": str(store)}, stdout=told, stderr=told,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_up(address, server, log)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=60)


def resident(server: int) -> float:
    """The memory that a process holds, in MB."""
    status = Path(f"/proc/{server}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _is_up(address):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the page's server did not come up: see {log}")
        time.sleep(0.2)


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
            return True
    except OSError:
        return False
