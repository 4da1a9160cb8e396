"""Which internet addresses are public: all others are somebody's own network, this machine, or nobody's.

For connecting. From the IANA registries of special-purpose addresses (RFC 6890 and its updates), as of November 2026. An
address that carries an IPv4 address within is judged by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from events.fetching.errors import FetchError

# https://www.iana.org/assignments/iana-ipv4-special-registry
_NOT_PUBLIC_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # behind a provider's translation
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link; clouds answer there with secrets
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",  # measurements
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# https://www.iana.org/assignments/ipv6-unicast-address-assignments: nothing else is given out
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry, within it
_NOT_PUBLIC_6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # Teredo, ORCHID, benchmarks, ...
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: leads to any IPv4 address
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation
    )
)
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64, RFC 6052: what an IPv6-only network says for an IPv4 address


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Raise FetchError where an address of a host is not public. One condemns all: mixed answers are how a trap looks.

    >>> refuse_private("feeds.example", ["93.184.215.14", "10.0.0.1"])
    Traceback (most recent call last):
    events.fetching.errors.FetchError: is not asked: feeds.example is not in the public internet; an operator may allow it
    """
    if not all(is_public(address) for address in addresses):
        raise FetchError("refused", f"is not asked: {host} is not in the public internet; an operator may allow it")


def is_number(host: str) -> bool:
    """Whether a host is named by the numbers of its address.

    >>> is_number("10.0.0.5"), is_number("example.org")
    (True, False)
    """
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_public(text: str) -> bool:
    """Whether an internet address, as numbers, may be asked by anybody. What is no address is not.

    >>> [is_public(text) for text in ("93.184.215.14", "10.0.0.1", "::ffff:10.0.0.1", "2606:2800:21f::1", "fe80::1%eth0")]
    [True, False, False, True, False]
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_4)
    carried = _carried(address)
    if carried is not None:
        return is_public(str(carried))
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_PUBLIC_6)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped (::ffff:0:0/96) or translated."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _TRANSLATED else None
