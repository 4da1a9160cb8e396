"""Which addresses are asked at all: their forms, and which internet addresses are public."""

import pytest

from events.fetching.addresses import parse, redirected
from events.fetching.errors import FetchError
from events.fetching.networks import is_public


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
        "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
        "3fff::1", "2001::1", "2002:7f00:1::", "100::1", "::ffff:127.0.0.1", "::ffff:a00:1", "::ffff:169.254.169.254",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "nonsense", "",
    ],
)  # fmt: skip
def test_what_is_not_the_public_internet_is_not_public(text):
    assert not is_public(text)


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "93.184.215.14", "172.32.0.1", "192.0.1.1", "223.255.255.1", "2606:2800:21f::1", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "2a00:1450::1"],
)  # fmt: skip
def test_what_is_the_public_internet_is_public(text):
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://017700000001/", "http://0177.0.0.1/",
        "http://127.1/", "http://127.0.1/", "http://127.000.000.001/", "http://0/", "http://1.2.3.4.5/",
        "http://127.0.0.0x1/", "http://256.1.1.1/", "http://example.1/", "http://①②⑦.⓪.⓪.1x.0x1/",
    ],
)  # fmt: skip
def test_numbers_in_forms_that_programs_read_in_several_ways_are_refused(text):
    with pytest.raises(FetchError) as error:
        parse(text)
    assert (error.value.kind, str(error.value)) == ("refused", "has a host that is a number in an unusual form")


def test_numbers_in_other_scripts_are_the_numbers_they_stand_for():
    assert parse("http://127。0。0。1/").host == "127.0.0.1"
    assert parse("http://１２７.0.0.1./").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file:///etc/passwd", "it must begin with http"), ("ftp://example.org/a", "it must begin with http"),
        ("javascript:alert(1)", "it must begin with http"), ("data:text/html,x", "it must begin with http"),
        ("example.org/a", "it must begin with http"), ("gopher://example.org/", "it must begin with http"),
        ("http:///a", "has no host"), ("http://user@example.org/", "a user's name"),
        ("http://example.org@127.0.0.1/", "a user's name"), ("http://example.org\\@127.0.0.1/", "backslashes"),
        ("http://exa mple.org/", "spaces"), ("http://example.org/\r\nHost: x", "spaces"),
        ("http://example.org/\u202egpj.exe", "invisible"), ("http://[::1", "no web address"),
        ("http://[fe80::1%25eth0]/", "zone"), ("http://[v1.x]/", ""), ("http://[127.0.0.1]/", ""),
        ("http://example.org:22/", "port 22"), ("http://example.org:25/", "port 25"), ("http://example.org:x/", "no web"),
        ("http://%31%32%37.0.0.1/", "can't be a name"), ("http://a..b/", "can't be a name"),
        ("http://" + "a" * 64 + ".org/", "can't be a name"), ("https://example.org/" + "a" * 2000, "longer than 2,000"),
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused_with_the_reason(text, reason):
    with pytest.raises(FetchError) as error:
        parse(text)
    assert error.value.kind == "refused"
    assert reason in str(error.value)


def test_an_address_is_taken_apart_into_one_form():
    address = parse("HTTPS://News.Example.:443/a b".replace(" ", "%20") + "?q=Ö#top")
    assert (address.scheme, address.host, address.port, address.target) == (
        "https", "news.example", 443, "/a%20b?q=%C3%96",
    )  # fmt: skip
    assert parse("http://[2606:2800:21F::0001]:8080/").origin == "http://[2606:2800:21f::1]:8080"
    assert parse("http://example.org:80").network == "example.org"


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "//user@10.0.0.1/", "http://0x7f.1/", "gopher://x/", "http://[::1"]
)
def test_a_redirect_to_what_is_no_web_address_is_refused(to):
    with pytest.raises(FetchError) as error:
        redirected(parse("https://example.org/a"), to)
    assert (error.value.kind, "redirects" in str(error.value)) == ("refused", True)
