"""Derives the lists of given names and family names that place-name recognition leans on, from two packages.

    pip install names==0.3.0 faker==40.63.0
    python -m training.person_names --data ../shared/training

Sources: `names` (MIT), which carries the United States' census of 1990 (public domain), and `Faker` (MIT), which has
names of some fifty countries. The given names that training/word_lists.py counted in the training data are kept. A name
that a country or a large city bears is left out unless it is among the commonest. Names only, no text. Both packages
are needed here and nowhere else.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import names
from faker.providers import person

from geodata.folding import fold, is_latin
from geodata.gazetteer import Gazetteer
from training import word_lists

FREQUENT = 1500  # of the census's family names, the commonest, in its order
GIVEN = 1200  # of the census's given names of each sex, the commonest
COMMONEST = 300
WORDS = frozenset(
    "will may april june august hope faith grace joy rose page chase guy art rich young major dean christian summer dawn "
    "eve penny sandy rusty sunny misty mark bill rob drew sue pat van so an see".split()
)  # given names that are words first
LARGE_PLACE = 5.7  # the prior of a city of half a million (geodata.build.prior)


def main() -> None:
    """Write forenames.txt and surnames.txt."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    common = word_lists.common_words(data)
    given = word_lists.forenames(data, common)
    for sex in ("first:male", "first:female"):
        given.update(_census(sex)[:GIVEN])
    given.update(_faker("first"))
    gazetteer = Gazetteer.open()
    sure = {name for sex in ("first:male", "first:female") for name in _census(sex)[:COMMONEST]}
    given = {name for name in given if name in sure or gazetteer.importance(name) < LARGE_PLACE}
    _write(
        "forenames.txt",
        "given names: WikiGold, CrossNER, UNER, own news; US census; Faker",
        sorted(given - common | (sure - WORDS)),
    )
    frequent = _census("last")[:FREQUENT]
    sure = set(frequent[:COMMONEST])
    frequent = [name for name in frequent if name in sure or gazetteer.importance(name) < LARGE_PLACE]
    others = sorted(n for n in set(_faker("last")) - set(frequent) - common if gazetteer.importance(n) < LARGE_PLACE)
    _write("surnames.txt", "family names: US census 1990, commonest first; then Faker's", [*frequent, *others])


def _write(name: str, what: str, lines: list[str]) -> None:
    (word_lists.LISTS / name).write_text(
        f"# {what} (training/person_names.py)\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )


def _census(which: str) -> list[str]:
    lines = Path(names.FILES[which]).read_text(encoding="ascii").splitlines()
    return [line.split()[0].lower() for line in lines]


def _faker(kind: str) -> Iterator[str]:
    """Given ("first") or family ("last") names of one word in Latin letters, of every country that Faker knows."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            if kind not in attribute or "name" not in attribute:
                continue
            value = getattr(provider, attribute)
            for name in value if isinstance(value, (tuple, list, dict)) else ():
                if isinstance(name, str) and is_latin(name) and name.isalpha() and len(name) > 2 and name[0].isupper():
                    yield fold(name)


if __name__ == "__main__":
    main()
