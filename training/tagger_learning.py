"""How a tagger learns from packs: its batches, its steps, the mean of its last weights, and what it then knows.

For distil_tagger, on whatever device the model is. A lesson is a pack, and the answers of teachers to it where it has any.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from training.tagger_data import FIELDS, IGNORE
from training.tagger_model import WIDTHS, loss, soft_loss
from training.tagger_packs import Pack

CHUNK = 1600  # windows that are sorted by length before they are cut into batches
AVERAGED = 0.5  # of the steps, the last share, over whose weights the mean is taken
DECAY = 0.998
Lesson = dict[str, Tensor]


class Network(Protocol):
    """What both kinds of tagger are beside a torch module."""

    def new_parts(self) -> list[nn.Parameter]:
        """What no weights were learned for before."""
        ...


class Pace(NamedTuple):
    """Learning rates of the old and the new parts, pieces a batch, the share of pieces masked, the weight of marks."""

    body: float
    new: float
    pieces: int
    masked: float
    marks: float = 1.0


def lesson(pack: Pack, device: torch.device, left_out: int | None = None, soft: Tensor | None = None) -> Lesson:
    """A pack on the device, without the windows of one fold; `soft` are the teachers' answers, (windows, 128, 40)."""
    kept = np.flatnonzero(pack.folds != left_out) if left_out is not None else np.arange(len(pack.ids))
    arrays = {"ids": pack.ids, "cases": pack.cases, "words": pack.words, "lengths": pack.lengths, **pack.labels}
    found = {name: torch.from_numpy(value[kept]).to(device) for name, value in arrays.items()}
    return found if soft is None else found | {"soft": soft[torch.from_numpy(kept)].to(device)}


def joined(lessons: Sequence[Lesson]) -> Lesson:
    """Several lessons as one."""
    return {name: torch.cat([some[name] for some in lessons]) for name in lessons[0]}


def batches(found: Lesson, pieces: int, chooser: random.Random) -> list[Tensor]:
    """The windows' numbers in batches of about one length and at most so many pieces, in random order."""
    lengths = found["lengths"].tolist()
    order = list(range(len(lengths)))
    chooser.shuffle(order)
    cut: list[Tensor] = []
    for at in range(0, len(order), CHUNK):
        current: list[int] = []
        for row in sorted(order[at : at + CHUNK], key=lengths.__getitem__):
            if current and (len(current) + 1) * _rounded(lengths[row]) > pieces:
                cut.append(torch.tensor(current))
                current = []
            current.append(row)
        cut.append(torch.tensor(current))
    chooser.shuffle(cut)
    return cut


