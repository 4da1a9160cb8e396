"""Which column of a table is a story's text, which its headline, date, address and outlet: by name, then by content.

For tables. The guess is said in the account of what was read, so that a wrong one is seen and not believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from events.reading.publication_dates import day_of

Role = Literal["text", "title", "published", "url", "source", "id"]

NAMES: Mapping[Role, tuple[str, ...]] = {
    "text": (
        "text", "body", "fulltext", "articletext", "articlebody", "storytext", "content", "maintext", "article", "story",
        "storybody", "bodytext", "contenttext", "newstext", "transcript", "texto", "texte", "inhalt", "contenido",
        "description", "summary", "abstract", "notes", "message",
    ),
    "title": (
        "title", "headline", "articletitle", "storytitle", "heading", "head", "subject", "titre", "titulo", "titel",
        "uberschrift", "name",
    ),
    "published": (
        "published", "date", "publishedat", "publicationdate", "publisheddate", "datepublished", "pubdate", "publishdate",
        "publishedon", "publishedtime", "articledate", "storydate", "postdate", "posted", "dateposted", "datetime",
        "timestamp", "created", "createdat", "day", "fecha", "datum",
    ),
    "url": ("url", "link", "address", "weburl", "articleurl", "storyurl", "permalink", "canonicalurl", "href", "sourceurl",
            "uri"),
    "source": (
        "source", "outlet", "publisher", "publication", "newspaper", "sourcename", "media", "medium", "site", "website",
        "domain", "provider", "agency", "fuente", "quelle",
    ),
    "id": ("id", "storyid", "articleid", "docid", "documentid", "guid", "uid", "uuid"),
}  # fmt: skip
_ROLE_OF = {name: role for role, names in NAMES.items() for name in names}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}
_PROSE = 80  # characters: the mean length of a column that may be the text
_TITLE = (15, 250)
_MOST = 0.8  # of a column's cells
NUMERIC_DATE = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
SAMPLE = 200  # rows that are looked at

DayOrder = Literal["day first", "month first"]


@dataclass(frozen=True, slots=True)
class Columns:
    """A guess: the index of the column of each role, the names of all columns, and the order in dates like 04/05/2025."""

    roles: Mapping[Role, int]
    names: tuple[str, ...]
    by_content: frozenset[Role] = field(default_factory=frozenset)
    order: DayOrder | None = None

    def said(self) -> str:
        """The guess in words.

        >>> guess(("Headline", "Body", "Views"), [["Rain", "It rained.", "7"]]).said()
        'text is column "Body", title is column "Headline"; not used: "Views"'
        """
        parts = [
            f'{role} is column "{self.names[index]}"' + (" (by its content)" if role in self.by_content else "")
            for role, index in self.roles.items()
        ]
        unused = [f'"{name}"' for index, name in enumerate(self.names) if index not in self.roles.values() and name]
        order = f"; dates like 04/05/2025 are read {self.order}" if self.order else ""
        rest = f"; not used: {', '.join(unused[:12])}{' and more' if len(unused) > 12 else ''}" if unused else ""
        return ", ".join(parts) + order + rest


def names_a_table(cells: Sequence[str]) -> bool:
    """Whether the cells of a first row are the names of columns that make a table of stories.

    >>> names_a_table(["Headline", "Body", "Date"]), names_a_table(["Rain fell", "said the mayor"])
    (True, False)
    """
    roles = [_ROLE_OF.get(_bare(cell)) for cell in cells if len(cell) <= 40]
    return "text" in roles and len(set(roles) - {None}) > 1


def guess(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns' roles; roles that no column fits are left out. rows: a sample of what is below the names."""
    columns = [[row[i].strip() for row in rows[:SAMPLE] if i < len(row)] for i in range(len(names))]
    named = _by_name(names, columns)
    roles = dict(named)
    for role, fits in (("url", _is_url), ("published", _is_date)):
        _fill(roles, role, [fits(column) for column in columns])  # type: ignore[arg-type]
    _fill(roles, "text", [_mean(column) if _mean(column) >= _PROSE else 0.0 for column in columns])
    _fill(roles, "title", [_mean(c) if _TITLE[0] <= _mean(c) <= _TITLE[1] and _is_varied(c) else 0.0 for c in columns])
    ordered = {role: roles[role] for role in NAMES if role in roles}
    order = _day_order(columns[roles["published"]]) if "published" in roles else None
    return Columns(ordered, tuple(names), frozenset(roles.keys() - named.keys()), order)


def _by_name(names: Sequence[str], columns: Sequence[Sequence[str]]) -> dict[Role, int]:
    found: dict[Role, int] = {}
    for index, name in enumerate(names):
        role = _ROLE_OF.get(_bare(name))
        if role is None or not any(columns[index]):
            continue
        known = found.get(role)
        if known is None or _RANK[_bare(name)] < _RANK[_bare(names[known])]:
            found[role] = index
    text, longest = found.get("text"), max(range(len(names)), key=lambda i: _mean(columns[i]), default=0)
    # "description" beside a longer column without a known name: the longer one is the text
    weak = text is not None and _RANK[_bare(names[text])] >= NAMES["text"].index("description")
    if (
        text is not None
        and weak
        and longest not in found.values()
        and _mean(columns[longest]) > 2 * _mean(columns[text])
    ):
        del found["text"]
    return found


def _fill(roles: dict[Role, int], role: Role, scores: Sequence[float]) -> None:
    """Give a role that no name gave to the free column that fits best, if any fits."""
    free = [index for index, score in enumerate(scores) if score > 0 and index not in roles.values()]
    if role not in roles and free:
        roles[role] = max(free, key=lambda index: (scores[index], -index))


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()[:80])


def _mean(column: Sequence[str]) -> float:
    filled = [len(cell) for cell in column if cell]
    return sum(filled) / len(filled) if filled else 0.0


def _is_varied(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return len(set(filled)) > 0.7 * len(filled) and any(" " in cell for cell in filled) and not _is_url(filled)


def _is_url(column: Sequence[str]) -> float:
    return _share([cell.startswith(("http://", "https://")) for cell in column if cell])


def _is_date(column: Sequence[str]) -> float:
    return _share(
        [len(cell) <= 40 and (day_of(cell) is not None or bool(NUMERIC_DATE.match(cell))) for cell in column if cell],
    )


def _share(fits: Sequence[bool]) -> float:
    share = sum(fits) / len(fits) if fits else 0.0
    return share if share >= _MOST else 0.0


def _day_order(column: Sequence[str]) -> DayOrder | None:
    """Whether days or months come first, where some dates of the column can be read in one way only and all agree."""
    pairs = [(int(match[1]), int(match[2])) for cell in column if (match := NUMERIC_DATE.match(cell))]
    day_first, month_first = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    if day_first == month_first:
        return None
    return "day first" if day_first else "month first"
