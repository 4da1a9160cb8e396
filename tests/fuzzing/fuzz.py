"""Feeds the readers with what breaks programs, guided by which lines it reaches (atheris, Apache-2.0).

    python -m tests.fuzzing.fuzz [TARGET ...] [--seconds 120] [--seed 1]

Begins with our own test files and keeps what reaches further in build/fuzz/TARGET. What fails is written to
tests/fuzzing/found/TARGET-HASH, and tests/test_fuzzing.py reads it from then on. Exit status: 1 where something failed.
atheris is no part of the test environment: `make fuzz` installs it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import generated_news, story_files
from benchmarks.generated_stories import news

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOUND = HERE / "found"
LONGEST = 1 << 14  # bytes of an input
SLOWEST = 20  # seconds for one of them


def seeds(target: str) -> list[bytes]:
    """Small files of the kind that a target reads, of our own making, and our own pages and stories."""
    chance = random.Random(1)
    told = [news(number, chance) for number in range(3)]
    makers = {
        "page": story_files.page, "mail": story_files.mail, "document": story_files.word, "text": story_files.plain,
    }  # fmt: skip
    batches = {"feed": generated_news.feed, "table": generated_news.table, "lines": generated_news.json_lines,
               "archive": generated_news.archive}  # fmt: skip
    if target in makers:
        found = [makers[target](story) for story in told]
    elif target in batches:
        found = [batches[target]("x", told, spoiled, chance).data for spoiled in (set(), {1})]
    else:
        found = [story_files.plain(story) for story in told]
    patterns = {"page": "pages/*.html", "text": "reading/*.txt"}.get(target, "golden/*.txt")
    own = [file.read_bytes()[:LONGEST] for file in sorted((ROOT / "tests" / "data").glob(patterns))]
    return [*found, *(own if target in {"page", "text", "times", "publication", "encodings"} else ())]


def feed(target: str, seconds: int, seed: int) -> None:
    """Run one target in this process. Ends it."""
    import atheris

    with atheris.instrument_imports(
        include=["events.reading", "events.extraction.times", "events.extraction.publication"]
    ):
        from tests.fuzzing.targets import TARGETS

    corpus = ROOT / "build" / "fuzz" / target
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    FOUND.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-seed={seed}", f"-timeout={SLOWEST}",
               f"-artifact_prefix={FOUND}/{target}-", "-print_final_stats=1", "-rss_limit_mb=3000"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[target])
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run targets, each in a process of its own. Returns the exit status."""
    from tests.fuzzing.targets import TARGETS

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.inside:
        feed(asked.targets[0], asked.seconds, asked.seed)
    failed = []
    for target in asked.targets or TARGETS:
        own = [sys.executable, "-m", "tests.fuzzing.fuzz", target, "--inside"]
        run = subprocess.run(
            [*own, "--seconds", str(asked.seconds), "--seed", str(asked.seed)],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        tried = [line for line in run.stderr.splitlines() if "number_of_executed_units" in line]
        how = "failed" if run.returncode else "well"
        sys.stdout.write(f"{target}: {how}; {' '.join(tried) or run.stderr[-2000:]}\n")
        failed += [target] * bool(run.returncode)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
