"""Trains taggers as students of several larger ones. Not what the shipped weights came from: see training/README.md.

    python -m training.distil_tagger --data ../shared/training --work DIR --teacher-base DIR --target DIR [--device cuda]

One training differs from the next by more than most changes of its data do. So eight all-mpnet-base-v2 learn, each without one
fold of our own stories; what they say together, each story by those that have not read it, is what all-MiniLM-L6-v2 then
learns beside the marks, from the marked text and from unmarked. Five students do so in slightly different ways and are written
to folders student0 to student4 of the target, to be chosen among. Each part runs in a process of its own and leaves its file in
the work folder. Needs a graphics card, or days.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from training.tagger_learning import Lesson, Pace, answers, joined, judged, learn, lesson
from training.tagger_model import TaggerModel
from training.tagger_packs import FOLDS, NO_FOLD, Pack, held_out_windows, marked_windows, packed, unmarked_windows
from training.tagger_teacher import TeacherModel, base_of_teachers
from training.train_tagger import SEED, base_model, export, pruned_tokenizer, write_labels

TEACHERS = 8
PACKS = 8  # passes over the text that are each set differently
UNMARKED_PACKS = 2
TEACHER_PACE = Pace(body=5e-5, new=1e-3, pieces=2048, masked=0.05)
STUDENT_PACE = Pace(body=3e-4, new=1.5e-3, pieces=4096, masked=0.02)


class Way(NamedTuple):
    """How a student learns: its seed, the weight of the marks, whether teachers speak of what they read, unmarked text."""

    seed: int = SEED
    marks: float = 0.4
    read: bool = False
    unmarked: bool = True


WAYS = (Way(), Way(seed=SEED + 1), Way(read=True), Way(marks=0.15), Way(unmarked=False))


def main() -> None:
    """Run one part, or all of them one after another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made on the way, about 2 GB")
    parser.add_argument("--teacher-base", type=Path, help="the folder of all-mpnet-base-v2")
    parser.add_argument("--student-base", type=Path, help="in place of the package's; not checked")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--teacher-epochs", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--part", choices=tuple(PARTS))
    parser.add_argument("--number", type=int, default=0, help="of the pack, the teacher or the student")
    wanted = parser.parse_args()
    torch.set_num_threads(wanted.threads)
    wanted.work.mkdir(parents=True, exist_ok=True)
    if wanted.part:
        PARTS[wanted.part][0](wanted)
    else:
        run_all()


def run_all() -> None:
    """Every part in a process of its own: all packs, then all teachers, and so on, as many at once as there are."""
    for part, (_, count) in PARTS.items():
        command = [sys.executable, "-m", "training.distil_tagger", *sys.argv[1:], "--part", part, "--number"]
        running = [subprocess.Popen([*command, str(number)]) for number in range(count)]
        ended = [process.wait() for process in running]
        if any(ended):
            raise SystemExit(f"a process of the part {part} failed")


def tokenizer_and_base(wanted: argparse.Namespace) -> tuple[Tokenizer, list[int], Path]:
    """The tagger's tokenizer, the base's numbers of its pieces, and the folder of the student's base."""
    base = wanted.student_base or base_model()
    tokenizer, kept = pruned_tokenizer(base)
    return tokenizer, kept, base


def make_packs(wanted: argparse.Namespace) -> None:
    """One pack: marked text, then unmarked."""
    tokenizer, _, _ = tokenizer_and_base(wanted)
    seed = SEED + wanted.number
    marked = wanted.number < PACKS
    windows = (
        marked_windows(tokenizer, wanted.data, seed, swaps=True)
        if marked
        else unmarked_windows(tokenizer, wanted.data, seed)
    )
    packed(windows).save(wanted.work / f"pack{wanted.number}.npz")
    if wanted.number == 0:
        packed(held_out_windows(tokenizer)).save(wanted.work / "held_out.npz")


