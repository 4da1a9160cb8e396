"""The kinds of damage that lines of JSON and whole files have in a generated archive.

For benchmarks/generated_news.py. A kind is its name and what makes the damaged from the sound.
"""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable

from benchmarks.story_files import zipped

LINES: tuple[tuple[str, Callable[[dict[str, object]], str]], ...] = (
    ("cut off", lambda record: json.dumps(record)[:-40]),
    ("no text", lambda record: json.dumps({**record, "text": None})),
    ("a text of blanks", lambda record: json.dumps({**record, "text": " \n\t"})),
    ("a number for a text", lambda record: json.dumps({**record, "text": 7})),
    ("a list", lambda record: json.dumps([record["title"]])),
    ("no JSON", lambda record: str(record["text"])),
    ("single quotes", lambda record: str(record)),
    ("nested deeply", lambda _: "[" * 5_000),
    ("a number without end", lambda _: '{"text": ' + "9" * 6_000 + "}"),
    ("binary", lambda _: "\x01\x02\x1b[2J\x1b]0;title\x07\x7f"),
    ("a huge line", lambda _: '{"text": "' + "x" * 1_100_000 + '"}'),
    ("markup", lambda record: f"<script>alert(1)</script>{html.escape(str(record['text']))}"),
)
FILES: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("empty", "txt", lambda _: b""),
    ("blanks", "txt", lambda _: b" \r\n\t\x00\x00"),
    ("control characters", "txt", lambda _: bytes(range(1, 32)) * 300),
    ("a PDF cut off", "pdf", lambda _: b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 ob"),
    ("a PDF of noise", "pdf", lambda _: b"%PDF-1.4\n" + b"\xff\xfe stream endstream xref trailer" * 40),
    ("a zip cut off", "zip", lambda data: zipped([("a.txt", data)])[:-30]),
    ("a Word file cut off", "docx", lambda data: zipped([("word/document.xml", data)])[: len(data) // 2]),
    ("a Word file without words", "docx", lambda _: zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<")])),
    ("a .gz of noise", "gz", lambda _: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"noise" * 20),
    ("a bomb", "gz", lambda _: gzip.compress(bytes(18 << 20), mtime=0)),
    ("a page without words", "html", lambda _: b"<html><body><script>var a = 1;</script><nav>Home</nav></body></html>"),
    ("a page without end", "html", lambda _: b"<html><body>" + b"<div>" * 3_000),
    ("XML of another kind", "xml", lambda _: b"<?xml version='1.0'?><kml><Placemark/></kml>"),
    ("entities that grow", "xml", lambda _: _entities()),
)  # fmt: skip


def _entities() -> bytes:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaa">{declared}]><rss><channel>&a8;</channel></rss>'.encode()
