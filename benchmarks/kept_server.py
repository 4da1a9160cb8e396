"""A PostgreSQL with PostGIS whose folder stays, for stores that take long to fill.

    python -m benchmarks.kept_server FOLDER      runs it until it is stopped by Ctrl-C; prints the store's address

For `benchmarks.large_server`. It listens on a socket in its folder alone, and ends with the program that began it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.find_postgresql import find_postgresql
from tests.postgresql_server import OWNER, Server

NAME = "news"
# It waits for the disk, as a server does that is to keep what it was given.
SERVING = {"listen_addresses": "", "shared_buffers": "2GB", "effective_cache_size": "8GB", "random_page_cost": "1.1",
           "max_wal_size": "4GB"}  # fmt: skip
# A load that is broken off is begun anew, so nothing needs to outlast a crash; one core at a time.
LOADING = SERVING | {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "autovacuum": "off", "maintenance_work_mem": "2GB", "max_parallel_maintenance_workers": "0",
    "max_parallel_workers_per_gather": "0", "work_mem": "256MB", "checkpoint_timeout": "30min",
}  # fmt: skip


class KeptServer(Server):
    """A server over a folder, made where it is not there. `store` is the address of the store in it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = SERVING) -> None:
        self._settings = settings
        self.folder = folder
        self._programs = find_postgresql() or Path()
        self._process: subprocess.Popen[bytes] | None = None
        self.store = self.address(NAME)
        new = not (folder / "data" / "PG_VERSION").exists()
        if new:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.chown(folder, OWNER, OWNER)
            self._run("initdb", "-D", folder / "data", "-U", "dateline", "--auth=trust", "--no-sync", "--encoding=UTF8",
                      "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")  # fmt: skip
        self.start()
        if new:
            self._execute(f"CREATE DATABASE {NAME}")
            self._execute("CREATE EXTENSION postgis", NAME)

    def again(self, settings: Mapping[str, str]) -> None:
        """Stop it and start it with other settings."""
        self.stop()
        self._settings = settings
        self.start()

    def stop(self) -> None:
        """Stop it and wait until all is on the disk."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()  # whoever is connected may end
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self._process.send_signal(2)
                self._process.wait(timeout=600)

    def end(self) -> None:
        """Stop it; the folder stays."""
        self.stop()


def main(arguments: Sequence[str]) -> int:
    """Run a server until it is interrupted. Returns the exit status."""
    server = KeptServer(Path(arguments[0]).resolve())
    print(server.store, flush=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        server.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
