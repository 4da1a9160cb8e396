"""Fetches axe-core, the accessibility checker that the browser tests run in the page.

    python -m scripts.fetch_axe

It comes from npm, pinned by version and hash in package-lock.json, as the browser's files do, and lands in node_modules,
which git ignores. Only the tests need it; nothing of it is served.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.fetch_base_map import ROOT, BaseMapError, fetched

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def main() -> int:
    """Fetch and check the file. Returns the exit status."""
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            axe = fetched(Path(folder), for_tests=True) / "axe-core" / AXE.name
            AXE.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(axe, AXE)
    except (BaseMapError, OSError, subprocess.CalledProcessError) as error:
        print(f"axe-core could not be fetched: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
