"""Fetches the public name corpora at their commits and writes them as the tagger's training reads them.

    python -m training.fetch_names --target DIR

Needs git and the network. Each written file must have the SHA-256 that training/tagger_data.py names, else it stops.
The corpora and their licences are listed in training/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from training.tagger_data import SOURCES

TESTS = {
    "names_uner_ewt_test.jsonl": "c88b087afeba22a3aaa2979399f74ae31798ba4eb73db138a93ec83dd7749aa4",
    "names_uner_pud_test.jsonl": "4ac7956e3ddb2d48e3b2c81943341d29ad00826aeb4727fa1d0d0733b6cf71e6",
}
LABELS = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "politician": "PER", "person": "PER", "politicalparty": "ORG",
    "organisation": "ORG", "country": "LOC", "location": "LOC",
}  # fmt: skip


class Source(NamedTuple):
    """A file of a public repository: where it lies, and in which columns its words and tags stand."""

    repository: str
    commit: str
    path: str
    word: int
    tag: int


_UNER = "https://github.com/UniversalNER/UNER_English-"
_CROSSNER = ("https://github.com/zliucr/CrossNER", "2e7ba2ae")
FILES = {
    "names_uner_ewt_dev.jsonl": Source(f"{_UNER}EWT", "8ed072de", "en_ewt-ud-dev.iob2", 1, 2),
    "names_uner_ewt_test.jsonl": Source(f"{_UNER}EWT", "8ed072de", "en_ewt-ud-test.iob2", 1, 2),
    "names_uner_pud_test.jsonl": Source(f"{_UNER}PUD", "07ea0553", "en_pud-ud-test.iob2", 1, 2),
    "names_wikigold.jsonl": Source(
        "https://github.com/Babelscape/wikineural", "d2e28c77", "data/wikigold/en/test.conllu", 1, 2
    ),
} | {
    f"names_crossner_politics_{part}.jsonl": Source(*_CROSSNER, f"ner_data/politics/{part}.txt", 0, 1)
    for part in ("train", "dev", "test")
}


def main() -> None:
    """Clone, convert, check, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--target", type=Path, required=True)
    target = parser.parse_args().target
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, source in FILES.items():
            clone = Path(folder) / source.repository.rsplit("/", 1)[1]
            if not clone.exists():
                subprocess.run(["git", "clone", "--quiet", source.repository, str(clone)], check=True)
                subprocess.run(["git", "-C", str(clone), "checkout", "--quiet", source.commit], check=True)
            text = (clone / source.path).read_text(encoding="utf-8")
            written = "".join(f"{row}\n" for row in rows(text, source.word, source.tag)).encode()
            if hashlib.sha256(written).hexdigest() != (SOURCES | TESTS)[name]:
                raise SystemExit(f"{name}: not the text that the recipe was written for (SHA-256 differs)")
            (target / name).write_bytes(written)
            print(name)


def rows(text: str, word: int, tag: int) -> Iterator[str]:
    r"""A corpus in columns, blank lines between sentences, as JSON Lines of tokens and tags; other labels become O.

    >>> list(rows("1\tIn\tO\n2\tKenya\tB-LOC\n", 1, 2))
    ['{"tokens": ["In", "Kenya"], "tags": ["O", "B-LOC"]}']
    """
    for block in text.split("\n\n"):
        cells = [line.split("\t") for line in block.splitlines() if line and not line.startswith("# ")]
        if cells:
            tags = [_tag(cell[tag].strip()) for cell in cells]
            yield json.dumps({"tokens": [cell[word] for cell in cells], "tags": tags}, ensure_ascii=False)


def _tag(tag: str) -> str:
    begin, _, label = tag.partition("-")
    return f"{begin}-{LABELS[label]}" if label in LABELS else "O"


if __name__ == "__main__":
    main()
