"""What was learnt from sentences that people judged, read from `weights.json`: what each sign weighs."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression. `elsewhere` stands for `bias` where signs that are English words cannot be seen."""

    bias: float
    elsewhere: float
    signs: Mapping[str, float]
    threshold: float = 0.5

    def likelihood(self, signs: Mapping[str, float], *, is_english: bool = True) -> float:
        """How likely a sentence with these signs is what was learnt, from 0 to 1."""
        total = self.bias if is_english else self.elsewhere
        return 1 / (1 + math.exp(-total - sum(self.parts(signs).values())))

    def parts(self, signs: Mapping[str, float]) -> dict[str, float]:
        """What each sign adds or takes."""
        return {sign: self.signs[sign] * strength for sign, strength in signs.items() if sign in self.signs}


@cache
def weights_of(name: str) -> Weights:
    """The weights of `checkability` or of `worth`."""
    learnt = json.loads((files("factcheck.text") / "weights.json").read_text("utf-8"))
    return Weights(**learnt[name])
