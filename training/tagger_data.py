"""What the tagger learns from: marked sentences out of public name corpora and our own news, as windows with labels.

For train_tagger. Names come from all of it, happenings from our own news only. The public corpora mark no demonyms, so
there a word outside a name may be one: its label is UNSURE, "no name or a demonym".
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from events.extraction.sentences import split
from events.extraction.tagging.tagger_windows import Pieces, pieces, windows
from events.model import STATUSES, Story
from events.ontology import TYPES

SOURCES = {
    "names_uner_ewt_dev.jsonl": "2801ada8fc90cb6fa8177f6ab14da27197b3912b6bfa9b5900ccd910a3b0cc63",
    "names_wikigold.jsonl": "1b6935dd0ea06cf01c8798c85c489a982d4d681a100896e7c115224b37dcbc4f",
    "names_crossner_politics_train.jsonl": "361c348a60147170d7d78cbebde1f27c70839e96355acec947c60c1681bee8dc",
    "names_crossner_politics_dev.jsonl": "4759a10c99c8b586c278c1674220cee88ca2135d3852e4da6cddc4acded63391",
    "names_crossner_politics_test.jsonl": "459af4fc2d98f03637d45208dace0263da69526c7782f39a22a3de86e446a227",
}
OWN_NEWS = {
    "africa.jsonl": "ece0f68ec2edb78fea34a9ce0feb0bee757ff715a110e14c24c7454cc10567c4",
    "americas.jsonl": "56fff9e540277539ae3866cbe83a79e0d442f3427437a79fa4819a64bec3bb8c",
    "asia.jsonl": "3b40e827924e92b21965c53a0c121555b2176fdc82879c311ef39b70565f7447",
    "europe.jsonl": "b798c735923e9fc15cab5f879e17caaac492df22a4eaf2c747124ddc67ae147d",
    "mideast.jsonl": "4cb11ed30a739269d612b24b7d6a674cff3bbbb10df720e1b1ad64da247e4575",
    "words.jsonl": "f0b7f81975d7526423f744581301c4a273906ea7bb60dae4027563ba91389cf2",
    "pairs.jsonl": "e23c7c236da1addabb9b3d7696e04b091fce576fe6958775add4040761701c3f",
    "long-asia.jsonl": "81f1a5d895910ea871506313b374fb7026832a7f27867748aa3a88c5dfa2b854",
    "long-afme.jsonl": "2d231a192457f8bde23cea56697ffca5bac801575876e89811b0d49f7c57603e",
    "long-world.jsonl": "26681c6c81c1b61246dc933a43e112d866ce7666ab2e63f1ae84482251bb2a23",
    "long-amer.jsonl": "63e0a4f34fc2efe3ec6c32f5b6273bd7a5da62e366918cbb0dfeb905580a57d5",
    "more-afme.jsonl": "f68f53073a10f8a54624fe063d04ac6fb673f9e17ce290240127505c03637bc6",
    "more-amer.jsonl": "82c5c273a7235948943c5e79541fd31ce90578ebee02bea57ab3759a7aafe464",
    "more-asia.jsonl": "9e1e981f943fdd288c693c531337275794b0da122281dd6a83ecdaf0e977ac8f",
    "more-world.jsonl": "4abde6cb0e37a98b585fd3505af93fc521c81a7c752acac6c059b07227fdd192",
    "quiet-afme.jsonl": "a056c2915f8d57690201f19a9ebd1d4065ef8a98595e0d314ca58b29607f2504",
    "quiet-amer.jsonl": "a5b811bbd7c1f3bfa741596d7aef34ee2fbbe7c6c7072d1c4260d774dd2de626",
    "quiet-asia.jsonl": "c14ef9ddd03bf1e669535aa54a1bc6866b3218447e94aff8ed8538eaba996d0c",
}
OWN_FOLDER = Path(__file__).parent / "own-news"
NAME_LABELS = ("O", *(f"{begin}-{label}" for label in ("PER", "ORG", "LOC", "DEM") for begin in "BI"))
TRIGGER_LABELS = ("O", "B", "I")
TYPE_NAMES = tuple(TYPES)
UNSURE = len(NAME_LABELS)  # outside every name, or in a demonym
IGNORE = -100
HELD_OUT = 0.15
FIELDS = ("name", "trigger", "type", "status", "core")  # of a word's labels
AUXILIARIES = frozenset("will would to be been being is are was were has have had not".split())


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one word: name, trigger, type, status and core, each an index or IGNORE."""

    name: int
    trigger: int = IGNORE
    type: int = IGNORE
    status: int = IGNORE
    core: int = IGNORE


@dataclass(slots=True)
class Passage:
    """Consecutive sentences that are read together: their texts, the words' labels, whether the first is a headline."""

    texts: list[str]
    labels: list[list[Labels]] = field(default_factory=list)
    title: bool = False


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file. Raises SystemExit when they are not the ones that the recipe was written for."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{path} is not the file that the recipe expects (SHA-256 differs); see training/README.md")
    return data


def public_names(data: Path) -> Iterator[list[tuple[str, list[tuple[int, int, str]]]]]:
    """Of each public corpus, its sentences in order with the (start, end, label) of their names."""
    for name, sha256 in SOURCES.items():
        rows = [json.loads(line) for line in checked(data / name, sha256).decode().splitlines()]
        yield [from_tags(row["tokens"], row["tags"]) for row in rows]


