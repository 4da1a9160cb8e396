"""In how many reports each word stands, kept with the store: what makes a rare word weigh more than a common one.

For linking within the store. Counted up and down in the transaction that adds or takes away reports.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from events.linking.wording import Vector, unit_vector
from events.store.schema import facts, words

AT_ONCE = 500  # words asked for in one statement


class Wording:
    """The weights of words within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._documents: dict[str, int] = {}
        self._total = connection.scalar(select(facts.c.value).where(facts.c.key == "documents")) or 0

    def count(self, records: Iterable[str], by: int) -> None:
        """Reports with these counted words (JSON) came in (by 1) or went (by -1)."""
        found = [json.loads(record) for record in records]
        documents = Counter(word for counts in found for word in counts)
        if not documents:
            return
        rows = [{"word": word, "documents": by * number} for word, number in sorted(documents.items())]
        upsert = postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        statement = upsert(words)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["word"], set_={"documents": words.c.documents + statement.excluded.documents}
            ),
            rows,
        )
        self._total += by * len(found)
        self._connection.execute(update(facts).where(facts.c.key == "documents").values(value=self._total))
        self._documents.clear()

    def vectors(self, records: Iterable[str]) -> list[Vector]:
        """The vectors of reports from their counted words (JSON)."""
        counted = [json.loads(record) for record in records]
        self._learn({word for counts in counted for word in counts})
        return [unit_vector(counts, self._documents, self._total) for counts in counted]

    def _learn(self, asked: set[str]) -> None:
        missing = sorted(asked - self._documents.keys())
        for first in range(0, len(missing), AT_ONCE):
            some = missing[first : first + AT_ONCE]
            self._documents.update(dict.fromkeys(some, 0))
            found = self._connection.execute(select(words).where(words.c.word.in_(some)))
            self._documents.update({row.word: row.documents for row in found})
