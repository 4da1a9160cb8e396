"""A choice among candidates by a weighted sum of named features: a log-linear model in a dozen lines.

For placing.py, timing.py and finding_happenings.py. Weights are learned by training/train_choices.py on our own news and
kept as JSON, one number a feature name, so that a reader can see what counts for how much.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from events.model import ExtractionError

MODELS = Path(__file__).parent / "models" / "choices"
Features = Mapping[str, float]


class LinearChoice:
    """Weights by feature name; features without a weight count nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)

    @classmethod
    @lru_cache(maxsize=8)
    def load(cls, name: str) -> LinearChoice:
        """The shipped weights of this name ("place", "time", "event"). Raises ExtractionError when they are missing."""
        path = MODELS / f"{name}.json"
        if not path.exists():
            raise ExtractionError(f"{path} is missing: get the whole repository, or run training/train_choices.py")
        return cls(json.loads(path.read_text(encoding="utf-8"))["weights"])

    def score(self, features: Features) -> float:
        """The weighted sum.

        >>> LinearChoice({"near": 2.0}).score({"near": 1.0, "unknown": 5.0})
        2.0
        """
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Features) -> float:
        """The chance that something with these features is so (logistic).

        >>> LinearChoice({}).probability({})
        0.5
        """
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


def softmax(scores: Iterable[float]) -> list[float]:
    """Scores as shares that add up to 1; [] for none."""
    values = list(scores)
    if not values:
        return []
    top = max(values)
    parts = [math.exp(value - top) for value in values]
    total = sum(parts)
    return [part / total for part in parts]
