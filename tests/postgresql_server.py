"""A PostgreSQL with PostGIS of the tests' own: begun in a folder that is thrown away, reached by a socket in it alone.

It ends with the tests, even where they are killed. Nothing of it outlasts a crash: it doesn't wait for the disk.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path

import psycopg

from events.store.database.schema import SCHEMA_VERSION, metadata
from scripts.find_postgresql import find_postgresql

OWNER = "postgres"  # a server refuses to run as root
SETTINGS = {
    "listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": "32MB", "max_wal_size": "256MB", "autovacuum": "off", "max_connections": "60",
    "wal_level": "minimal", "max_wal_senders": "0",
}  # fmt: skip
SAFE = {"listen_addresses": "", "shared_buffers": "256MB"}  # as a server that keeps what it was given: to measure
LONGEST_START = 30  # seconds
# Quicker than another database. Tables that are not of the store's own came later.
_EMPTIED = """
SET session_replication_role = replica;
DO $$
DECLARE name text;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys' LOOP
    IF NOT name = ANY (ARRAY{tables}) THEN EXECUTE format('DROP TABLE %I CASCADE', name);
    ELSIF name NOT IN ('facts', 'alembic_version') THEN EXECUTE format('DELETE FROM %I', name);
    END IF;
  END LOOP;
  UPDATE facts SET value = CASE key WHEN 'schema' THEN {schema} ELSE 0 END;
  PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences;
END $$;
"""


def why_not() -> str | None:
    """Why there can be no server here; None where there can."""
    if os.name == "nt" or find_postgresql() is None:
        return "no PostgreSQL with PostGIS is here: python -m scripts.find_postgresql --install"
    if os.geteuid() == 0 and (not shutil.which("setpriv") or not _is_there(OWNER)):
        return f"a server can't run as root, and there is no user {OWNER} or no setpriv"
    return None


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def _is_there(user: str) -> bool:
    import pwd  # not on Windows

    return user in {row.pw_name for row in pwd.getpwall()}


class Server:
    """A server that runs from its making until `end`. settings: its options, in which SETTINGS are quick and SAFE safe."""

    def __init__(self, settings: Mapping[str, str] = SETTINGS) -> None:
        self._settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
        self._programs = find_postgresql() or Path()
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER, OWNER)
        # Words sort here by a language's rules and not by their bytes: the store may not lean on either.
        self._run("initdb", "-D", self.folder / "data", "-U", "dateline", "--auth=trust", "--no-sync", "--encoding=UTF8",
                  "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")  # fmt: skip
        self.start()
        self._execute("CREATE DATABASE empty")
        self._execute("CREATE EXTENSION postgis", "empty")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [self._programs / "postgres", "-D", self.folder / "data", "-k", self.folder, *settings]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._as_owner(command), stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + LONGEST_START
        while True:
            try:
                self._execute("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it: whoever is connected is cut off."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=30)

    def checkpoint(self) -> None:
        """Let all that was written outlast a kill: in these settings the last moments wouldn't."""
        self._execute("CHECKPOINT")

    def keep_what_was_said(self, address: str) -> None:
        """Let who connects to a database from now on hear of an end only when a kill can't undo it, as a safe server does."""
        self._execute(f"ALTER DATABASE {_name(address)} SET synchronous_commit = on")

    def kill(self) -> None:
        """Kill it, as by `pg_ctl stop -m immediate`: nothing is finished, and `start` has to recover."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)

    def end(self) -> None:
        """Stop it for good and throw its folder away."""
        self.stop()
        shutil.rmtree(self.folder)

    def database(self, template: str = "empty", name: str | None = None) -> str:
        """The address of a new database, a copy of a template: "empty" has PostGIS and no table."""
        name = name or f"news_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def empty(self, address: str) -> None:
        """Take out of a store's database what a test has put there, whoever is still connected."""
        with psycopg.connect(
            host=str(self.folder), dbname=_name(address), user="dateline", autocommit=True
        ) as connection:
            connection.execute(_EMPTIED.format(tables=list(metadata.tables), schema=SCHEMA_VERSION))

    def drop(self, address: str) -> None:
        """Throw a database away, whoever is connected."""
        self._execute(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    def address(self, name: str, user: str = "dateline") -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{user}@/{name}?host={self.folder}"

    def _execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(
            host=str(self.folder), dbname=database, user="dateline", autocommit=True, connect_timeout=5
        ) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        command = self._as_owner([self._programs / program, *arguments])
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def _as_owner(self, command: Sequence[object]) -> list[str]:
        words = [str(word) for word in command]
        if os.geteuid() != 0:
            return words
        return ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", "--pdeathsig=INT", *words]
