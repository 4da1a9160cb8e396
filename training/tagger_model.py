"""The tagger's network and its losses: one small encoder, one linear layer for names, triggers, types, statuses, core.

For train_tagger. torch only here and there; the product runs the exported file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax
from transformers import BertModel

from events.model import STATUSES
from training.tagger_data import FIELDS, IGNORE, NAME_LABELS, TRIGGER_LABELS, TYPE_NAMES, UNSURE, Example

CASES = 4
HEADS = {"name": len(NAME_LABELS), "trigger": len(TRIGGER_LABELS), "type": len(TYPE_NAMES), "status": len(STATUSES)}
WIDTHS = [*HEADS.values(), 1]  # in the order of the output: names, trigger, type, status, core
WEIGHTS = {"trigger": 1.0, "type": 0.6, "status": 0.4, "core": 0.3}
DEMONYM = [NAME_LABELS.index("O"), NAME_LABELS.index("B-DEM"), NAME_LABELS.index("I-DEM")]


class TaggerModel(nn.Module):
    """all-MiniLM-L6-v2 with the letter case in the place of the token type, and one linear layer on top."""

    def __init__(self, base: Path, kept: Sequence[int]) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        words = self.bert.embeddings.word_embeddings
        self.bert.embeddings.word_embeddings = nn.Embedding.from_pretrained(words.weight[list(kept)].clone())
        types = self.bert.embeddings.token_type_embeddings.weight[0].detach()
        self.bert.embeddings.token_type_embeddings = nn.Embedding.from_pretrained(
            types.repeat(CASES, 1).clone(), freeze=False
        )
        self.bert.embeddings.position_embeddings.requires_grad_(False)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(self.bert.config.hidden_size, sum(WIDTHS))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """(batch, pieces) each -> logits (batch, pieces, 40)."""
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=cases)[0]
        return self.out(self.dropout(hidden))

    def new_parts(self) -> list[nn.Parameter]:
        """What no weights were learned for before."""
        return [self.bert.embeddings.token_type_embeddings.weight, *self.out.parameters()]


def batch(examples: Sequence[Example]) -> dict[str, Tensor]:
    """Examples padded to the longest: ids, mask, cases and the labels, one tensor (batch, pieces) each."""
    longest = -(-max(len(e.ids) for e in examples) // 16) * 16  # few shapes: each is compiled once
    filled = {key: torch.zeros(len(examples), longest, dtype=torch.long) for key in ("ids", "mask", "cases")}
    labels = {key: torch.full((len(examples), longest), IGNORE, dtype=torch.long) for key in FIELDS}
    for row, example in enumerate(examples):
        n = len(example.ids)
        filled["ids"][row, :n] = torch.tensor(example.ids)
        filled["cases"][row, :n] = torch.tensor(example.cases)
        filled["mask"][row, :n] = 1
        for position, label in enumerate(example.labels):
            if label is not None:
                for key in FIELDS:
                    labels[key][row, position] = getattr(label, key)
    return filled | labels


def loss(logits: Tensor, labels: dict[str, Tensor]) -> dict[str, Tensor]:
    """The parts of the loss; those without a label in the batch are left out."""
    parts = dict(zip(FIELDS, logits.float().split(WIDTHS, dim=-1), strict=True))
    found = {"name": name_loss(parts["name"], labels["name"])}
    for key in ("trigger", "type", "status"):
        if (labels[key] != IGNORE).any():
            smoothing = 0.0 if key == "trigger" else 0.05
            found[key] = WEIGHTS[key] * cross_entropy(
                parts[key].flatten(0, 1), labels[key].flatten(), ignore_index=IGNORE, label_smoothing=smoothing
            )
    known = labels["core"] != IGNORE
    if known.any():
        found["core"] = WEIGHTS["core"] * binary_cross_entropy_with_logits(
            parts["core"][..., 0][known], labels["core"][known].float()
        )
    return found


def name_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy where UNSURE stands for "outside or in a demonym"."""
    known = labels != IGNORE
    scores, gold = log_softmax(logits[known], dim=-1), labels[known]
    unsure = gold == UNSURE
    either = scores[:, DEMONYM].logsumexp(-1)
    exact = scores.gather(1, gold.masked_fill(unsure, 0)[:, None])[:, 0]
    return -torch.where(unsure, either, exact).mean()


def soft_loss(logits: Tensor, soft: Tensor, words: Tensor) -> dict[str, Tensor]:
    """The parts of the loss against teachers' probabilities (batch, pieces, 40), over the pieces that begin a word.

    Type, status and core count as far as the teachers take the word for a trigger.
    """
    given = dict(zip(FIELDS, logits[words].float().split(WIDTHS, dim=-1), strict=True))
    goal = dict(zip(FIELDS, soft[words].float().split(WIDTHS, dim=-1), strict=True))
    found = {key: -(goal[key] * log_softmax(given[key], dim=-1)).sum(-1).mean() for key in ("name", "trigger")}
    telling = 1 - goal["trigger"][:, 0]
    total = telling.sum().clamp(min=1.0)
    for key in ("type", "status"):
        surprise = -(goal[key] * log_softmax(given[key], dim=-1)).sum(-1)
        found[key] = WEIGHTS[key] * (telling * surprise).sum() / total
    core = binary_cross_entropy_with_logits(given["core"][:, 0], goal["core"][:, 0], reduction="none")
    return found | {"core": WEIGHTS["core"] * (telling * core).sum() / total}
