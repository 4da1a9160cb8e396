"""In how many reports each word stands, kept with the store: what makes a rare word weigh more than a common one.

For linking within the store. Counted up and down in the transaction that adds or takes away reports. What was read of a
database is remembered from one transaction to the next, as long as nobody else wrote in between.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select, text, update
from sqlalchemy.engine import Connection, Transaction

from events.linking.wording import Vector, unit_vector
from events.store.database.opening import when_a_write_fails
from events.store.database.schema import facts, words

AT_ONCE = 500  # words asked for in one statement
MOST_REMEMBERED = 50_000  # words: some 100 to 190 bytes each
SELDOM = 2  # reports: words of no more are forgotten first, for names and numbers without end come once
_FACTS = select(facts)
_SET_DOCUMENTS = update(facts).where(facts.c.key == "documents").values(value=bindparam("number"))
_ADD = (
    "INSERT INTO words (word, documents) {} "
    "ON CONFLICT (word) DO UPDATE SET documents = words.documents + excluded.documents"
)
_COUNT = {  # all words of a story in one statement, as JSON: a row each would be some three hundred
    "sqlite": text(_ADD.format("SELECT key, value FROM json_each(:counts) WHERE true")),
    "postgresql": text(_ADD.format("SELECT key, value::integer FROM json_each_text(CAST(:counts AS json))")),
}


@dataclass
class _Remembered:
    """Words of one database, true within `transaction` and for the next one that finds the same `revision`.

    began: the revision that the transaction found.
    """

    documents: dict[str, int] = field(default_factory=dict)
    revision: int | None = None
    transaction: Transaction | None = None
    began: int = 0


_REMEMBERED: WeakKeyDictionary[Engine, _Remembered] = WeakKeyDictionary()


@when_a_write_fails
def _forget(engine: Engine) -> None:
    _REMEMBERED.pop(engine, None)


def still_true(connection: Connection) -> None:
    """The transaction ends well and leaves the store at the next revision."""
    remembered = _REMEMBERED.get(connection.engine)
    if remembered is not None and remembered.transaction is connection.get_transaction():
        remembered.revision = remembered.began + 1


class Wording:
    """The weights of words within one transaction that writes. revision: the store's, as the transaction found it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        known = {row.key: row.value for row in connection.execute(_FACTS)}
        self.revision: int = known.get("revision", 0)
        self._documents = _documents(connection, self.revision)
        self._total: int = known.get("documents", 0)

    def count(self, records: Iterable[str], by: int) -> None:
        """Reports with these counted words (JSON) came in (by 1) or went (by -1)."""
        found = [json.loads(record) for record in records]
        documents = Counter(word for counts in found for word in counts)
        if not documents:
            return
        counts = json.dumps({word: by * number for word, number in sorted(documents.items())}, ensure_ascii=False)
        self._connection.execute(_COUNT[self._connection.dialect.name], {"counts": counts})
        self._total += by * len(found)
        self._connection.execute(_SET_DOCUMENTS, {"number": self._total})
        for word, number in documents.items():
            if word in self._documents:
                self._documents[word] += by * number

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


def _documents(connection: Connection, revision: int) -> dict[str, int]:
    """What is remembered of the words, emptied where it may no longer be so."""
    remembered = _REMEMBERED.setdefault(connection.engine, _Remembered())
    transaction = connection.get_transaction()
    if remembered.transaction is not transaction and remembered.revision != revision:
        remembered.documents.clear()
    _make_room(remembered.documents)
    remembered.transaction, remembered.revision, remembered.began = transaction, None, revision
    return remembered.documents


def _make_room(documents: dict[str, int]) -> None:
    """Forget what is seldom asked for, or all where that is too little, so that it isn't done again at once."""
    if len(documents) > MOST_REMEMBERED:
        for word in [word for word, number in documents.items() if number <= SELDOM]:
            del documents[word]
        if len(documents) > MOST_REMEMBERED // 2:
            documents.clear()
