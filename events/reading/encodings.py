"""Bytes to text, or the reason why they are none.

For the readers of files. A byte order mark decides; then UTF-8, UTF-16 without a mark, the one-byte encodings of
English news weighed against one another, and charset-normalizer for the rest of the world.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from events.model import StoryError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
)
_TAR = (257, b"ustar")  # where in a file, and what
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})|<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 16_384
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b"))
_MOST_CONTROLS = 0.01  # of a text that is one: a stray NUL, a typesetter's mark
_SAMPLE = 200_000
_ENGLISH_ENCODINGS = ("cp1252", "mac_roman", "cp1250", "cp850")
_FOREIGN = 0.15  # share of high bytes from which a text is hardly English
_SMALL = "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžßăąćčďđęěğłľńňőřśşťţůűźż"
_CAPITAL = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŒŠŽĂĄĆČĎĐĘĚŁĽŃŇŐŘŚŞŤŢŮŰŹŻ"
_LIKELY = re.compile(
    rf"[A-Za-z][{_SMALL}]|[{_SMALL}][a-z]|\b[{_CAPITAL}][a-z{_SMALL}]|[“‘][\w$£€]|[\w.,!?%)][”’]|\s[–—]\s|\w[–—]\w|"
    r"[£€]\d|…"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the number of its first line with bytes that were not of its encoding (from 1; None: none)."""

    text: str
    damaged_line: int | None = None


def decode(data: bytes) -> Decoded:
    r"""The text that the bytes are. Raises StoryError with the reason when they are none.

    >>> decode(b"The caf\xe9 \x93burned\x94").text
    'The café “burned”'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(data, encoding)
    kind = next((kind for magic, kind in _FORMATS if data.startswith(magic)), None)
    if data.startswith(_TAR[1], _TAR[0]):
        kind = "a tar archive"
    if kind:
        raise StoryError(f"is no text but {kind}")
    wide = _utf_16_order(data[:_SAMPLE])
    if wide:
        return _by_mark(data, wide)
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        raise StoryError("is no text: it is full of control characters")
    return _by_content(data)


def decode_markup(data: bytes) -> Decoded:
    r"""The text of a page or a feed: as `decode`, but what is not UTF-8 is what the page says it is.

    >>> decode_markup(b'<meta charset="koi8-r"><p>\xed\xc9\xd2').text[-3:]
    'Мир'
    """
    declared = _DECLARED.search(data[:_HEAD])
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            return Decoded(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
        name = (declared[1] or declared[2]).decode("ascii", errors="replace").lower()
        name = "cp1252" if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name
        try:
            if name not in {"utf-8", "utf8"} and codecs.lookup(name).encode("a")[0] == b"a":
                return Decoded(data.decode(name, errors="replace"))
        except (LookupError, ValueError, TypeError, AttributeError):
            pass
    return decode(data)


def _by_mark(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    broken = text.find("\ufffd")
    return Decoded(text, None if broken < 0 else text.count("\n", 0, broken) + 1)


def _utf_16_order(sample: bytes) -> str | None:
    """Latin letters in UTF-16 have a zero byte each, all on the same side."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    first, second = sample[0 : 2 * pairs : 2].count(0) / pairs, sample[1 : 2 * pairs : 2].count(0) / pairs
    if second > 0.4 and first < 0.05:
        return "utf-16-le"
    return "utf-16-be" if first > 0.4 and second < 0.05 else None


def _by_content(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken = error.start
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    patched = data.decode("utf-8", errors=_PATCH)
    if len(patched) <= len(data) - high / 4:  # most high bytes are whole UTF-8 sequences: damaged, not of another kind
        return Decoded(patched, data.count(b"\n", 0, broken) + 1)
    if high < _FOREIGN * len(data):
        return Decoded(max((data.decode(e, errors="replace") for e in _ENGLISH_ENCODINGS), key=_likeliness))
    best = from_bytes(data[:_SAMPLE]).best()
    return Decoded(data.decode(best.encoding if best else "cp1252", errors="replace"))


def _likeliness(text: str) -> int:
    """How many characters beyond ASCII stand where such letters, quotes and dashes do; of equals the first wins."""
    sample = text[:_SAMPLE]
    return 2 * len(_LIKELY.findall(sample)) - sum(char > "\x7f" for char in sample) - 5 * sample.count("\ufffd")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The byte that broke UTF-8 read as Windows-1252: what pasted quotation marks are."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", errors="replace"), error.start + 1


_PATCH = "events.reading.as_windows"
codecs.register_error(_PATCH, _as_windows)
