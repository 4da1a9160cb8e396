"""What the fuzzer once found stays mended, and its targets hold for bytes of any kind."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzzing.targets import TARGETS

FOUND = Path(__file__).parent / "fuzzing" / "found"
BEGINNINGS = (
    b"", b'{"text": ', b"title,text\n", b"<html>", b"<rss><channel>", b"PK\x03\x04", b"\x1f\x8b\x08", b"%PDF-1.4\n",
    b"Subject: a\nMIME-Version: 1.0\n", b"On Friday, 3/4/2025, from May to ", b"\xff\xfe", b"\xef\xbb\xbf",
)  # fmt: skip


@pytest.mark.parametrize("file", sorted(FOUND.glob("*-*")), ids=lambda file: file.name)
def test_what_the_fuzzer_found_is_mended(file):
    TARGETS[file.name.partition("-")[0]](file.read_bytes())


@pytest.mark.parametrize("target", sorted(TARGETS))
@settings(max_examples=25, deadline=None, derandomize=True)
@given(start=st.sampled_from(BEGINNINGS), data=st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(target, start, data):
    TARGETS[target](start + data)
