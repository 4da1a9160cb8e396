"""How well copies of one wire story are told from what only resembles them: adjusted Rand index, beside plain MinHash.

Reads data/reprints.jsonl, of our own writing: 30 wire stories, each with two to five copies edited as outlets do (cut
from the end or to a brief, new headline, local lead, merged paragraphs, corrected figure, byline and house style, British
spelling), and look-alikes that are no copies: follow-ups that repeat some background, updates that are nothing but a new
first paragraph above the old ones, the same event told anew. The bounds were set on the odd stories, as is the threshold
of plain MinHash (128 permutations, words in threes); the even ones are unseen. Published on reprinted wire copy, other
than ours: .78 for MinHash, .94 for a re-ranking model.

Run: python -m benchmarks.reprints [--errors]
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import numpy as np

from events.model import Story
from events.reprints import copy_of, groups, likeness

DATA = Path(__file__).resolve().parent / "data" / "reprints.jsonl"
PERMUTATIONS = 128
_BRITISH = (
    (r"\b(kilo|centi)?meter(s?)\b", r"\1metre\2"), (r"(organ|apolog|real)iz", r"\1is"), (r"\b(lab|fav|harb|arm)or", r"\1our"),
    (r"\bdefense\b", "defence"), (r"\bcanceled\b", "cancelled"), (r"\blicense\b", "licence"), (r"\btons\b", "tonnes"),
    (r"\bfiber\b", "fibre"), (r"\bhomes\b", "houses"), (r"\bpercent\b", "per cent"),
)  # fmt: skip

Labelled = list[tuple[Story, str]]


def labelled(half: str = "all") -> Labelled:
    """The stories with the label of the wire story that each is a copy of. half: "seen", "unseen" or "all"."""
    found: Labelled = []
    for number, line in enumerate(DATA.read_text(encoding="utf-8").splitlines(), 1):
        if half == "all" or (half == "seen") == bool(number % 2):
            found += _family(json.loads(line))
    return found


def _family(row: dict[str, Any]) -> Labelled:
    day, paragraphs = date.fromisoformat(row["published"]), row["paragraphs"]
    found = [(_story(row["id"], row["title"], paragraphs, day), row["id"])]
    for number, edits in enumerate(row["copies"], 1):
        title, edited = edited_copy(row["title"], paragraphs, edits)
        found.append((_story(f"{row['id']}-copy-{number}", title, edited, day + timedelta(number % 2)), row["id"]))
    for kind, days in (("follow_up", 3), ("update", 2)):
        if row[kind]:
            later = [*row[kind]["paragraphs"], *(paragraphs[n] for n in row[kind]["background"])]
            name = f"{row['id']}-{kind}"
            found.append((_story(name, "Later", later, day + timedelta(days)), name))
    if row["told_anew"]:
        name = f"{row['id']}-anew"
        found.append((_story(name, "Otherwise", [row["told_anew"]], day), name))
    return found


def _story(name: str, title: str, paragraphs: Sequence[str], day: date) -> Story:
    return Story(id=name, title=title, text="\n\n".join(paragraphs), published=day)


def edited_copy(title: str, paragraphs: Sequence[str], edits: Sequence[str]) -> tuple[str, list[str]]:
    """A headline and paragraphs as an outlet prints them after its edits, in their order.

    >>> edited_copy("Rain", ["It rained 9 hours.", "It stopped."], ["figure:9>8", "cut:1", "head:Wet"])
    ('Wet', ['It rained 8 hours.'])
    """
    text = list(paragraphs)
    for edit in edits:
        kind, _, value = edit.partition(":")
        if kind == "cut":
            text = text[: int(value) + (len(text) - len(paragraphs))]
        elif kind == "head":
            title = value
        elif kind == "lead":
            text = [value, *text]
        elif kind == "merge":
            at = min(int(value), len(text) - 2)
            text[at : at + 2] = [f"{text[at]} {text[at + 1]}"]
        elif kind == "figure":
            old, new = value.split(">")
            text = [paragraph.replace(old, new) for paragraph in text]
        elif kind == "byline":
            text = ["By our foreign desk", *text, "Reporting by Meridian Wire; editing by the foreign desk"]
        elif kind == "british":
            text = [_british(paragraph) for paragraph in text]
    return title, text


def _british(text: str) -> str:
    for pattern, spelling in _BRITISH:
        text = re.sub(pattern, spelling, text)
    return text


def adjusted_rand(found: Sequence[object], gold: Sequence[object]) -> float:
    """The adjusted Rand index of two labellings (Hubert and Arabie 1985).

    >>> adjusted_rand([1, 1, 2, 2], ["a", "a", "b", "b"]), round(adjusted_rand([1, 1, 1, 1], ["a", "a", "b", "b"]), 2)
    (1.0, 0.0)
    """

    def pairs(labels: Sequence[object]) -> int:
        return sum(comb(count, 2) for count in Counter(labels).values())

    both, one, other = pairs(list(zip(found, gold, strict=True))), pairs(found), pairs(gold)
    expected = one * other / comb(len(gold), 2)
    most = (one + other) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def ours(stories: Labelled) -> float:
    """The index of events.reprints."""
    found = {index: number for number, members in enumerate(groups([s for s, _ in stories])) for index in members}
    return adjusted_rand([found[index] for index in range(len(stories))], [label for _, label in stories])


def plain_minhash(stories: Labelled, threshold: float) -> float:
    """The index of plain MinHash, pairs above a threshold joined."""
    gold = [label for _, label in stories]
    return adjusted_rand(_linked(len(stories), _alike(stories), threshold), gold)


def best_threshold(stories: Labelled) -> float:
    """The threshold at which plain MinHash does best on these stories."""
    alike, gold = _alike(stories), [label for _, label in stories]
    tried = [step / 100 for step in range(10, 91, 5)]
    return max(tried, key=lambda threshold: adjusted_rand(_linked(len(stories), alike, threshold), gold))


def _alike(stories: Labelled) -> dict[tuple[int, int], float]:
    """How alike plain signatures are: 128 permutations of words in threes, headline and text."""
    factors = np.random.default_rng(1).integers(1, 1 << 63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
    signatures = []
    for story, _ in stories:
        words = re.findall(r"\w+", f"{story.title} {story.text}".lower())
        shingles = [" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)]
        hashes = np.array(
            [int.from_bytes(blake2b(s, digest_size=8).digest(), "big") for s in shingles], dtype=np.uint64
        )
        signatures.append(((hashes[:, None] * factors[None, :]) >> np.uint64(32)).min(axis=0))
    return {(a, b): float((signatures[a] == signatures[b]).mean()) for a, b in combinations(range(len(stories)), 2)}


def _linked(count: int, alike: dict[tuple[int, int], float], threshold: float) -> list[int]:
    leader = list(range(count))
    for (a, b), score in alike.items():
        if score >= threshold and leader[a] != leader[b]:
            old, new = leader[b], leader[a]
            leader = [new if name == old else name for name in leader]
    return leader


def figures() -> dict[str, float]:
    """The adjusted Rand index, all, and on the half that nothing was set on."""
    return {"reprints.ari": ours(labelled()), "reprints.unseen.ari": ours(labelled("unseen"))}


def main() -> None:
    """Print the figures beside the baseline; with --errors also the pairs that are told wrongly."""
    threshold = best_threshold(labelled("seen"))
    for half in ("all", "seen", "unseen"):
        stories = labelled(half)
        baseline = plain_minhash(stories, threshold)
        print(
            f"{half:7}{len(stories):4} stories  ARI {ours(stories):.3f}   plain MinHash at {threshold} {baseline:.3f}"
        )
    print("published: MinHash .78, re-ranking model .94")
    if "--errors" in sys.argv:
        _print_errors(labelled("seen"))


def _print_errors(stories: Labelled) -> None:
    found = {index: number for number, members in enumerate(groups([s for s, _ in stories])) for index in members}
    for (a, (one, label)), (b, (other, name)) in combinations(enumerate(stories), 2):
        if (found[a] == found[b]) != (label == name):
            print(one.id, other.id, round(likeness(copy_of(one), copy_of(other)), 2))


if __name__ == "__main__":
    main()