def teach(wanted: argparse.Namespace) -> None:
    """One teacher, without the stories of its fold."""
    tokenizer, _, _ = tokenizer_and_base(wanted)
    device = torch.device(wanted.device)
    seed = SEED + wanted.number
    torch.manual_seed(seed)
    model = TeacherModel(base_of_teachers(wanted.teacher_base), tokenizer).to(device)
    numbers = [(wanted.number + epoch) % PACKS for epoch in range(wanted.teacher_epochs)]
    packs = {number: Pack.load(wanted.work / f"pack{number}.npz") for number in set(numbers)}
    lessons = {number: lesson(pack, device, left_out=wanted.number % FOLDS) for number, pack in packs.items()}
    title = f"teacher {wanted.number}"
    learn(model, [lessons[n] for n in numbers], TEACHER_PACE, mask_id(tokenizer), seed, title)
    torch.save(model.half().state_dict(), wanted.work / f"teacher{wanted.number}.pt")
    held_out = Pack.load(wanted.work / "held_out.npz")
    said = answers(model.float(), lesson(held_out, device))
    torch.save(said, wanted.work / f"held_out{wanted.number}.pt")
    print(title, judged(said, held_out), flush=True)


def ask_teachers(wanted: argparse.Namespace) -> None:
    """The teachers' mean answers to one pack: of all of them, and of each story by those that have not read it."""
    tokenizer, _, _ = tokenizer_and_base(wanted)
    device = torch.device(wanted.device)
    pack = Pack.load(wanted.work / f"pack{wanted.number}.npz")
    asked = lesson(pack, device)
    folds = torch.from_numpy(pack.folds)
    of_all = torch.zeros(*pack.ids.shape, 40)
    unread = torch.zeros_like(of_all)
    counts = torch.zeros(len(folds), 1, 1)
    model = TeacherModel(base_of_teachers(wanted.teacher_base), tokenizer)
    model = model.to(device).eval()
    for number in range(TEACHERS):
        model.load_state_dict(torch.load(wanted.work / f"teacher{number}.pt", map_location="cpu"))
        said = answers(model, asked).float()
        new = (folds == NO_FOLD) | (folds == number % FOLDS)
        of_all += said / TEACHERS
        unread[new] += said[new]
        counts[new] += 1
    torch.save({"all": of_all.half(), "unread": (unread / counts).half()}, wanted.work / f"soft{wanted.number}.pt")
    if wanted.number == 0:
        held_out = Pack.load(wanted.work / "held_out.npz")
        said = sum(torch.load(wanted.work / f"held_out{n}.pt").float() for n in range(TEACHERS)) / TEACHERS
        print("all teachers", judged(said, held_out), flush=True)


def make_student(wanted: argparse.Namespace) -> None:
    """One student, exported and quantised."""
    tokenizer, kept, base = tokenizer_and_base(wanted)
    device = torch.device(wanted.device)
    way = WAYS[wanted.number]
    torch.manual_seed(way.seed)
    model = TaggerModel(base, kept).to(device)
    pace = STUDENT_PACE._replace(marks=way.marks)
    learn(model, student_lessons(wanted, way, device), pace, mask_id(tokenizer), way.seed, f"student {way}")
    held_out = Pack.load(wanted.work / "held_out.npz")
    print(way, judged(answers(model, lesson(held_out, device)), held_out), flush=True)
    target = wanted.target / f"student{wanted.number}"
    target.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    export(model.cpu(), target)
    write_labels(target)


def student_lessons(wanted: argparse.Namespace, way: Way, device: torch.device) -> list[Lesson]:
    """What the student reads in each epoch."""
    found: dict[int, Lesson] = {}
    for number in range(PACKS + UNMARKED_PACKS * way.unmarked):
        soft = torch.load(wanted.work / f"soft{number}.pt")["all" if way.read else "unread"]
        found[number] = lesson(Pack.load(wanted.work / f"pack{number}.npz"), device, soft=soft)
    epochs = [[found[epoch % PACKS]] for epoch in range(wanted.epochs)]
    if way.unmarked:
        for epoch, several in enumerate(epochs):
            several.append(found[PACKS + epoch % UNMARKED_PACKS])
    return [joined(several) for several in epochs]


def mask_id(tokenizer: Tokenizer) -> int:
    """The number of the piece that hides a word."""
    found = tokenizer.token_to_id("[MASK]")
    assert found is not None, "a tokenizer of another model"
    return found


PARTS = {  # in their order: what each does and how many of it there are
    "packs": (make_packs, PACKS + UNMARKED_PACKS), "teacher": (teach, TEACHERS),
    "soft": (ask_teachers, PACKS + UNMARKED_PACKS), "student": (make_student, len(WAYS)),
}  # fmt: skip


if __name__ == "__main__":
    main()
