"""The folder of other people's texts beside this repository, ../shared, and the scorers that come with them.

For the benchmarks that read it; a stranger hasn't got it, and they say so.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

SHARED = Path(__file__).resolve().parents[2] / "shared"


def scorer(name: str) -> ModuleType:
    """The module of a scorer ("score_events"). Raises FileNotFoundError where it is not at hand."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "score" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
