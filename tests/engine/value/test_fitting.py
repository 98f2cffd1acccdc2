"""How an optimum is found does not change it."""

import numpy as np
import pytest

from engine.value.people import counts_of, spending_of
from vincle.engine.value import counts, gammagamma
from vincle.engine.value.fitting import Likelihood, maximise
from vincle.engine.value.gammagamma import GAMMAGAMMA
from vincle.engine.value.models import CONTINUOUS


@pytest.mark.parametrize("name", [*CONTINUOUS, "gammagamma"])
def test_a_search_that_begins_with_some_rows_ends_where_one_of_all_does(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    of: Likelihood = (
        GAMMAGAMMA.likelihood(spending_of(3_000, seed=5))
        if name == "gammagamma"
        else CONTINUOUS[name].likelihood(counts_of(name, 3_000, seed=5))
    )
    assert of.thinned() is None
    usual = maximise(of)
    for module in (counts, gammagamma):
        monkeypatch.setattr(module, "SOME", 300)
    assert of.thinned() is not None
    begun = maximise(of)
    assert (True, True) == (usual.converged, begun.converged)
    assert np.allclose(list(usual.params.values()), list(begun.params.values()), rtol=1e-6)
    assert np.allclose(
        list((usual.standard_errors or {}).values()), list((begun.standard_errors or {}).values()), rtol=1e-4
    )
    assert np.isclose(usual.loglik, begun.loglik, rtol=1e-12)
