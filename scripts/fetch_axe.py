"""Fetches axe-core, the accessibility checker that the browser tests run in the page.

    python -m scripts.fetch_axe

It comes from npm, pinned by version and hash in package-lock.json, as the browser's files do, and lands in node_modules,
which git ignores. Only the tests need it; nothing of it is served.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.fetch_base_map import ROOT, BaseMapError, _npm_from_pypi, _own_npm, check_versions

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def main() -> int:
    """Fetch and check the file. Returns the exit status."""
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            fetch(Path(folder))
    except (BaseMapError, OSError, subprocess.CalledProcessError) as error:
        print(f"axe-core could not be fetched: {error}", file=sys.stderr)
        return 1
    return 0


def fetch(folder: Path) -> None:
    """Install the packages of the lock file in a folder, running none of their scripts, and copy axe out of it."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    environment = {**os.environ, "npm_config_cache": str(folder / "cache")}
    npm = _own_npm() or _npm_from_pypi(folder / "node", environment)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    subprocess.run([*npm, "ci", *quiet], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    modules = folder / "node_modules"
    check_versions(modules, json.loads((folder / "package.json").read_text(encoding="utf-8"))["devDependencies"])
    AXE.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(modules / "axe-core" / AXE.name, AXE)


if __name__ == "__main__":
    sys.exit(main())
