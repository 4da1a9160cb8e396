"""What the gazetteer costs and how often it is right: python -m benchmarks.gazetteer [--no-build].

Prints the time a build takes, the file's size, the time to open it, the memory it adds while names are looked up, look-ups
a second, and the share of names of the news (tests/data/news_names.tsv) whose place comes first. Exits 1 under a floor.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geodata.gazetteer import Gazetteer
from geodata.records import kilometres

ROOT = Path(__file__).resolve().parents[1]
NAMES = ROOT / "tests" / "data" / "news_names.tsv"
FLOORS = {"build_cpu_s": 30.0, "size_mb": 60.0, "open_s": 0.2, "memory_mb": 60.0}  # none may be above
LEAST_RIGHT = 0.95
LEAST_LOOKUPS = 20_000.0  # a second, of names not asked for before


def main() -> int:
    """Measure, print, and return 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-build", action="store_true", help="measure the file in the cache folder only")
    measured = dict[str, float]()
    if not parser.parse_args().no_build:
        measured["build_s"], measured["build_cpu_s"] = build_time()
    before = memory_mb()
    began = time.perf_counter()
    gazetteer = Gazetteer.open()
    measured["open_s"] = time.perf_counter() - began
    measured["size_mb"] = gazetteer.path.stat().st_size / 1e6
    measured["right"] = share_right(gazetteer)
    measured["lookups_per_s"] = lookups_per_second(gazetteer)
    measured["memory_mb"] = memory_mb() - before
    for name, value in measured.items():
        print(f"{name}\t{value:.4g}")
    broken = [name for name, most in FLOORS.items() if measured.get(name, 0.0) > most]
    broken += [
        name
        for name, least in (("right", LEAST_RIGHT), ("lookups_per_s", LEAST_LOOKUPS))
        if measured[name] < least
    ]  # fmt: skip
    for name in broken:
        print(f"{name} breaks its floor", file=sys.stderr)
    return 1 if broken else 0


def figures() -> dict[str, float]:
    """For the floors: names of the news whose place comes first; look-ups a second; the file's size."""
    gazetteer = Gazetteer.open()
    return {
        "gazetteer.first_is_right": share_right(gazetteer),
        "gazetteer.lookups_per_s": lookups_per_second(gazetteer),
        "gazetteer.size_mb": gazetteer.path.stat().st_size / 1e6,
    }


def build_time() -> tuple[float, float]:
    """(seconds, seconds of processor) that a build takes, in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "geodata", "build", "-o", str(Path(folder) / "gazetteer.sqlite")]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def share_right(gazetteer: Gazetteer) -> float:
    """The share of the names of the news whose first candidate lies where it should."""
    with NAMES.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader((line for line in table if not line.startswith("#")), delimiter="\t"))
    right = sum(
        kilometres(float(row["lat"]), float(row["lon"]), found[0].place.lat, found[0].place.lon) <= float(row["km"])
        for row in rows
        if (found := gazetteer.candidates(row["name"]))
    )
    return right / len(rows)


def lookups_per_second(gazetteer: Gazetteer) -> float:
    """Look-ups a second of processor, of names never asked for before, half of them unknown."""
    known = [
        place.name
        for lat in range(-60, 75, 3)
        for lon in range(-180, 180, 9)
        for place in gazetteer.nearest(lat, lon)[:9]
    ]
    names = [name for pair in zip(known, (f"{name}xq" for name in known), strict=True) for name in pair][:20_000]
    gazetteer.candidates.cache_clear()
    began = time.process_time()
    for name in names:
        gazetteer.candidates(name)
    return len(names) / (time.process_time() - began)


def memory_mb() -> float:
    """Memory of this process now, in MB (Linux); its peak elsewhere."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    raise SystemExit(main())
