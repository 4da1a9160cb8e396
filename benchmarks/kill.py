"""Whether a store outlives kill -9: a child takes in stories, reviews and migrates, and is killed at random moments.

After each kill the store must open, pass `python -m events check`, and hold every story that the child said was stored,
once. In the end it must be, row by row, what an undisturbed run makes of the same steps. Times of day are left out of
the comparison. A migration is killed on a copy of an old store of its own each time, within the time that the one before
took, and the store must come to the same state when it is opened again. Needs os.fork (Linux, macOS).

Run: python -m benchmarks.kill [--kills 200] [--migrations 50] [--migrated 30] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.invented_stories import Told, invented
from benchmarks.killed_work import (
    Work,
    killed,
    migrate,
    schema_of,
    seconds_of,
    state,
    take_in_and_review,
    what_is_wrong,
)
from benchmarks.version_1_store import version_1_file

STEPS_A_KILL = 3
MIGRATED = 30  # stories of a store that is migrated: the migration runs as a whole after every kill of it


@dataclass
class Survived:
    """How the kills went: before the child was done, with a migration not yet written, and what was wrong in the end."""

    kills: int
    in_the_act: int
    wrong: list[str]
    still_old: int = 0


def survive(work: Work, path: Path, kills: int, seconds: float, chance: random.Random) -> Survived:
    """Kill the work `kills` times, at a random moment of up to `seconds`, and look at the store each time."""
    survived = Survived(0, 0, [])
    for _ in range(kills):
        stored, finished = killed(work, path, chance, seconds)
        survived.kills += 1
        survived.in_the_act += not finished
        if path.exists():
            survived.wrong += what_is_wrong(path, stored)
    work(path, lambda _: None)
    return survived


def survive_migrations(old: Path, folder: Path, kills: int, chance: random.Random) -> Survived:
    """Kill migrations of copies of an old store, each within the time that the last whole one took."""
    calm = folder / "migrated.sqlite"
    shutil.copyfile(old, calm)
    length = seconds_of(migrate, calm)
    expected, survived = state(calm), Survived(0, 0, [])
    for number in range(kills):
        path = folder / f"migration-{number}" / "old.sqlite"
        path.parent.mkdir()
        shutil.copyfile(old, path)
        stored, finished = killed(migrate, path, chance, length)
        survived.kills += 1
        survived.in_the_act += not finished
        survived.wrong += what_is_wrong(path, stored)
        still_old = schema_of(path) == 1
        again = seconds_of(migrate, path)
        if still_old:
            survived.still_old, length = survived.still_old + 1, again
        if state(path) != expected:
            survived.wrong.append(f"kill {number}: the store is not what an undisturbed migration makes")
        shutil.rmtree(path.parent)
    return survived


def survive_intake(told: Sequence[Told], folder: Path, kills: int, chance: random.Random) -> Survived:
    """Kill a run that takes in stories and reviews them, and that goes on after each kill."""
    calm, disturbed, work = folder / "calm.sqlite", folder / "killed.sqlite", take_in_and_review(told)
    survived = survive(work, disturbed, kills, 2 * seconds_of(work, calm) / max(1, kills), chance)
    if state(calm) != state(disturbed):
        survived.wrong.append("the store is not what an undisturbed run makes")
    return survived


def measured(kills: int, migrations: int, migrated: int, seed: int, folder: Path) -> dict[str, Survived]:
    """Kill ingest and review, and then migrations."""
    chance, found = random.Random(seed), {}
    if intakes := kills - migrations:
        found["ingest and review"] = survive_intake(invented(intakes * STEPS_A_KILL, seed), folder, intakes, chance)
    if migrations:
        old = folder / "old.sqlite"
        version_1_file(old, invented(migrated, seed))
        found["migration"] = survive_migrations(old, folder, migrations, chance)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each kind of work as JSON; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument(
        "--migrations", type=int, help="how many of the kills hit a migration; a quarter where not said"
    )
    parser.add_argument("--migrated", type=int, default=MIGRATED, help="stories of the store that is migrated")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    migrations = asked.kills // 4 if asked.migrations is None else min(asked.kills, asked.migrations)
    with tempfile.TemporaryDirectory() as folder:
        found = measured(asked.kills, migrations, asked.migrated, asked.seed, Path(folder))
    for name, survived in found.items():
        print(json.dumps({"work": name, "kills": survived.kills, "in the act": survived.in_the_act,
                          "still of the old schema": survived.still_old, "wrong": survived.wrong[:20]}))  # fmt: skip
    return 1 if any(survived.wrong for survived in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
