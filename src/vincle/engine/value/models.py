"""The models by their names, and what those of coming back have in common."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vincle.engine.value.bgbb import BGBB
from vincle.engine.value.bgnbd import BGNBD, MBGNBD
from vincle.engine.value.counts import Counts
from vincle.engine.value.fitting import Likelihood
from vincle.engine.value.paretonbd import PARETONBD

Floats = NDArray[np.float64]
Params = Mapping[str, float]


class Returning(Protocol):
    """A model of how often people come and whether they are still there."""

    name: str
    names: tuple[str, ...]

    def likelihood(self, counts: Counts) -> Likelihood: ...

    def alive(self, params: Params, counts: Counts) -> Floats: ...

    def returns(self, params: Params, counts: Counts, horizon: float) -> Floats: ...

    def returns_of_new(self, params: Params, horizon: float) -> float: ...


CONTINUOUS: Mapping[str, Returning] = {"bgnbd": BGNBD, "mbgnbd": MBGNBD, "paretonbd": PARETONBD}
RETURNING: Mapping[str, Returning] = {**CONTINUOUS, "bgbb": BGBB}
NAMES = ("bgnbd", "mbgnbd", "paretonbd", "gammagamma", "sbg", "bgbb")
