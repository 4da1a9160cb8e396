"""Makes a new store's tables, and brings a store of an older schema up to date by Alembic's steps; forward only.

For the store. A migration is one transaction: whoever is killed in it finds the old store. A copy of an old file is kept
beside it; a database on a server is only brought up to date when somebody says so, since others use it too. To add a
schema: raise SCHEMA_VERSION, and add a step to `events.store.migrating.schemas`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, insert, select
from sqlalchemy import inspect as inspected
from sqlalchemy.engine import Connection

from events.model import StoreError
from events.store import keeping
from events.store.database.file_copies import copy_file, free_name
from events.store.database.opening import file_of, writing
from events.store.database.postgresql import prepare_database
from events.store.database.schema import SCHEMA_VERSION, facts, metadata, revisions, stories

STEPS = Path(__file__).with_name("schemas")
_EMPTY = [{"key": "schema", "value": SCHEMA_VERSION}, {"key": "revision", "value": 0}, {"key": "documents", "value": 0}]


def create_or_migrate(engine: Engine, *, allowed: bool = False) -> None:
    """See to it that the store has the present schema. allowed: also on a server.

    Raises StoreError where it has a newer one, or an older one on a server.
    """
    found = _schema(engine)
    if found == SCHEMA_VERSION:
        return
    if found is not None and not 1 <= found < SCHEMA_VERSION:
        raise StoreError(
            f"the store {engine.url} has schema {found}, this program reads {SCHEMA_VERSION}: "
            "use the program that wrote it, or name another store with --store"
        )
    if found is not None and engine.dialect.name != "sqlite" and not allowed:
        raise StoreError(
            f"the store {engine.url} has schema {found}, this program reads {SCHEMA_VERSION}: make a backup (pg_dump), "
            "then python -m events migrate --store URL; older programs can't read it afterwards"
        )
    path = file_of(engine)
    if found is not None and path is not None:
        copy_file(path, free_name(path, f"schema-{found}"))
    with writing(engine) as connection:
        _bring_up_to_date(connection)


def _schema(engine: Engine) -> int | None:
    with engine.connect() as connection:
        if not inspected(connection).has_table("facts"):
            return None
        return connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))


def _bring_up_to_date(connection: Connection) -> None:
    """Under the lock: another program may have done it since."""
    new = not inspected(connection).has_table("facts")
    found = None if new else connection.scalar(select(facts.c.value).where(facts.c.key == "schema"))
    if found is None:
        prepare_database(connection)
        metadata.create_all(connection)
        connection.execute(insert(facts), _EMPTY)
        connection.execute(insert(revisions), {"version_num": str(SCHEMA_VERSION)})
    elif found < SCHEMA_VERSION:
        _take_steps(connection, found)
        connection.execute(facts.update().where(facts.c.key == "schema").values(value=SCHEMA_VERSION))
        number = connection.scalar(select(func.count()).select_from(stories))
        keeping.grow_revision(connection)
        keeping.note(
            connection, "migrate", "dateline", detail=f"schema {found} to {SCHEMA_VERSION}, {number} stories"
        )  # fmt: skip


def _take_steps(connection: Connection, found: int) -> None:
    """Alembic's steps from a schema to the present one, within the caller's transaction."""
    from alembic.operations import Operations  # a third of a second, and hardly ever needed
    from alembic.runtime.migration import MigrationContext, MigrationStep
    from alembic.script import ScriptDirectory

    from events.store.migrating.structure import complete

    scripts = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])

    def steps(current: Any, _context: MigrationContext) -> list[Any]:
        ahead = list(scripts.iterate_revisions("head", current))
        return [MigrationStep.upgrade_from_script(scripts.revision_map, script) for script in reversed(ahead)]

    context = MigrationContext.configure(connection, opts={"fn": steps})
    if context.get_current_revision() != str(found):  # older than its table, or an older program's
        context.stamp(scripts, str(found))
    with Operations.context(context):
        context.run_migrations()
        complete(connection)
