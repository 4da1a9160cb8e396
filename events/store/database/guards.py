"""What keeps the rows of a table as they were written: triggers, in the words of each database.

For the tables of the audit trail, wherever they are defined.
"""

from __future__ import annotations


def never_changed(table: str) -> dict[str, tuple[str, ...]]:
    """By dialect, the statements after which a table's rows can be added and never changed; they may be run again.

    >>> {dialect: len(statements) for dialect, statements in never_changed("changes").items()}
    {'sqlite': 2, 'postgresql': 3}
    """
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER IF NOT EXISTS {table}_never_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION audit_trail_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$",
            f"DROP TRIGGER IF EXISTS {table}_never_change ON {table}",
            f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "EXECUTE FUNCTION audit_trail_is_kept()",
        ),
    }
