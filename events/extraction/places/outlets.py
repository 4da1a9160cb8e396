"""Where an outlet is at home, as far as its name and its address tell: weak evidence for what its stories mean.

For toponym resolution. "Bangor Daily News" names its town, "https://www.example.co.ke/…" its country. Nothing is known
of any outlet by itself.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from events.model import Story
from geodata.folding import fold
from geodata.gazetteer import Gazetteer

LEAST_NAME = 5  # letters of a town's name within an address
LEAST_PRIOR = 4.0  # a town of 10,000
_WORD = re.compile(r"[A-Z][\w'’.-]*")
_NO_COUNTRY = frozenset("co com org net tv io me ai fm ly to ws cc la gg".split())


def home_country(story: Story) -> str | None:
    """The ISO code of the country of the address's top-level domain; None for .com and for those that anyone buys.

    >>> home_country(Story(id="1", text="x", url="https://www.example.co.ke/a"))
    'KE'
    """
    last = _host(story).rsplit(".", 1)[-1]
    if len(last) != 2 or not last.isalpha() or last in _NO_COUNTRY:
        return None
    return "GB" if last == "uk" else last.upper()


def _host(story: Story) -> str:
    try:
        return urlsplit(story.url or "").hostname or ""
    except ValueError:  # an address that is none
        return ""


def home_name(story: Story, gazetteer: Gazetteer) -> str | None:
    """The longest known place name in the outlet's name, else at the head of its address; None for none."""
    words = _WORD.findall(story.source or "")
    for length in range(min(3, len(words)), 0, -1):
        for i in range(len(words) - length + 1):
            key = fold(" ".join(words[i : i + length]))
            if gazetteer.importance(key) >= LEAST_PRIOR + (0 if length > 1 else 0.5):
                return key
    label = _host(story).removeprefix("www.").split(".")[0].replace("-", " ").removeprefix("the")
    known = [
        p.strip() for p in gazetteer.prefixes(label) if len(p.strip()) >= LEAST_NAME and label.strip() != p.strip()
    ]
    return next((p for p in reversed(known) if gazetteer.importance(p) >= LEAST_PRIOR), None)
