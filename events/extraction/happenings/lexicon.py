"""The lexicon of event triggers: its rows, the classes of words that its frames name, and how both are read.

For events.extraction.happenings.triggers. The rows stand in lists/triggers.tsv, one a line, each with the words of the trigger,
its word class, its frame, its type, how sure it is and an example; the classes stand in lists/word_classes.tsv. Both
are loaded once. What a frame's constraints mean is in events.extraction.happenings.frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from events.model import ExtractionError
from events.ontology import TYPES

LISTS = Path(__file__).parents[1] / "lists"
VETO = "-"
WORD_CLASSES = frozenset({"VERB", "NOUN", "ADJ"})
ANY = frozenset({"*"})
_BUILT_IN = frozenset({"@name", "@pronoun", "@number", "@counted"})  # classes that the sentence decides
_WEIGHTS = {(True, True): 0.5, (True, False): 1.0, (False, False): 2.0}  # by (asks for no word, is negated)
# kind of constraint -> whether it takes words: "no", "may" or "must"
KINDS: Mapping[str, str] = {
    "obj": "may", "subj": "may", "prep": "must", "to": "no", "that": "no", "passive": "no", "plural": "no",
    "mod": "must", "of": "may", "head": "must", "case": "must", "light": "may", "near": "must",
    "gov": "must", "headline": "no",
}  # fmt: skip


class Constraint(NamedTuple):
    """One demand of a frame: `kind` holds with one of `words` (with `cases` before it), or, negated, doesn't hold."""

    kind: str
    words: frozenset[str]
    cases: frozenset[str] = frozenset()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the lexicon. `key` names it in reports and tests: its words, class and frame."""

    words: tuple[str, ...]
    pos: str
    frame: tuple[Constraint, ...]
    type: str
    sure: float
    example: str
    key: str

    @property
    def specific(self) -> float:
        """How much the row asks for: named words more than the mere presence of something, its own words most."""
        return 2.0 * (len(self.words) - 1) + sum(_WEIGHTS[c.negated or c.words is ANY, c.negated] for c in self.frame)

    @property
    def names_cause(self) -> bool:
        """Whether its subject or a phrase says what brought the harm: "killed in a crash", but not "nine died"."""
        return any(
            c.kind in {"subj", "prep"} and not c.negated and not c.words & {"@number", "@counted"} for c in self.frame
        )


Lexicon = Mapping[str, tuple[Row, ...]]  # rows by their first word


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once, by first word. Raises ExtractionError for a line that can't be read."""
    index: dict[str, list[Row]] = {}
    for row in read_rows((LISTS / "triggers.tsv").read_text(encoding="utf-8").splitlines(), word_classes()):
        index.setdefault(row.words[0], []).append(row)
    return {word: tuple(rows) for word, rows in index.items()}


@lru_cache(maxsize=1)
def word_classes() -> Mapping[str, frozenset[str]]:
    """The shipped classes of words: name -> lemmas."""
    return read_classes((LISTS / "word_classes.tsv").read_text(encoding="utf-8").splitlines())


def read_classes(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    r"""Classes from lines of a name, a tab and words parted by blanks; a class may name earlier ones as @class.

    >>> sorted(read_classes(["boat\tferry ship", "vehicle\t@boat bus"])["vehicle"])
    ['bus', 'ferry', 'ship']
    """
    classes: dict[str, frozenset[str]] = {}
    for number, line in _cells(lines):
        if len(line) != 2:
            raise ExtractionError(f"word_classes.tsv, line {number}: a name, a tab and words are wanted")
        classes[line[0]] = classes.get(line[0], frozenset()) | _words(line[1].split(), classes, number)
    return classes


def read_rows(lines: Iterable[str], classes: Mapping[str, frozenset[str]]) -> Iterator[Row]:
    r"""Rows from the lines of a lexicon, its header and comments left out. Raises ExtractionError for a bad line.

    >>> [(row.words, row.type) for row in read_rows(["step down\tVERB\t\tRETREAT\t0.9\tShe stepped down."], {})]
    [(('step', 'down'), 'RETREAT')]
    """
    for number, cells in _cells(lines):
        if cells[0] == "lemma":
            continue
        if len(cells) != 6:
            raise ExtractionError(f"triggers.tsv, line {number}: six cells are wanted, not {len(cells)}")
        lemma, pos, frame, event_type, sure, example = cells
        if pos not in WORD_CLASSES or (event_type != VETO and event_type not in TYPES):
            raise ExtractionError(f"triggers.tsv, line {number}: no such word class or type: {pos} {event_type}")
        constraints = tuple(_constraint(text, classes, number) for text in frame.split())
        key = " ".join(f"{lemma}/{pos} {frame}".split())
        yield Row(spelled(lemma), pos, constraints, event_type, float(sure), example, key)


def spelled(text: str) -> tuple[str, ...]:
    """The words of a trigger; a hyphen parts words, as it does for the parser.

    >>> spelled("by-election")
    ('by', 'election')
    """
    return tuple(text.lower().replace("-", " ").split())


def _cells(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield number, [cell.strip() for cell in line.split("\t")]


def _constraint(text: str, classes: Mapping[str, frozenset[str]], number: int) -> Constraint:
    negated = text.startswith(("not-", "no-"))
    kind, _, rest = text.partition("-")[2].partition(":") if negated else text.partition(":")
    if kind not in KINDS or (not rest and KINDS[kind] == "must") or (rest and KINDS[kind] == "no"):
        raise ExtractionError(f"triggers.tsv, line {number}: no such constraint: {text}")
    if kind in {"prep", "case"}:
        cases, _, nouns = rest.partition("+")
        words = _words(nouns.split("|"), classes, number) if nouns else ANY
        return Constraint(kind, words, frozenset(cases.split("|")), negated)
    return Constraint(kind, _words(rest.split("|"), classes, number) if rest else ANY, frozenset(), negated)


def _words(names: Iterable[str], classes: Mapping[str, frozenset[str]], number: int) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name.startswith("@") and name not in _BUILT_IN:
            if name[1:] not in classes:
                raise ExtractionError(f"line {number}: no such class of words: {name}")
            found |= classes[name[1:]]
        else:
            found.add(name)
    return frozenset(found)
