"""Trains the tagger and parser that Dateline ships, from Universal Dependencies treebanks to events/extraction/models/syntax.

    python -m training.train_parser --data ../shared/training --epochs 12

Data: UD English EWT (train) and the openly licensed genres of GUM (train), CoNLL-U, see training/README.md for sources,
licences and checksums. Headlines are learned from copies of training sentences in title case and without a final stop.
Needs spaCy only; about a minute an epoch on one core. The scores of each run are printed for the model card.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

TARGET = Path(__file__).resolve().parents[1] / "events" / "extraction" / "models" / "syntax"
TRAIN = ("ewt_train.conllu", "gum_open_train.conllu")
TEST = ("ewt_test.conllu", "gum_open_newstest.conllu")
SEED = 3
TITLE_CASE_SHARE = 0.12
SMALL_WORDS = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}

Row = tuple[str, str, int, str, bool]  # form, Penn tag, head (own index for the root), relation, space after


def main() -> None:
    """Train, print the scores after each few epochs, write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--target", type=Path, default=TARGET)
    wanted = parser.parse_args()
    fix_random_seed(SEED)
    sentences = [s for name in TRAIN for s in read_conllu(wanted.data / name) if len(s) > 1]
    nlp = blank_pipeline()
    examples = [example(nlp, s) for s in sentences + title_cased(sentences)]
    print(f"{len(examples)} sentences, {sum(len(e.reference) for e in examples)} tokens", flush=True)
    train(nlp, examples, wanted.epochs, wanted.data)
    wanted.target.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(wanted.target)
    for name in TEST:
        print(name, scores(nlp, wanted.data / name))
    for name in TRAIN:
        print(name, hashlib.sha256((wanted.data / name).read_bytes()).hexdigest())


def read_conllu(path: Path) -> Iterator[list[Row]]:
    """The sentences of a CoNLL-U file; multi-word tokens and empty nodes are left out."""
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0].isdigit():
            cells = line.split("\t")
            if cells[0].isdigit():
                head = int(cells[6])
                own = len(rows)
                relation = cells[7].split(":")[0] if cells[7] not in KEPT_SUBTYPES else cells[7]
                rows.append(
                    (cells[1], cells[4], head - 1 if head else own, relation if head else "ROOT",
                     "SpaceAfter=No" not in cells[9])
                )  # fmt: skip
    if rows:
        yield rows


KEPT_SUBTYPES = {"nsubj:pass", "aux:pass", "compound:prt", "nmod:poss", "acl:relcl", "obl:agent"}


def title_cased(sentences: list[list[Row]]) -> list[list[Row]]:
    """Copies of some sentences as headlines: Each Word Capitalised, no stop at the end."""
    chosen = random.Random(SEED).sample(sentences, int(len(sentences) * TITLE_CASE_SHARE))
    return [
        [
            (form if i and form.lower() in SMALL_WORDS else form[:1].upper() + form[1:], tag, head, relation, space)
            for i, (form, tag, head, relation, space) in enumerate(rows)
        ]
        for rows in (_without_final_stop(s) for s in chosen)
        if len(rows) > 3
    ]


def _without_final_stop(rows: list[Row]) -> list[Row]:
    last = len(rows) - 1
    if rows[last][0] == "." and not any(row[2] == last for row in rows[:last]):
        return rows[:last]
    return rows


def blank_pipeline() -> Language:
    """An English tokenizer with one small convolutional encoder that a tagger and a parser share."""
    nlp = spacy.blank("en")
    encoder = {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 4,
        "embed_size": 4000, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
    }  # fmt: skip
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": listener,
    }  # fmt: skip
    nlp.add_pipe("tok2vec", config={"model": encoder})
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"min_action_freq": 20, "model": transitions})
    return nlp


def example(nlp: Language, rows: list[Row]) -> Example:
    """A sentence as spaCy wants it: bare words beside the words with tags, heads and relations."""
    words, spaces = [row[0] for row in rows], [row[4] for row in rows]
    gold = Doc(
        nlp.vocab, words=words, spaces=spaces,
        tags=[row[1] for row in rows], heads=[row[2] for row in rows], deps=[row[3] for row in rows],
    )  # fmt: skip
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), gold)


def train(nlp: Language, examples: list[Example], epochs: int, data: Path) -> None:
    """Plain Adam; the learning rate falls by a quarter an epoch in the second half."""
    optimizer = nlp.initialize(lambda: examples[:3000])
    optimizer.learn_rate = 0.001
    began = time.process_time()
    for epoch in range(epochs):
        random.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, size=64):
            nlp.update(batch, sgd=optimizer, drop=0.15, losses=losses)
        if epoch >= epochs // 2:
            optimizer.learn_rate *= 0.75
        report = scores(nlp, data / TEST[0]) if epoch % 3 == 2 else ""
        print(
            epoch,
            round(losses["parser"]),
            round(losses["tagger"]),
            f"{time.process_time() - began:.0f} s",
            report,
            flush=True,
        )


def scores(nlp: Language, path: Path) -> dict[str, float]:
    """Tag accuracy, and attachment without punctuation, on gold tokens and sentence bounds, in per cent."""
    examples = [example(nlp, rows) for rows in read_conllu(path)]
    bare = [
        Doc(nlp.vocab, words=[t.text for t in e.reference], spaces=[bool(t.whitespace_) for t in e.reference],
            sent_starts=[i == 0 for i in range(len(e.reference))])
        for e in examples
    ]  # fmt: skip
    n: Counter[str] = Counter()
    for e, predicted in zip(examples, nlp.pipe(bare), strict=True):
        for gold, found in zip(e.reference, predicted, strict=True):
            n["tokens"] += 1
            n["tag"] += gold.tag_ == found.tag_
            if gold.dep_ == "punct":
                continue
            n["words"] += 1
            n["uas"] += gold.head.i == found.head.i
            n["las"] += gold.head.i == found.head.i and gold.dep_ == found.dep_
    return {
        "tag": round(100 * n["tag"] / n["tokens"], 1),
        "UAS": round(100 * n["uas"] / n["words"], 1),
        "LAS": round(100 * n["las"] / n["words"], 1),
    }


if __name__ == "__main__":
    main()
