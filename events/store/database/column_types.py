"""The types of text in the tables: keys, which sort by their bytes in every database, and words.

For the schema. PostgreSQL sorts text by the rules of its language unless told otherwise, and its text can't hold the sign
of number 0: it stands as U+FFFD in a column, while a record (JSON) keeps it as it was.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Text(TypeDecorator[str]):
    """Text that every database takes."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the database takes it.

        >>> from sqlalchemy.dialects import postgresql
        >>> Words().process_bind_param("a" + chr(0), postgresql.dialect()) == "a" + chr(0xFFFD)
        True
        """
        return value.replace("\0", "\ufffd") if value and dialect.name == "postgresql" else value


class Words(_Text):
    """What was written by people: a headline, an outlet's name."""

    cache_ok = True


class Key(_Text):
    """What rows are found and sorted by: ids, codes, moments as text."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A string that sorts by its bytes, as SQLite's and Python's do."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(collation=collation))
