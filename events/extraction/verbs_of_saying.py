"""Verbs of saying: what they govern is told by somebody, and they have a day of their own. Data and nothing else."""

from __future__ import annotations

SAYING = frozenset(
    "say tell report add announce confirm state note explain declare claim write reveal disclose describe recall "
    "comment acknowledge admit estimate believe think tweet post stress point mention remark argue insist maintain "
    "quote cite indicate suggest show learn understand inform reply respond conclude concede observe warn allege".split()
)
