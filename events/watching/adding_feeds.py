"""What a person brings to the list of feeds, an address or a file of them, checked before anything is written.

For the page. Nothing is looked up or asked: a name that leads into a private network is refused when the feed is asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.fetching import FetchError
from events.fetching.addresses import parse
from events.fetching.networks import is_number, refuse_private
from events.fetching.settings import Settings
from events.reading import Problem
from events.watching.feed_list import feeds_in

MOST_FEEDS = 5_000  # of one file


def address_of(text: str, settings: Settings) -> str:
    """The address of a feed in the form in which it is kept. Raises FetchError for one that may not be asked.

    >>> address_of(" HTTPS://Example.org/feed#top", Settings())
    'https://example.org/feed'
    >>> address_of("http://10.0.0.5/feed", Settings())
    Traceback (most recent call last):
    events.fetching.errors.FetchError: is not asked: 10.0.0.5 is not in the public internet; an operator may allow it
    """
    address = parse(text)
    if address.host not in settings.allowed and is_number(address.host):
        refuse_private(address.host, [address.host])
    return address.url


def addresses_in(content: bytes, name: str, settings: Settings) -> tuple[list[str], list[Problem]]:
    """The feeds that an OPML file or a list of addresses names, and what is wrong with the other lines."""
    found, problems = feeds_in(content, name)
    kept, refused = _checked(found, name, settings)
    if len(kept) > MOST_FEEDS:
        return kept[:MOST_FEEDS], [*problems, *refused, Problem(name, None, f"has more than {MOST_FEEDS:,} feeds")]
    return kept, [*problems, *refused]


def _checked(found: Sequence[str], name: str, settings: Settings) -> tuple[list[str], list[Problem]]:
    kept, refused = [], []
    for text in found:
        try:
            kept.append(address_of(text, settings))
        except FetchError as error:
            refused.append(Problem(name, None, f"{text} {error}"))
    return kept, refused
