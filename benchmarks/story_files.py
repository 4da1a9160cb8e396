"""A story as a file of its own, in the forms in which news come: a page, a mail, a text, a Word document, a .gz.

For benchmarks/generated_news.py and the fuzzing.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import zipfile

import docx

from benchmarks.generated_stories import News


def page(story: News) -> bytes:
    """A page with a menu, a banner and links around its article."""
    said = html.escape(story.text)
    return (
        f'<!doctype html><html><head><title>{story.title} | Test Wire</title><meta charset="utf-8">'
        f'<meta property="og:title" content="{story.title}">'
        f'<meta property="article:published_time" content="{story.published}T08:00:00Z"></head><body>'
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><div class='cookie'>We use cookies. Accept all</div>"
        f"<article><h1>{story.title}</h1><p>{said}</p></article><footer>About us</footer></body></html>"
    ).encode()


def mail(story: News) -> bytes:
    """A mail as a press office sends it."""
    head = f"From: Desk <desk@news.example>\nSubject: {story.title}\nDate: {story.published}\nMIME-Version: 1.0\n"
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return (head + kind + base64.encodebytes(story.text.encode()).decode()).encode()


def plain(story: News) -> bytes:
    """A headline and a text."""
    return f"{story.title}\n\n{story.text}\n".encode()


def word(story: News) -> bytes:
    """A Word document."""
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(story.title, style="Title")
    document.add_paragraph(story.text)
    document.save(buffer)
    return buffer.getvalue()


def packed(story: News) -> bytes:
    """A text in a .gz."""
    return gzip.compress(plain(story), mtime=0)


def record_of(story: News) -> dict[str, object]:
    """A story as JSON by the contract."""
    own = f"https://news.example/{story.number}"
    return {"title": story.title, "text": story.text, "published": story.published, "url": own, "source": "Test Wire"}


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """Files by name in a .zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, data in members:
            packing.writestr(name, data)
    return buffer.getvalue()


FORMS = (("html", page), ("eml", mail), ("txt", plain), ("docx", word), ("txt.gz", packed))
