"""Derives the two word lists that place-name recognition leans on from the training data.

    python -m training.word_lists --data ../shared/training

common_words.txt: words that running text writes in lower case at least one time in ten, so that a capital at the head of a
sentence says nothing. forenames.txt: first words of marked persons' names of two words or more, seen twice or in a list of
persons only. Word forms and their counts only; no sentence leaves the data. Sources and licences: training/README.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

LISTS = Path(__file__).resolve().parents[1] / "events" / "extraction" / "lists"
NAMES = ("names_crossner_politics_train.jsonl", "names_wikigold.jsonl", "names_uner_ewt_dev.jsonl")
TREEBANKS = ("ewt_train.conllu", "gum_open_train.conllu")
NEWS = ("africa", "americas", "asia", "europe", "mideast", "words", "pairs")
_WORD = re.compile(r"[A-Za-z]+")


def main() -> None:
    """Write both lists."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    LISTS.mkdir(exist_ok=True)
    common = common_words(data)
    write("common_words.txt", "words common in lower case; counted in UD EWT, GUM and our own news stories", common)
    write(
        "forenames.txt",
        "given names; first words of persons' names in WikiGold, CrossNER, UNER and our own news",
        forenames(data, common),
    )


def write(name: str, what: str, words: set[str]) -> None:
    """One word a line behind a line that says where they come from."""
    (LISTS / name).write_text(
        f"# {what} (training/word_lists.py)\n" + "\n".join(sorted(words)) + "\n", encoding="utf-8"
    )


def common_words(data: Path) -> set[str]:
    """Words seen three times or more in lower case, and in a tenth of their occurrences."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in running_text(data):
        for word in _WORD.findall(text):
            (lower if word.islower() else upper)[word.lower()] += 1
    return {w for w, n in lower.items() if len(w) > 1 and n >= 2 and n > 0.1 * (n + upper[w])}


def running_text(data: Path) -> Iterator[str]:
    """The sentences of the treebanks and the texts of our own stories."""
    for name in TREEBANKS:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield line[9:]
    for name in NEWS:
        for line in (data / "own-news" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def forenames(data: Path, common: set[str]) -> set[str]:
    """First words of persons' names of two words or more that are no common words and never begin a place's name."""
    person: Counter[str] = Counter()
    place: Counter[str] = Counter()
    for label, words in names(data):
        if label == "PER" and len(words) > 1 and words[0].isalpha() and words[0][0].isupper() and len(words[0]) > 2:
            person[words[0].lower()] += 1
        elif label == "LOC":
            place[words[0].lower()] += 1
    titles = {
        "president",
        "king",
        "queen",
        "prince",
        "princess",
        "saint",
        "pope",
        "sir",
        "lord",
        "lady",
        "emperor",
        "mrs",
        "prime",
    }
    return {w for w, n in person.items() if n > 2 * place[w] and w not in common and w not in titles}


def names(data: Path) -> Iterator[tuple[str, list[str]]]:
    """(label, words) of every marked name."""
    for name in NAMES:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from _from_tags(row["tokens"], row["tags"])
    for name in NEWS:
        for line in (data / "own-news" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for marked in row["names"]:
                yield marked["label"], row[marked["part"]][marked["start"] : marked["end"]].split()


def _from_tags(tokens: list[str], tags: list[str]) -> Iterator[tuple[str, list[str]]]:
    label, words = "", list[str]()
    for token, tag in [*zip(tokens, tags, strict=True), ("", "O")]:
        if tag.startswith("I-") and words:
            words.append(token)
            continue
        if words:
            yield label, words
        label, words = (tag[2:], [token]) if tag != "O" else ("", [])


if __name__ == "__main__":
    main()
