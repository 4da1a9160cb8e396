"""The network of the larger taggers that teach the shipped one: all-mpnet-base-v2 (12 layers, 768 wide) with the same heads.

For distil_tagger. Its word pieces are BERT's under other numbers, so a teacher reads the very windows that its student
reads, and each of its answers stands where the student's does.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import MPNetModel

from training.tagger_model import CASES, WIDTHS

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def base_of_teachers(folder: Path) -> Path:
    """The folder of the teachers' base weights; says so where they are not the published ones."""
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != SHA256:
        print(f"{folder} does not hold the published weights: what is learned from it will differ a little", flush=True)
    return folder


class TeacherModel(nn.Module):
    """all-mpnet-base-v2 with the letter case added to its words, and one linear layer on top."""

    def __init__(self, base: Path, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.body = MPNetModel.from_pretrained(base, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        embeddings = self.body.embeddings
        rows = embeddings.word_embeddings.weight[own_rows(base, tokenizer)].detach().clone()
        self.words = nn.Embedding.from_pretrained(rows)
        embeddings.word_embeddings = nn.Identity()
        embeddings.position_embeddings.requires_grad_(False)
        self.cases = nn.Embedding(CASES, rows.shape[1])
        nn.init.zeros_(self.cases.weight)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(rows.shape[1], sum(WIDTHS))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor) -> Tensor:
        """(batch, pieces) each -> logits (batch, pieces, 40)."""
        hidden = self.body(inputs_embeds=self.words(ids) + self.cases(cases), attention_mask=mask)[0]
        return self.out(self.dropout(hidden))

    def new_parts(self) -> list[nn.Parameter]:
        """What no weights were learned for before."""
        return [self.cases.weight, *self.out.parameters()]


def own_rows(base: Path, tokenizer: Tokenizer) -> Tensor:
    """For each piece of the tagger's tokenizer, in order of its number, the number that the teacher's base has for it."""
    known = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])
    return torch.tensor([known[SPECIAL.get(piece, piece)] for piece, _ in pieces])
