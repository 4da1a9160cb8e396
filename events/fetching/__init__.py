"""Web addresses that people and feeds name, to bytes: public hosts only, bounded in size and time.

    settings.py     what may be asked, how much is taken, how long it may take, who we say we are
    errors.py       FetchError: why an address gave nothing
    addresses.py    what a person pasted -> scheme, host, port, target; or the reason why it is not asked
    networks.py     which internet addresses are public
    clock.py        the time, and waiting; tests bring their own
    resolving.py    a host's name -> its internet addresses, within a time
    connecting.py   a connection to an internet address that was checked, with a deadline on every byte
    unpacking.py    gzip and deflate, never beyond the bound
    pacing.py       how long one host is left alone between two requests
    fetcher.py      an address -> an Answer, redirects followed one by one, each checked
    robots.py       whether a site lets programs read a page (RFC 9309)
    page_cache.py   pages kept on disk
    stories.py      an address -> the stories that stand there

It knows how to read a page no more than `stories.py` needs to hand it on; nothing here stores or extracts.
"""

from events.fetching.errors import FetchError
from events.fetching.fetcher import Answer, Fetcher
from events.fetching.settings import Settings
from events.fetching.stories import fetch_all, fetch_story, is_address

__all__ = ["Answer", "FetchError", "Fetcher", "Settings", "fetch_all", "fetch_story", "is_address"]