def from_tags(tokens: Sequence[str], tags: Sequence[str]) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence's text and its names' spans from tokens with BIO tags.

    >>> from_tags(["In", "New", "York"], ["O", "B-LOC", "I-LOC"])
    ('In New York', [(3, 11, 'LOC')])
    """
    spans: list[tuple[int, int, str]] = []
    at = 0
    for token, tag in zip(tokens, tags, strict=True):
        if tag.startswith("B-"):
            spans.append((at, at + len(token), tag[2:]))
        elif tag.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], at + len(token), spans[-1][2])
        at += len(token) + 1
    return " ".join(tokens), spans


def own_stories(folder: Path = OWN_FOLDER) -> list[dict[str, Any]]:
    """Our own news stories, each with its marks."""
    texts = (checked(folder / name, sha256).decode() for name, sha256 in OWN_NEWS.items())
    return [json.loads(line) for text in texts for line in text.splitlines()]


def story_of(row: dict[str, Any]) -> Story:
    """A marked story as the product reads it, its publication day given."""
    return Story(id=row["id"], title=row["title"], text=row["text"], published=date.fromisoformat(row["published"]))


def is_held_out(story_id: str) -> bool:
    """Whether a story is of the share by which the recipe is judged."""
    return int(hashlib.sha256(story_id.encode()).hexdigest()[:8], 16) / 16**8 < HELD_OUT


def own_passage(row: dict[str, Any], pieces_of: PieceCache) -> Passage:
    """A story of our own as one passage, split into sentences as at run time."""
    sentences = split(Story(id=row["id"], title=row["title"], text=row["text"]))
    passage = Passage([s.text for s in sentences], title=bool(row["title"].strip()))
    for sentence in sentences:
        words = [(a + sentence.start, b + sentence.start) for _, a, b in pieces_of(sentence.text).words]
        passage.labels.append(_own_labels(row, sentence.part, words))
    return passage


def _own_labels(row: dict[str, Any], part: str, words: list[tuple[int, int]]) -> list[Labels]:
    names = word_labels(words, [(m["start"], m["end"], m["label"]) for m in row["names"] if m["part"] == part], 0)
    triggers = [
        (_after_auxiliaries(row[part], t["start"], t["end"]), t["end"], event)
        for event in row["events"] for t in event["triggers"] if t["part"] == part
    ]  # fmt: skip
    found = []
    for (start, end), name in zip(words, names, strict=True):
        covering = [(a, event) for a, b, event in triggers if a <= start and end <= b]
        if not covering:
            found.append(Labels(name, trigger=0))
            continue
        begin, event = covering[0]
        found.append(
            Labels(
                name, 1 if start == begin else 2, TYPE_NAMES.index(event["type"]), STATUSES.index(event["status"]),
                int(event["core"]),
            )
        )  # fmt: skip
    return found


def _after_auxiliaries(text: str, start: int, end: int) -> int:
    """Where the trigger's first own word begins: "will be sentenced" is about "sentenced".

    >>> _after_auxiliaries("She will be sentenced.", 4, 21)
    12
    """
    begin = start
    for word in text[start:end].split():
        if word.lower() not in AUXILIARIES:
            return text.index(word, begin)
        begin = text.index(word, begin) + len(word)
    return start


def word_labels(words: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, str]], outside: int) -> list[int]:
    """The name label of each word; `outside` for those in no name. A name takes the words that overlap it."""
    labels = [outside] * len(words)
    for start, end, label in spans:
        begun = False
        for i, (a, b) in enumerate(words):
            if a < end and b > start:
                labels[i] = NAME_LABELS.index(("I-" if begun else "B-") + label)
                begun = True
    return labels


def public_passages(data: Path, pieces_of: PieceCache, chooser: random.Random) -> list[Passage]:
    """The public corpora as passages of one to six consecutive sentences."""
    passages = []
    corpora = list(public_names(data))
    for corpus in [corpora[0], corpora[0], *corpora]:  # the web's own way of writing, thrice: there is little of it
        at = 0
        while at < len(corpus):
            taken = corpus[at : at + chooser.choice((1, 1, 1, 1, 2, 4))]
            at += len(taken)
            labels = [
                [Labels(n) for n in word_labels([w[1:] for w in pieces_of(text).words], spans, UNSURE)]
                for text, spans in taken
            ]
            passages.append(Passage([text for text, _ in taken], labels))
    return passages


def varied(passage: Passage, chooser: random.Random) -> Passage:
    """A passage as another newsroom might set it: without its headline, the headline or the whole in capitals."""
    texts, labels, title = passage.texts, passage.labels, passage.title
    dice = chooser.random()
    if title and dice < 0.15 and len(texts) > 1:
        return Passage(texts[1:], labels[1:], title=False)
    if title and dice < 0.22 and len(texts[0].upper()) == len(texts[0]):
        return Passage([texts[0].upper(), *texts[1:]], labels, title)
    if dice > 0.97 and all(len(t.upper()) == len(t) for t in texts):
        return Passage([t.upper() for t in texts], labels, title)
    if dice > 0.94 and not title:
        return Passage([t.lower() if len(t.lower()) == len(t) else t for t in texts], labels, title)
    return passage


@dataclass(slots=True)
class Example:
    """A window with a label for each of its pieces; pieces that begin no word of its own are IGNOREd."""

    ids: list[int]
    cases: list[int]
    labels: list[Labels | None]


def examples(passage: Passage, pieces_of: PieceCache, cls: int, sep: int, size: int) -> Iterator[Example]:
    """The windows of a passage with their labels."""
    for window in windows([pieces_of(text) for text in passage.texts], passage.title, cls, sep, size):
        labels: list[Labels | None] = [None] * len(window.ids)
        for position, sentence, word in window.words:
            labels[position] = passage.labels[sentence][word]
        yield Example(window.ids, window.cases, labels)


class PieceCache:
    """The word pieces of a text, remembered. Call it."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, Pieces] = {}

    def __call__(self, text: str) -> Pieces:
        """The word pieces of a text."""
        if text not in self._known:
            self._known[text] = pieces(self._tokenizer, [text])[0]
        return self._known[text]
