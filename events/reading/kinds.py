"""What an input is, told by its first bytes: a document, an archive, a mail, a page, a feed, or text.

For files.py. The name of a file only helps where its content leaves it open. Every look is at a head of bounded length.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

Kind = Literal["pdf", "zip", "gzip", "mail", "page", "feed", "markup", "text"]

_HEAD = 64_000
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_PAGE = frozenset(
    "html head body div article main section p h1 h2 header figure span table meta title link script style base nav ul "
    "center font blockquote iframe form img a b i em strong br ol dl aside".split()
)
_FEED = frozenset({"rss", "feed", "rdf"})
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]{0,4}:[^\n]{0,4000}\n")
_PROOF = re.compile(
    rb"(?:message-id|mime-version|received|return-path|delivered-to|content-type|content-transfer-encoding|x-mailer)"
    rb"[ \t]{0,4}:",
    re.IGNORECASE,
)
_MOST_FIELDS = 400


def kind_of(data: bytes, name: str = "") -> Kind:
    r"""What the bytes are; "markup" is XML that is neither page nor feed.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"<!-- saved --><rss version='2.0'>"), kind_of(b"It rained.")
    ('pdf', 'feed', 'text')
    >>> kind_of(b"Subject: Rain\nMessage-ID: <1@example.org>\n\nIt rained.")
    'mail'
    """
    if b"%PDF-" in data[:1024] and not data[:1].isalpha():
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if is_mail(data, name):
        return "mail"
    if _is_lines_of_json(data, name):
        return "text"
    return markup_kind(_head(data))


def _is_lines_of_json(data: bytes, name: str) -> bool:
    """Whether a file that calls itself lines of JSON holds such, though its first line be something else that broke in."""
    if not name.lower().endswith((".jsonl", ".ndjson")):
        return False
    return any(line.lstrip().startswith(b'{"') for line in data[:_HEAD].split(b"\n")[1:])


def markup_kind(text: str) -> Kind:
    """Whether a text is a page, a feed, other XML, or no markup at all.

    >>> markup_kind("<p>It rained.</p>"), markup_kind("<kml><Placemark/></kml>"), markup_kind("<it rained>")
    ('page', 'markup', 'text')
    """
    head = text[:_HEAD].lstrip("\ufeff\x00 \t\r\n\f")
    if not head.startswith("<"):
        return "text"
    start, is_xml, is_page = _root_at(head)
    if is_page:
        return "page"
    root = _ROOT.match(head, start)
    if root is None:
        return "markup" if is_xml else "text"
    local = root[2].lower()
    if local in _FEED:
        return "feed"
    if local in _PAGE:
        return "page"
    return "markup" if is_xml or f"</{root[1] or ''}{root[2]}" in text[-2000:] else "text"


def _root_at(head: str) -> tuple[int, bool, bool]:
    """Where the first element begins behind comments, instructions and the document type; whether XML, whether HTML."""
    at, is_xml = 0, False
    while at < len(head):
        if head[at].isspace():
            at += 1
            continue
        opening = next((o for o in ("<!--", "<?", "<!") if head.startswith(o, at)), None)
        if opening is None:
            break
        is_xml = is_xml or head[at : at + 5].lower() == "<?xml"
        if head[at : at + 14].lower() == "<!doctype html":
            return at, is_xml, True
        closing = {"<!--": "-->", "<?": ">", "<!": ">"}[opening]
        end = head.find(closing, at)
        if end < 0:
            return at, is_xml, opening == "<!--"
        inner = head.find("[", at, end) if opening == "<!" else -1
        if inner >= 0:  # a document type with declarations of its own
            end = max(end, head.find("]>", inner) + 1)
        at = end + len(closing)
    return at, is_xml, False


def is_mail(data: bytes, name: str = "") -> bool:
    """Whether the bytes are an e-mail: header lines at once, and one among them that only mail programs write."""
    at, fields, proof = 0, 0, False
    if data.startswith(b"From ") and b"\n" in data[:300]:  # the first line of a mailbox file
        at = data.index(b"\n") + 1
    while at < min(len(data), _HEAD) and fields < _MOST_FIELDS:
        if data[at : at + 1] in b" \t" and fields:
            end = data.find(b"\n", at, at + 4000)
        else:
            line = _FIELD.match(data, at)
            if not line:
                break
            proof = proof or bool(_PROOF.match(data, at))
            end, fields = line.end() - 1, fields + 1
        if end < 0:
            break
        at = end + 1
    ends = data[at : at + 2] in {b"\r\n", b""} or data[at : at + 1] == b"\n"
    return fields > 1 and ends and (proof or name.lower().endswith((".eml", ".mht", ".mhtml")))


def _head(data: bytes) -> str:
    """The first bytes as a text in which markup can be told."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace")
    if head[1:2] == b"\x00" and head[:1] == b"<":
        return head.decode("utf-16-le", errors="replace")
    if head[:2] == b"\x00<":
        return head.decode("utf-16-be", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
