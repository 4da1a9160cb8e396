"""What a person pasted, or a server sent us to, as scheme, host, port and target: taken apart once, by strict rules.

For the fetcher. What is checked here is what is connected to and asked: no second parser sees the text, so none can
understand it otherwise. Forms that programs read in several ways (127.1, 0x7f000001, credentials, backslashes) are refused.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from events.fetching.errors import FetchError

LONGEST = 2_000
_USUAL = {"http": 80, "https": 443}
_FIRST_FREE_PORT = 1024  # below it stand mail, files and the like, which a web request could be taken for
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_KEPT = "!$%&'()*+,-./:;=?@_~[]"  # of a path and a query, besides letters and digits


@dataclass(frozen=True, slots=True)
class Address:
    """A web address. host: a name in ASCII or an internet address, IPv6 without brackets. target: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def network(self) -> str:
        """Host and port as the Host header has them."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _USUAL[self.scheme] else f"{shown}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.network}"

    @property
    def url(self) -> str:
        """The whole of it as text."""
        return self.origin + self.target


def parse(text: str) -> Address:
    """The address that a text is. Raises FetchError ("refused") for any other text, with what is wrong with it.

    >>> parse(" HTTPS://Bücher.example/straße?q=1#top").url
    'https://xn--bcher-kva.example/stra%C3%9Fe?q=1'
    >>> parse("http://0177.0.0.1/")
    Traceback (most recent call last):
    events.fetching.errors.FetchError: has a host that is a number in an unusual form
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise FetchError("refused", f"is longer than {LONGEST:,} characters")
    if _UNFIT.search(text):
        raise FetchError("refused", "has spaces, backslashes or invisible characters in it")
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError("refused", "is no web address") from error
    if parts.scheme not in _USUAL:
        raise FetchError("refused", "is no web address: it must begin with http:// or https://")
    if "@" in parts.netloc:
        raise FetchError("refused", "has a user's name or password in it")
    host = _host(name, bracketed="[" in parts.netloc)
    port = _USUAL[parts.scheme] if port is None else port
    if port < _FIRST_FREE_PORT and port not in _USUAL.values():
        raise FetchError("refused", f"asks for port {port}, where no web pages are")
    target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Address(parts.scheme, host, port, target)


def redirected(address: Address, location: str) -> Address:
    """Where a redirect leads, relative to where it came from. Raises FetchError as `parse` does.

    >>> redirected(parse("https://example.org/a/b"), "../c").url
    'https://example.org/c'
    """
    try:
        text = urljoin(address.url, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise FetchError("refused", "redirects to what is no web address") from error
    try:
        return parse(text)
    except FetchError as error:
        raise FetchError("refused", f"redirects to an address that {error}") from error


def _host(name: str, *, bracketed: bool) -> str:
    """The host in the one form that is compared, resolved and asked."""
    if bracketed:
        try:
            return str(ipaddress.IPv6Address(name)) if "%" not in name else _refuse("has a zone in its host")
        except ValueError as error:
            raise FetchError("refused", "has no internet address in its brackets") from error
    name = _ascii(name).removesuffix(".")
    if not _NAME.match(name):
        raise FetchError("refused", "has no host" if not name else "has a host that can't be a name")
    if _NUMBER.match(name.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError as error:
            raise FetchError("refused", "has a host that is a number in an unusual form") from error
    return name


def _ascii(name: str) -> str:
    if name.isascii():
        return name.lower()
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise FetchError("refused", "has a host that can't be a name") from error


def _refuse(reason: str) -> str:
    raise FetchError("refused", reason)
