"""An e-mail to stories: its body, plain or HTML, and what is attached to it. A saved web archive (.mht) is one too.

For files.py. Header lines fill in what the body doesn't say. A body that only covers its attachments is no story.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage, Message
from typing import Any

from events.model import Story, StoryError
from events.reading.archives import printable
from events.reading.encodings import decode
from events.reading.identity import plain_address, story_id
from events.reading.pages import fragment_paragraphs, read_page
from events.reading.paragraphs import squeezed, text_of
from events.reading.plain_stories import read_plain
from events.reading.publication_dates import day_of
from events.reading.result import MEMBER, Note, Problem, Result, joined, refused

Inner = Callable[[bytes, str], Result]

_MOST_PARTS = 1_000
_COVER_NOTE = 400  # characters of a body beside attachments that hold stories
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTE = re.compile(r"^>.*\n?", re.MULTILINE)
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s?:\s*){1,9}", re.IGNORECASE)
_SILENT = ("image/", "audio/", "video/", "font/", "text/css", "application/pkcs7", "application/pgp", "text/calendar")


@dataclass(frozen=True, slots=True)
class _Head:
    """What the header lines say."""

    subject: str
    day: date | None
    sender: str | None


def read_mail(data: bytes, name: str, inner: Inner) -> Result:
    """The stories of an e-mail and of its attachments, which `inner` reads; name stands in the problems."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = list(_parts(message))
        head = _head(message)
    except Exception as error:  # the parser of header lines breaks on hostile ones
        return refused(name, f"is an e-mail that can't be read: {type(error).__name__}")
    if len(parts) > _MOST_PARTS:
        return refused(name, f"is an e-mail of more than {_MOST_PARTS:,} parts")
    attached = joined(_attachment(part, name, number, inner) for number, part in enumerate(_attachments(parts), 1))
    body = _body(parts, head, name)
    if attached.stories and sum(len(story.text) for story in body.stories) < _COVER_NOTE:
        note = Note(name, "the mail's own words are taken as a cover note to its attachments and left out")
        body = Result(notes=(note,) if body.stories else ())
    elif not body.stories and (attached.stories or attached.problems):
        body = Result()
    elif not body.stories and not body.problems:
        return refused(name, "is an e-mail without a text")
    return joined([(name, body), (name, attached)])


def _parts(message: Message) -> Iterator[Message]:
    """The parts with a content, those of forwarded mails left to whoever reads these."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting and seen <= _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [*(p for p in payload if isinstance(p, Message)), *waiting]
        else:
            yield part


def _head(message: Message) -> _Head:
    subject = _PREFIX.sub("", squeezed(str(message.get("Subject") or ""))[:1000])
    sender = squeezed(str(message.get("From") or ""))[:300]
    shown = sender.partition("<")[0].strip(" \"'") or sender.strip("<>")
    return _Head(subject, day_of(str(message.get("Date") or "")[:120]), shown or None)


# ------------------------------------------------------------------ the body


def _body(parts: list[Message], head: _Head, name: str) -> Result:
    """The stories of the body: of its HTML where that is a saved page, else of its plain text, else of its HTML."""
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    plain = [part for part in texts if part.get_content_subtype() == "plain"]
    pages = [part for part in texts if part.get_content_subtype() == "html"]
    saved = next(((part, address) for part in pages if (address := _saved_from(part, parts[0]))), None)
    if saved is not None:
        page, address = saved
        return read_page(_text(page), name, address)
    words = "\n\n".join(_text(part) for part in plain)
    words = _QUOTE.sub("", _SIGNATURE.split(words.replace("\r\n", "\n"))[0])
    if words.strip():
        result = read_plain(words, name)
        stories = result.stories
        return Result(tuple(_with_head(s, head, alone=len(stories) == 1) for s in stories), result.problems)
    return _of_html("".join(_text(part) for part in pages), head, name)


def _of_html(markup: str, head: _Head, name: str) -> Result:
    if not markup.strip():
        return Result()
    try:
        text, captions = text_of(fragment_paragraphs(markup))
    except StoryError as error:
        return refused(name, f"is an e-mail whose text {error}")
    if not text:
        return Result()
    return Result((_with_head(Story(id="", text=text, captions=captions), head, alone=True),))


def _with_head(story: Story, head: _Head, *, alone: bool) -> Story:
    """The story with what its mail says of it and it doesn't say itself, under an id made of all."""
    title = story.title or (head.subject if alone else "")
    published, source = story.published or head.day, story.source or head.sender
    basis = story.published_basis if story.published else "header" if published else None
    return story.model_copy(
        update={
            "id": story_id(title, story.text, published, story.url, source),
            "title": title,
            "published": published,
            "published_basis": basis,
            "source": source,
        }
    )


def _saved_from(part: Message, top: Message) -> str | None:
    """The address of a page that a browser saved as a web archive."""
    told = str(part.get("Content-Location") or top.get("Snapshot-Content-Location") or "")
    return plain_address(told)


def _text(part: Message) -> str:
    """The words of a part, by its own charset, or as the bytes look where that is wrong."""
    data = _bytes(part)
    charset = part.get_content_charset("")
    try:
        return data.decode(charset) if charset else decode(data).text
    except (LookupError, ValueError):
        try:
            return decode(data).text
        except StoryError:
            return ""


def _bytes(part: Message) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


# ------------------------------------------------------------------ what is attached


def _attachments(parts: list[Message]) -> list[Message]:
    """The parts that may hold stories of their own; pictures and signatures are passed over."""
    return [
        part
        for part in parts
        if (part.get_content_maintype() == "message" or _is_attached(part))
        and not part.get_content_type().startswith(_SILENT)
    ]


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() not in {"text", "image", "multipart"} or bool(_name(part))


def _name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _attachment(part: Message, name: str, number: int, inner: Inner) -> tuple[str, Result]:
    own = f"{name}{MEMBER}{printable(_name(part)) or f'attachment {number}'}"
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        forwarded = payload[0]
        data = forwarded.as_bytes() if isinstance(forwarded, EmailMessage | Message) else b""
    else:
        data = _bytes(part)
    if not data:
        return own, Result(problems=(Problem(own, None, "is empty"),))
    return own, inner(data, own)
