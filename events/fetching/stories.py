"""An address to the stories that stand there: fetched, then read like a file.

For the command line and the page. Someone named the address, so no robots.txt is asked: it speaks to programs that find
their own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.fetching.errors import FetchError, printable
from events.fetching.fetcher import Answer, Fetcher
from events.fetching.page_cache import PageCache
from events.fetching.settings import Settings
from events.reading import Problem, Result, read_bytes

_LONGEST_NAME = 200


def is_address(text: str) -> bool:
    """Whether a text means a web address rather than a file.

    >>> is_address("https://example.org/a"), is_address("wire.txt")
    (True, False)
    """
    return text.strip().lower().startswith(("http://", "https://"))


def fetch_story(url: str, fetcher: Fetcher | None = None, cache: PageCache | None = None) -> Result:
    """The stories at a web address: a page, a feed, a document, whatever is read. Nothing is raised.

    What can't be had is a problem that names the address. fetcher, cache: by default with the environment's settings.

    >>> fetch_story("ftp://example.org/a").problems[0].reason
    'is no web address: it must begin with http:// or https://'
    """
    name = printable(url.strip())[:_LONGEST_NAME]
    try:
        answer = (cache or PageCache()).fetch(fetcher or Fetcher(Settings.from_environment()), url)
    except FetchError as error:
        return Result(problems=(Problem(name, None, str(error)),))
    return read_answer(answer, name)


def fetch_all(urls: Iterable[str]) -> Iterator[tuple[str, Result]]:
    """Each address with its stories, one after the other, at the pace that their hosts are owed.

    >>> [(url, len(result.problems)) for url, result in fetch_all(["ftp://example.org/a"])]
    [('ftp://example.org/a', 1)]
    """
    fetcher, cache = Fetcher(Settings.from_environment()), PageCache()
    for url in urls:
        yield url, fetch_story(url, fetcher, cache)


def read_answer(answer: Answer, name: str) -> Result:
    """The stories of what was fetched. A single story that knows no address gets the one at which it stands."""
    result = read_bytes(answer.body, name, answer.address)
    if len(result.stories) != 1 or result.stories[0].url:
        return result
    story = result.stories[0].model_copy(update={"url": answer.address})
    return Result((story,), result.problems, result.spans, result.notes)
