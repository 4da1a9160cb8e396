"""Finds the PostgreSQL with PostGIS that the tests of the shared store start; installs Debian's when asked and allowed.

    python -m scripts.find_postgresql             prints the folder of its programs
    python -m scripts.find_postgresql --install   the same, after installing it if there is none

Without it the tests of PostgreSQL skip and say so; those of SQLite, which most people use, never do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.debian_packages import install

DEBIAN = Path("/usr/lib/postgresql")  # a folder a version
PLACES = (Path("/opt/homebrew/bin"), Path("/usr/local/bin"), Path("/usr/local/pgsql/bin"))
PROGRAMS = ("initdb", "postgres")
DOCUMENTED = "postgresql-15-postgis-3"  # Debian 12's name for it, which says the version
PACKAGES = (("postgresql", DOCUMENTED), ("postgresql", "postgresql-postgis"))
ADVICE = (
    "No PostgreSQL with PostGIS was found: its tests will skip. Debian 12: apt install postgresql "
    f"{DOCUMENTED}; or set POSTGRESQL to the folder of its programs."
)


def find_postgresql() -> Path | None:
    """The folder of the programs of a PostgreSQL that has PostGIS: the one that POSTGRESQL names, else the newest."""
    if named := os.environ.get("POSTGRESQL"):
        return Path(named) if _is_whole(Path(named)) else None
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    places = [*versions, *([Path(on_path).parent] if on_path else []), *PLACES]
    return next((place for place in places if _is_whole(place)), None)


def _is_whole(folder: Path) -> bool:
    """Whether the programs are there, and PostGIS among the extensions of theirs."""
    if not all((folder / name).exists() for name in PROGRAMS):
        return False
    config = folder / "pg_config"
    version = folder.parent.name
    shares = [Path(f"/usr/share/postgresql/{version}"), folder.parent / "share", folder.parent / "share" / "postgresql"]
    if config.exists():
        said = subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=False)
        shares.insert(0, Path(said.stdout.strip() or "/nowhere"))
    return any((share / "extension" / "postgis.control").exists() for share in shares)


def _number(version: str) -> float:
    """A folder's version as a number, to sort by.

    >>> _number("15") > _number("9.6")
    True
    """
    try:
        return float(version)
    except ValueError:
        return 0.0


def main() -> int:
    """Print the folder. Returns 1 where there is none."""
    if find_postgresql() is None and "--install" in sys.argv[1:]:
        install(*PACKAGES, lean=True)  # as root only: nobody's desktop gets a server unasked
    folder = find_postgresql()
    print(folder or ADVICE, file=sys.stdout if folder else sys.stderr)
    return 0 if folder else 1


if __name__ == "__main__":
    sys.exit(main())
