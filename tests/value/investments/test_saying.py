"""What is said of an investment claims no more than the figures; the picture shows them all."""

from copy import deepcopy

import pytest

from vincle.apps.value.investments import saying
from vincle.apps.value.investments.picture import picture_of


def estimate(at, low=None, high=None):
    return {"at": at, "low": low, "high": high}


FIGURES = {
    "net": estimate(120.0, -40.0, 280.0),
    "payback": {"days": 40.4, "soonest": 25.2, "latest": None},
    "needed": [1234, 987],
    "balance": None,
    "adjusted": True,
    "trend": {
        "period_days": 7, "slopes": estimate(0.1, -0.2, 0.4), "carried": estimate(5.0, -150.0, 3.5), "differs": False,
        "moments": [],
    },
}  # fmt: skip
SAID = {
    "verdict": "cannot_tell", "label": "observational", "treated": 40, "compared": 1_200, "missing": [0, 0],
    "until": "2026-10-09", "cost": "200", "margin": 1.0, "figures": FIGURES,
}  # fmt: skip


def told(verdict="cannot_tell", label="observational", **figures):
    return SAID | {"verdict": verdict, "label": label, "figures": deepcopy(FIGURES) | figures}


SENTENCES = {
    "It pays: by 9 Oct 2026 it has brought between €40.00 and €280 more than it cost.": told(
        "pays", net=estimate(120.0, 40.0, 280.0)
    ),
    "It has not paid by 9 Oct 2026: it cost between €40.00 and €280 more than it has brought.": told(
        "does_not_pay", net=estimate(-120.0, -280.0, -40.0)
    ),
    "It cannot be told yet: by 9 Oct 2026 it may have lost up to €40.00, or brought up to €280 more than it cost.": (
        told()
    ),
    "It cannot be told: all people are alike in what they paid, so nothing says how much is chance.": told(
        net=estimate(0.0)
    ),
    "Both groups moved apart before it began already. What came after cannot be put down to it, so there is no answer "
    "from this comparison.": told("trends_differ"),
    "Not enough people yet. Still missing: 2 of those who had it (there are 28) and 5 of those whom they are compared "
    "with (there are 25).": SAID
    | {"verdict": "too_few", "treated": 28, "compared": 25, "missing": [2, 5], "figures": None},
}


@pytest.mark.parametrize("words", SENTENCES)
def test_verdicts(words):
    assert words == saying.sentence(SENTENCES[words], "EUR")


def test_people_still_needed_are_said_to_two_digits():
    assert "about 1,300 more people who have it and 990 more who do not" in saying.needed_words(told())
    assert "no sensible number" in saying.needed_words(told(needed=None))
    for said in (told("pays"), told("trends_differ"), told(net=estimate(0.0))):
        assert "" == saying.needed_words(said)


def test_when_it_is_earned_back():
    never = {"days": None, "soonest": None, "latest": None}
    assert ("40 days", "25 days at the soonest, perhaps never") == saying.payback_words(told(), 200.0)
    assert ("it cost nothing", "") == saying.payback_words(told(), 0.0)
    assert ("never, as it goes now", "") == saying.payback_words(told(payback=never), 200.0)
    between = {"days": 1.2, "soonest": 0.4, "latest": 2.0}
    assert ("1 day", "1 day to 2 days") == saying.payback_words(told(payback=between), 200.0)


def test_how_both_groups_moved_before():
    trend = FIGURES["trend"]
    assert "would by itself make -€150 to €3.50 a person" in saying.trend_words(told(), "EUR")
    assert "it alone would make -€150 to €3.50 a person" in saying.trend_words(
        told(trend=trend | {"differs": True}), "EUR"
    )
    unknown = trend | {"slopes": None, "carried": None}
    assert "Too little is known of the time before" in saying.trend_words(told(trend=unknown), "EUR")
    assert "" == saying.trend_words(told(label="randomised"), "EUR")


def test_how_alike_a_lot_made_them():
    assert "as a lot makes them" in saying.balance_words(told(balance=estimate(1.0, -1.0, 3.0)), "EUR")
    assert "make sure that it was one" in saying.balance_words(told(balance=estimate(2.0, 1.0, 3.0)), "EUR")
    assert "" == saying.balance_words(told(), "EUR")


def test_the_picture_holds_both_groups_with_their_bands():
    week = [("2026-06-24", True, 10.0), ("2026-07-01", False, 20.0)]
    moments = [
        {"day": day, "before": before, "treated": estimate(at, at - 5, at + 5), "compared": estimate(-10.0)}
        for day, before, at in week
    ]
    seen = picture_of({"moments": moments, "period_days": 7}, "EUR")
    # From -10 to 30, so 20 a fifth of the height each of five steps of ten.
    assert ["€30", "€20", "€10", "€0", "-€10"] == [tick.words for tick in seen.ticks][::-1]
    assert ("M250.0 100.0L750.0 50.0", "M250.0 200.0L750.0 200.0") == (seen.treated.path, seen.compared.path)
    assert "M250.0 75.0L750.0 25.0L750.0 75.0L250.0 125.0Z" == seen.treated.band
    assert ("50.00%", "24 Jun 2026", "7 Jul 2026") == (seen.start, seen.first, seen.last)
    assert [("€10.00", "€5.00 – €15.00", "-€10.00", "")] == [
        (row.treated, row.treated_interval, row.compared, row.compared_interval) for row in seen.rows[:1]
    ]
    assert picture_of({"moments": moments[:1], "period_days": 7}, "EUR") is None


def test_a_picture_of_nothing():
    flat = [{"day": f"2026-07-0{day}", "before": False, "treated": estimate(0.0), "compared": estimate(0.0)}
            for day in (1, 8)]  # fmt: skip
    assert ["€0"] == [tick.words for tick in picture_of({"moments": flat, "period_days": 7}, "EUR").ticks]
