"""The story of a table's row: the source's own note as it stands, and the row's fields on a line that says what it is.

For the readers of tables. Every attribute of an event so has words to point to, and no sentence is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from events.model import Quote, Span

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text, the span of each field's value in it, and what is quoted as evidence."""

    text: str
    spans: Mapping[str, Span]
    quote: Quote

    def words(self, name: str) -> str:
        """The value of a field as it stands in the text; "" for an empty one."""
        span = self.spans.get(name)
        return self.text[span.start : span.end] if span else ""


def rendered(source: str, fields: Iterable[tuple[str, str]], note: str = "") -> Rendering:
    """The text of a record. source: whose record it is; note: the source's own words, kept to the character.

    The note is quoted; where there is none, the line of fields is. Empty fields are left out.

    >>> rendered("GDELT event 7", [("SQLDATE", "20250114"), ("Actor1Name", "")]).text
    'GDELT event 7, by its own fields: SQLDATE 20250114.'
    """
    text = f"{note}\n\n" if note.strip() else ""
    start = len(text)
    text += f"{source}, by its own fields:"
    spans: dict[str, Span] = {}
    for name, value in fields:
        words = _SPACES.sub(" ", value).strip()
        if words:
            text += f" {name} "
            spans[name] = Span(part="text", start=len(text), end=len(text) + len(words))
            text += f"{words};"
    text = text.rstrip(";:") + "."
    begin, end = (0, len(note)) if note.strip() else (start, len(text))
    return Rendering(text, spans, Quote(part="text", start=begin, end=end, text=text[begin:end]))
