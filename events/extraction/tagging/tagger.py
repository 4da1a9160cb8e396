"""Names and the words that tell of happenings, found by the learned tagger that ships with Dateline.

For who, where and what. One pass of a small encoder (events/extraction/models/tagger: all-MiniLM-L6-v2, fine-tuned by
training/train_tagger.py, 8-bit ONNX) gives persons, organisations, places and demonyms, and beside them triggers, each
with its type, status and whether it is the story's news. It decides nothing: a trigger comes with its probability, and
the pipeline weighs it. It needs onnxruntime and tokenizers; `Tagger.load` says so where they or the files are missing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from events.extraction.tagging.tagger_decoding import Array, TriggerRun, name_runs, softmax, trigger_runs
from events.extraction.tagging.tagger_windows import Pieces, Window, pieces, special_ids, windows
from events.model import ExtractionError, Mention, NameLabel, Part, Sentence, Status

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL = Path(__file__).parents[1] / "models" / "tagger"
THRESHOLD = 0.15  # triggers less probable than this are not worth anybody's look
BATCH = 16  # windows read at once


@dataclass(frozen=True, slots=True)
class LearnedTrigger:
    """Words that tell of a happening, as the model sees them.

    `probability` is that of being a trigger at all; `core_probability` that it is the story's news, not
    background. `types` holds the three likeliest types with their probabilities, the first of them `type`.
    """

    part: Part
    start: int
    end: int
    text: str
    type: str
    type_probability: float
    status: Status
    core_probability: float
    probability: float
    types: tuple[tuple[str, float], ...]


class Tagged(NamedTuple):
    """What the tagger found in a story, in the order of the sentences."""

    names: list[Mention]
    triggers: list[LearnedTrigger]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the columns of the model's output mean."""

    names: list[str]
    triggers: list[str]
    types: list[str]
    statuses: list[str]

    def parts(self, logits: Array) -> list[Array]:
        """Names, triggers, types, statuses, core."""
        widths = [len(self.names), len(self.triggers), len(self.types), len(self.statuses)]
        return cast("list[Array]", np.split(logits, np.cumsum(widths), axis=-1))


class Tagger:
    """The learned tagger. Use `Tagger.load`."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, layout: _Layout) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._layout = layout
        self._cls, self._sep = special_ids(tokenizer)

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, folder: Path = MODEL, threads: int = 1) -> Tagger:
        """The tagger in `folder`, loaded once, working on `threads` cores.

        Raises ExtractionError when its files are missing, or the packages that run it.
        """
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as missing:
            raise ExtractionError(f"the tagger needs {missing.name}: pip install -r requirements.txt") from missing
        for name in ("model.int8.onnx", "tokenizer.json", "labels.json"):
            if not (folder / name).exists():
                raise ExtractionError(
                    f"the tagger's {name} is not in {folder}: get the whole repository, or train it (training/)"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.enable_mem_pattern = False  # a plan of memory for each new shape of a batch: 60 MB, and no quicker
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
        )
        layout = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        names = ("names", "triggers", "types", "statuses")
        return cls(session, Tokenizer.from_file(str(folder / "tokenizer.json")), _Layout(*(layout[n] for n in names)))

    def tag(self, sentences: Sequence[Sentence], threshold: float = THRESHOLD) -> Tagged:
        """Names and triggers of one story's sentences, title first; offsets are the story's.

        threshold: the least probability of a trigger, between 0 and 1.
        """
        found = Tagged([], [])
        split = pieces(self._tokenizer, [sentence.text for sentence in sentences])
        for sentence, words, logits in zip(sentences, split, self._read(sentences, split), strict=True):
            if words.words:
                names, triggers, types, statuses, core = self._layout.parts(logits)
                found.names.extend(self._names(sentence, words, names))
                runs = trigger_runs(softmax(triggers), threshold)
                found.triggers.extend(self._trigger(sentence, words, run, types, statuses, core) for run in runs)
        return found

    def names(self, sentences: Sequence[Sentence]) -> list[Mention]:
        """The names alone: what place-name recognition takes as a tagger."""
        return self.tag(sentences).names

    __call__ = names

    def _read(self, sentences: Sequence[Sentence], split: Sequence[Pieces]) -> list[Array]:
        """The model's output for each word of each sentence: (words, columns)."""
        layout = self._layout
        columns = len(layout.names) + len(layout.triggers) + len(layout.types) + len(layout.statuses) + 1
        read = [np.zeros((len(s.words), columns), dtype=np.float32) for s in split]
        title = bool(sentences) and sentences[0].part == "title"
        made = sorted(windows(split, title, self._cls, self._sep), key=lambda w: len(w.ids))
        for at in range(0, len(made), BATCH):
            batch = made[at : at + BATCH]
            for window, logits in zip(batch, self._run(batch), strict=True):
                for position, sentence, word in window.words:
                    read[sentence][word] = logits[position]
        return read

    def _run(self, batch: Sequence[Window]) -> Array:
        """(windows, pieces, columns)."""
        shape = (len(batch), max(len(window.ids) for window in batch))
        ids, mask, cases = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        for row, window in enumerate(batch):
            n = len(window.ids)
            ids[row, :n], cases[row, :n], mask[row, :n] = window.ids, window.cases, 1
        return cast("Array", self._session.run(None, {"ids": ids, "mask": mask, "cases": cases})[0])

    def _names(self, sentence: Sentence, words: Pieces, logits: Array) -> list[Mention]:
        found = []
        for first, after, label in name_runs(logits, self._layout.names):
            start, end = words.words[first][1], words.words[after - 1][2]
            if sentence.text[start:end].islower() and not sentence.text.islower():
                continue  # where anything has a capital, a name has one
            found.append(
                Mention(sentence.part, sentence.start + start, sentence.start + end, sentence.text[start:end],
                        cast("NameLabel", label))
            )  # fmt: skip
        return found

    def _trigger(
        self, sentence: Sentence, words: Pieces, run: TriggerRun, types: Array, statuses: Array, core: Array
    ) -> LearnedTrigger:
        start, end = words.words[run.first][1], words.words[run.after - 1][2]
        own = slice(run.first, run.after)
        type_shares = softmax(types[own]).mean(axis=0)
        status_shares = softmax(statuses[own]).mean(axis=0)
        best = [int(i) for i in np.argsort(-type_shares, kind="stable")[:3]]
        status = int(status_shares.argmax())
        ranked = tuple((self._layout.types[i], round(float(type_shares[i]), 4)) for i in best)
        return LearnedTrigger(
            sentence.part, sentence.start + start, sentence.start + end, sentence.text[start:end],
            type=ranked[0][0], type_probability=ranked[0][1],
            status=cast("Status", self._layout.statuses[status]),
            core_probability=round(float((1 / (1 + np.exp(-core[own]))).mean()), 4),
            probability=round(run.probability, 4), types=ranked,
        )  # fmt: skip
