"""News by the thousand with damage of many kinds in it, and beside each piece what a reader must make of it.

For benchmarks/soak.py. A batch is one file as it would come in: lines of JSON, a table, pages, feeds, mails, Word, PDF and
archives. Damage never takes a good story with it, so each batch knows the headlines that must come out and the file and
line that must be named.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import docx

Named = tuple[str, int | None]  # a file, a line of it

TOWNS = "Kisumu Gdynia Arequipa Batna Sokoto Muscat Beira Cork Tromso Hilo Oran Lviv Nukus Padang Salto Turku".split()
THINGS = (
    ("a fire", "burned down", "a market hall"), ("a flood", "swept away", "a footbridge"),
    ("an earthquake", "damaged", "a row of houses"), ("a storm", "tore open", "the roof of a school"),
    ("a landslide", "buried", "a stretch of road"), ("a blast", "wrecked", "a grain store"),
)  # fmt: skip
WHO = ("the mayor", "a police officer", "the fire service", "a hospital doctor", "the harbour master", "a teacher")
YEARS = (2006, 2025)  # an archive's: of one year alone, a hundred thousand stories are nine fires a town and day
AFTER = (
    "Nobody was hurt.", "Two people were taken to hospital.", "Traffic was held up until the evening.",
    "Repairs will take a month.", "An inquiry has begun.", "Neighbours gave shelter to the families.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """A story of our own making; its number makes headline and text like no other's."""

    number: int
    title: str
    text: str
    published: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One file: its content, the headlines that must come out, and what must be named as bad, by the kind of damage."""

    name: str
    data: bytes
    good: frozenset[str]
    bad: dict[Named, str]


def news(number: int, chance: random.Random) -> News:
    """A short story about a town and a day.

    >>> told = news(7, random.Random(1))
    >>> told.title.endswith("no. 7"), "no. 7 " in told.text
    (True, True)
    """
    town, (cause, did, what) = chance.choice(TOWNS), chance.choice(THINGS)
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(*YEARS)
    said, after = chance.choice(WHO), chance.sample(AFTER, 2)
    text = (
        f"{cause.capitalize()} {did} {what} in {town} on Monday, {said} said in notice no. {number} to the town. "
        f"{after[0]} It was the {chance.randint(2, 90)}th call of the year for the {chance.randint(3, 60)} volunteers "
        f"on duty. {after[1]}"
    )
    return News(number, f"{cause.split()[1].capitalize()} in {town}, no. {number}", text, f"{year}-{month:02}-{day:02}")


def batches(number: int, share: float, seed: int) -> Iterator[Batch]:
    """Files with `number` stories in all, of which about a share is damaged; some kinds of file come oftener than others."""
    chance = random.Random(seed)
    begun, count = 0, 0
    while begun < number:
        make, size = chance.choices(MAKERS, WEIGHTS)[0]
        size = min(size, number - begun)
        stories = [news(begun + index, chance) for index in range(size)]
        spoiled = {index for index in range(size) if chance.random() < share}
        yield make(f"batch-{count:05}", stories, spoiled, chance)
        begun, count = begun + size, count + 1


# ------------------------------------------------------------------ lines and tables


def _record(story: News) -> dict[str, object]:
    own = f"https://news.example/{story.number}"
    return {"title": story.title, "text": story.text, "published": story.published, "url": own, "source": "Test Wire"}


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


def json_lines(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """Lines of JSON; a bad one is named by its number."""
    bad: dict[Named, str] = {}
    lines = []
    for index, story in enumerate(stories):
        line = json.dumps(_record(story), ensure_ascii=chance.random() < 0.5)
        if index in spoiled:
            rare = chance.random() < 0.02  # a megabyte each
            kind, damage = LINES[10] if rare else chance.choice(LINES[:10] + LINES[11:])
            line, bad[f"{name}.jsonl", index + 1] = damage(_record(story)), kind
        lines.append(line)
    return Batch(f"{name}.jsonl", "\n".join(lines).encode(), _titles(stories, spoiled), bad)


def table(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """A table with commas; a row without a text or with too many cells is named by its line."""
    bad: dict[Named, str] = {}
    rows = ["title,text,published"]
    for index, story in enumerate(stories):
        row = f'"{story.title}","{story.text}",{story.published}'
        if index in spoiled:
            kind, row = chance.choice((
                ("no text in the row", f'"{story.title}",,{story.published}'),
                ("too many cells", f'"{story.title}","{story.text}",{story.published},more,and more'),
            ))  # fmt: skip
            bad[f"{name}.csv", index + 2] = kind
        rows.append(row)
    return Batch(f"{name}.csv", "\n".join(rows).encode(), _titles(stories, spoiled), bad)


# ------------------------------------------------------------------ one file, one story


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


FORMS = (("html", page), ("eml", mail), ("txt", plain), ("docx", word), ("txt.gz", packed))
FILES: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("empty", "txt", lambda _: b""),
    ("blanks", "txt", lambda _: b" \r\n\t\x00\x00"),
    ("control characters", "txt", lambda _: bytes(range(1, 32)) * 300),
    ("a PDF cut off", "pdf", lambda _: b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 ob"),
    ("a PDF of noise", "pdf", lambda _: b"%PDF-1.4\n" + b"\xff\xfe stream endstream xref trailer" * 40),
    ("a zip cut off", "zip", lambda data: _zipped([("a.txt", data)])[:-30]),
    ("a Word file cut off", "docx", lambda data: _zipped([("word/document.xml", data)])[: len(data) // 2]),
    ("a Word file without words", "docx", lambda _: _zipped([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<")])),
    ("a .gz of noise", "gz", lambda _: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"noise" * 20),
    ("a bomb", "gz", lambda _: gzip.compress(bytes(18 << 20), mtime=0)),
    ("a page without words", "html", lambda _: b"<html><body><script>var a = 1;</script><nav>Home</nav></body></html>"),
    ("a page without end", "html", lambda _: b"<html><body>" + b"<div>" * 3_000),
    ("XML of another kind", "xml", lambda _: b"<?xml version='1.0'?><kml><Placemark/></kml>"),
    ("entities that grow", "xml", lambda _: _entities()),
)  # fmt: skip


def single(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """A file with one story, or what is left of it."""
    (story,) = stories
    if spoiled:
        kind, ending, damage = chance.choice(FILES)
        own = f"{name}.{ending}"
        return Batch(own, damage(plain(story)), frozenset(), {(own, None): kind})
    ending, make = chance.choice(FORMS)
    return Batch(f"{name}.{ending}", make(story), frozenset({story.title}), {})


def archive(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """A zip of pages, mails and texts, with broken ones among them that are named behind the archive."""
    bad: dict[Named, str] = {}
    members = []
    for index, story in enumerate(stories):
        if index in spoiled:
            kind, ending, damage = chance.choice(FILES)
            own, data = f"{index:03}.{ending}", damage(plain(story))
            bad[f"{name}.zip > {own}", None] = kind
        else:
            ending, make = chance.choice(FORMS[1:3])
            own, data = f"{index:03}.{ending}", make(story)
        members.append((own, data))
    return Batch(f"{name}.zip", _zipped(members), _titles(stories, spoiled), bad)


def feed(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """An RSS feed with its texts; an entry that says nothing is named by its number."""
    bad: dict[Named, str] = {}
    items = []
    for index, story in enumerate(stories):
        if index in spoiled:
            items.append(chance.choice(("<item></item>", "<item><title> </title><description/></item>")))
            bad[f"{name}.xml", index + 1] = "an entry without words"
        else:
            said = html.escape(f"<p>{story.text}</p>")
            items.append(
                f"<item><title>{story.title}</title><link>https://news.example/{story.number}</link>"
                f"<pubDate>{story.published}</pubDate><description>{said}</description></item>"
            )
    data = f"<rss version='2.0'><channel><title>Test Wire</title>{''.join(items)}</channel></rss>"
    return Batch(f"{name}.xml", data.encode(), _titles(stories, spoiled), bad)


MAKERS = ((json_lines, 400), (table, 200), (archive, 40), (feed, 25), (single, 1))
WEIGHTS = (6, 3, 3, 3, 40)


def kinds() -> int:
    """How many kinds of damage there are.

    >>> kinds()
    29
    """
    return len(LINES) + len(FILES) + 3


def _titles(stories: list[News], spoiled: set[int]) -> frozenset[str]:
    return frozenset(story.title for index, story in enumerate(stories) if index not in spoiled)


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, data in members:
            packing.writestr(name, data)
    return buffer.getvalue()


def _entities() -> bytes:
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaa">{declared}]><rss><channel>&a8;</channel></rss>'.encode()
