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

DEBIAN = Path("/usr/lib/postgresql")  # a folder a version
PLACES = (Path("/opt/homebrew/bin"), Path("/usr/local/bin"), Path("/usr/local/pgsql/bin"))
PROGRAMS = ("initdb", "postgres")
PACKAGES = ("postgresql", "postgresql-postgis")
DOCUMENTED = "postgresql-15-postgis-3"  # Debian 12's name for the second, which says the version
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


def install_postgresql() -> None:
    """Install Debian's packages where apt is there and we are root: nobody's desktop gets a server unasked."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print("Installing PostgreSQL and PostGIS for the tests of the shared store …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "-qq", "update"], environment)
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    if _run([*install, "postgresql", DOCUMENTED], environment) != 0:
        _run([*install, *PACKAGES], environment)


def _run(command: list[str], environment: dict[str, str]) -> int:
    quiet = subprocess.DEVNULL
    return subprocess.run(command, env=environment, stdout=quiet, stderr=quiet, check=False).returncode


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
        install_postgresql()
    folder = find_postgresql()
    print(folder or ADVICE, file=sys.stdout if folder else sys.stderr)
    return 0 if folder else 1


if __name__ == "__main__":
    sys.exit(main())
