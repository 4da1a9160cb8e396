"""Where an outlet is at home: weak evidence for what the names in its stories mean.

For toponym resolution. Our table of outlets (geodata/outlets.py) is asked first. An outlet that it lacks is at home as far
as its name and its address tell: "Bangor Daily News" names its town, "https://www.example.co.ke/…" its country. Of an
agency or a broadcaster of the whole world nothing follows, and nothing is guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from events.model import Story
from geodata.folding import fold
from geodata.gazetteer import Gazetteer
from geodata.outlets import Outlet, division_of, outlet, town_of
from geodata.place import Candidate

LEAST_NAME = 5  # letters of a town's name within an address
LEAST_PRIOR = 4.0  # a town of 10,000
VOTES_OF_NAME = 0.7  # of a home that is read from the outlet's name or address
VOTES_OF_TOWN = 0.4  # of a local outlet's town, which its division stands beside
_WORD = re.compile(r"[A-Z][\w'’.-]*")
_NO_COUNTRY = frozenset("co com org net tv io me ai fm ly to ws cc la gg".split())


class Home(NamedTuple):
    """What an outlet's home says in the vote on its stories' names.

    country: ISO code, None where nothing follows; division: GeoNames' code of a first-level one, town: the gazetteer's id of
    a local outlet's, "" likewise; the places of a name that speak as one more of the story's, and how loudly.
    """

    country: str | None = None
    division: str = ""
    town: str = ""
    name: str = ""
    places: tuple[Candidate, ...] = ()
    votes: float = 0.0


def home_of(story: Story, gazetteer: Gazetteer) -> Home:
    """The home of a story's outlet, from the table or from its name and address."""
    known = _known(story)
    if known is None:
        name = home_name(story, gazetteer) if story.source or story.url else None
        places = gazetteer.candidates(name) if name else ()
        return Home(_domain_country(story), name=name or "", places=places, votes=VOTES_OF_NAME)
    if known.reach == "world":
        return Home()
    if known.reach == "national":
        return Home(known.country)
    town = town_of(known, gazetteer)
    division = division_of(known, gazetteer) or (town.admin1 if town else "")
    if town is None:
        return Home(known.country, division)
    return Home(known.country, division, town.id, known.town, (Candidate(town, "name"),), VOTES_OF_TOWN)


def home_country(story: Story) -> str | None:
    """The ISO code of the country whose news the outlet tells; None for one of the whole world and where nothing says.

    >>> home_country(Story(id="1", text="x", url="https://www.example.co.ke/a"))
    'KE'
    >>> home_country(Story(id="1", text="x", source="BBC News")) is None
    True
    """
    known = _known(story)
    if known is None:
        return _domain_country(story)
    return known.country if known.reach != "world" else None


def seat_country(story: Story) -> str | None:
    """The ISO code of the country where the outlet is made, whose manner of writing dates is its own.

    >>> seat_country(Story(id="1", text="x", source="BBC News"))
    'GB'
    """
    known = _known(story)
    return (known.country if known else "") or _domain_country(story)


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


def _known(story: Story) -> Outlet | None:
    return outlet(_host(story), story.source or "", _domain_country(story) or "")


def _domain_country(story: Story) -> str | None:
    """The country of the address's top-level domain; None for .com and for those that anyone buys."""
    last = _host(story).rsplit(".", 1)[-1]
    if len(last) != 2 or not last.isalpha() or last in _NO_COUNTRY:
        return None
    return "GB" if last == "uk" else last.upper()


def _host(story: Story) -> str:
    try:
        return urlsplit(story.url or "").hostname or ""
    except ValueError:  # an address that is none
        return ""
