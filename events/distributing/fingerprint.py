"""What an extractor is made of, as one short word: two machines with the same word make the same events.

For the driver, which tells it to the workers, and for them, who refuse work meant for another extractor.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from geodata.gazetteer import Gazetteer

_ROOT = Path(__file__).resolve().parents[2]
_PARTS = (
    "events/extraction", "events/model.py", "events/ontology.py", "events/linking", "events/reprints.py",
    "events/preparing.py", "geodata",
)  # fmt: skip
_PACKAGES = ("spacy", "thinc", "lemminflect", "onnxruntime", "tokenizers", "numpy")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Sixteen hexadecimal digits of code, models, packages and gazetteer. Raises GazetteerError where there is none."""
    found = hashlib.sha256()
    for part in _PARTS:
        path = _ROOT / part
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.relative_to(_ROOT).as_posix().encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    found.update(" ".join(version(package) for package in _PACKAGES).encode())
    found.update(Gazetteer.open().facts().get("digest", "").encode())
    return found.hexdigest()[:16]
