"""Verbs that set a thing for a day: what "a rally called for Monday" does. Data and nothing else."""

from __future__ import annotations

SETTING = frozenset("announce book call convene due organise organize plan promise schedule set slate".split())