def _rounded(length: int) -> int:
    return -(-length // 16) * 16


def part_of(found: Lesson, rows: Tensor) -> Lesson:
    """These windows of a lesson, cut to the longest of them."""
    rows = rows.to(found["ids"].device)
    longest = _rounded(int(found["lengths"][rows].max()))
    part = {name: value[rows, :longest] for name, value in found.items() if name not in ("lengths", "soft")}
    part = {name: value if value.dtype == torch.bool else value.long() for name, value in part.items()}
    part["mask"] = (torch.arange(longest, device=rows.device) < found["lengths"][rows, None]).long()
    return part | ({"soft": found["soft"][rows, :longest].float()} if "soft" in found else {})


def learn(model: nn.Module, epochs: Sequence[Lesson], pace: Pace, mask_id: int, seed: int, title: str) -> None:
    """AdamW with warm-up and linear decay over the epochs; the model ends as the mean of its later weights."""
    chooser = random.Random(seed)
    plan = [(found, rows) for found in epochs for rows in batches(found, pace.pieces, chooser)]
    optimizer, rhythm = _optimizer(model, pace, len(plan))
    learned = [p for p in model.parameters() if p.requires_grad]
    mean: list[Tensor] = []
    began = time.time()
    model.train()
    for step, (found, rows) in enumerate(plan):
        total = _step_loss(model, part_of(found, rows), pace, mask_id)
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        rhythm.step()
        if step >= (1 - AVERAGED) * len(plan):
            now = [p.detach() for p in learned]
            mean = mean or [p.clone() for p in now]
            torch._foreach_lerp_(mean, now, 1 - DECAY)
        if step % 200 == 0:
            print(f"{title} step {step}/{len(plan)} {time.time() - began:.0f} s loss {total.item():.3f}", flush=True)
    with torch.no_grad():
        for parameter, value in zip(learned, mean or learned, strict=True):
            parameter.copy_(value)
    model.eval()


def _optimizer(
    model: nn.Module, pace: Pace, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    new = model.new_parts()
    fresh = {id(p) for p in new}
    body = [p for p in model.parameters() if p.requires_grad and id(p) not in fresh]
    groups = [{"params": body, "lr": pace.body}, {"params": new, "lr": pace.new}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / (0.08 * steps)) * max(0.02, 1 - k / steps)
    )


def _step_loss(model: nn.Module, part: Lesson, pace: Pace, mask_id: int) -> Tensor:
    ids = part["ids"]
    hidden = (torch.rand(ids.shape, device=ids.device) < pace.masked) & part["words"]
    with torch.autocast(ids.device.type, torch.bfloat16):
        logits = model(ids.masked_fill(hidden, mask_id), part["mask"], part["cases"]).float()
    total = torch.zeros((), device=ids.device)
    if (part["name"] != IGNORE).any():
        total = total + pace.marks * torch.stack(list(loss(logits, part).values())).sum()
    if "soft" in part:
        total = total + torch.stack(list(soft_loss(logits, part["soft"], part["words"]).values())).sum()
    return total


@torch.no_grad()
def answers(model: nn.Module, found: Lesson) -> Tensor:
    """What a model says of each piece of a lesson: (windows, 128, 40) probabilities, half precision, on the CPU."""
    said = torch.zeros(*found["ids"].shape, sum(WIDTHS), dtype=torch.float16)
    for rows in batches(found, 16384, random.Random(0)):
        part = part_of(found, rows)
        with torch.autocast(part["ids"].device.type, torch.bfloat16):
            logits = model(part["ids"], part["mask"], part["cases"]).float()
        said[rows, : logits.shape[1]] = chances(logits).half().cpu()
    return said


def chances(logits: Tensor) -> Tensor:
    """Logits as probabilities, head by head."""
    *several, core = logits.split(WIDTHS, dim=-1)
    return torch.cat([*(head.softmax(-1) for head in several), core.sigmoid()], dim=-1)


def judged(said: Tensor, pack: Pack) -> dict[str, float]:
    """How right answers are on marked windows, word by word: names, triggers (F1 at one half), type, status and core."""
    words = torch.from_numpy(pack.words)
    label = {name: torch.from_numpy(pack.labels[name])[words].long() for name in FIELDS}
    name, trigger, kind, status, core = said[words].float().split(WIDTHS, dim=-1)
    telling, best = label["trigger"] > 0, name.argmax(-1)
    chance = 1 - trigger[:, 0]
    right = ((best == label["name"]) & (label["name"] > 0)).sum()
    return {
        "names": _f1(right, (best > 0).sum(), (label["name"] > 0).sum()),
        "triggers": _f1(((chance > 0.5) & telling).sum(), (chance > 0.5).sum(), telling.sum()),
        "surprise": round(float(-torch.where(telling, chance, 1 - chance).clamp(min=1e-4).log().mean()), 4),
        "type": _share(kind.argmax(-1)[telling] == label["type"][telling]),
        "status": _share(status.argmax(-1)[telling] == label["status"][telling]),
        "core": _share((core[:, 0] > 0.5)[telling] == (label["core"][telling] > 0)),
    }


def _f1(right: Tensor, found: Tensor, gold: Tensor) -> float:
    return round(float(2 * right / (found + gold).clamp(min=1)), 4)


def _share(right: Tensor) -> float:
    return round(float(right.float().mean()), 4)
