"""What all relationships are worth together, and the effect of each lever."""

import pytest

from vincle.engine.value.customer_equity import Assumptions, equity, what_if
from vincle.kernel.errors import BadInput

FIRM = Assumptions(people=1_000, margin=100, retention=0.83, discount=0.12, won=180, acquisition_cost=30, periods=20)


def test_levers_have_the_published_sizes() -> None:
    """Gupta, Lehmann, Stuart (2004): about 5, 1 and 0.1 per cent; retention 2.5 to 6.8, cost 0.02 to 0.3."""
    effects = equity(FIRM).effects
    retention, margin, cost = (100 * (effects[name] or 0) for name in ("retention", "margin", "acquisition_cost"))
    assert 2.45 < retention < 6.75
    assert 1.0 <= margin < 1.3
    assert 0.02 < cost < 0.32


def test_the_value_is_the_sum_of_what_comes() -> None:
    summed = sum(1_000 * 100 * 0.83 ** (year - 1) / 1.12**year for year in range(1, 400))
    assert summed == pytest.approx(equity(FIRM).present)
    won = sum(180 * (100 / 0.29 - 30) / 1.12**year for year in range(1, 21))
    assert won == pytest.approx(equity(FIRM).to_come)


def test_no_effect_is_told_of_nothing_or_of_more_than_everybody() -> None:
    nobody = equity(Assumptions(people=0, margin=1, retention=0.5, discount=0.1))
    assert {None} == set(nobody.effects.values())
    assert equity(Assumptions(people=1, margin=1, retention=0.995, discount=0.1)).effects["retention"] is None


@pytest.mark.parametrize(
    ("assumed", "words"), [({"retention": 1.2}, "no share"), ({"discount": 0.0}, "no end"), ({"people": -1}, "fewer")]
)
def test_assumptions_that_make_no_sense(assumed: dict[str, float], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        equity(Assumptions(**{"people": 1, "margin": 1, "retention": 0.5, "discount": 0.1} | assumed))  # type: ignore[arg-type]


def test_what_if_is_the_effect_of_the_levers() -> None:
    effects = equity(FIRM).effects
    assert effects == pytest.approx(
        {
            "retention": what_if(FIRM, retention=0.01),
            "margin": what_if(FIRM, margin=0.01),
            "acquisition_cost": what_if(FIRM, acquisition_cost=-0.01),
        }
    )
    assert what_if(FIRM) == pytest.approx(0)
    assert what_if(FIRM, retention=9.0) == what_if(FIRM, retention=1 / 0.83 - 1)
    with pytest.raises(BadInput, match="worth nothing"):
        what_if(Assumptions(people=0, margin=1, retention=0.5, discount=0.1), margin=0.1)
