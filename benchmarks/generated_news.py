"""News by the thousand with damage of many kinds in it, and beside each piece what a reader must make of it.

For benchmarks/soak.py. A batch is one file as it would come in: lines of JSON, a table, pages, feeds, mails, Word, PDF and
archives. Damage never takes a good story with it, so each batch knows the headlines that must come out and the file and
line that must be named.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.damage import FILES, LINES
from benchmarks.generated_stories import News, news
from benchmarks.story_files import FORMS, plain, record_of, zipped

Named = tuple[str, int | None]  # a file, a line of it


@dataclass(frozen=True, slots=True)
class Batch:
    """One file: its content, the headlines that must come out, and what must be named as bad, by the kind of damage."""

    name: str
    data: bytes
    good: frozenset[str]
    bad: dict[Named, str]


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


def json_lines(name: str, stories: list[News], spoiled: set[int], chance: random.Random) -> Batch:
    """Lines of JSON; a bad one is named by its number."""
    bad: dict[Named, str] = {}
    lines = []
    for index, story in enumerate(stories):
        line = json.dumps(record_of(story), ensure_ascii=chance.random() < 0.5)
        if index in spoiled:
            rare = chance.random() < 0.02  # a megabyte each
            kind, damage = LINES[10] if rare else chance.choice(LINES[:10] + LINES[11:])
            line, bad[f"{name}.jsonl", index + 1] = damage(record_of(story)), kind
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
    return Batch(f"{name}.zip", zipped(members), _titles(stories, spoiled), bad)


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
