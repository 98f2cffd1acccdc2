"""What a person's page says of what they are worth, and what it does not say where that is not known."""

from datetime import date

import pytest
from django.urls import reverse

from people.telling import NOW, happened, person, tell
from value.worths import valued, worth
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, Sight, join, mark, seeing
from vincle.apps.value.queries import worth_of
from vincle.apps.value.settings import change_terms
from vincle.engine.value.terms import Terms

pytestmark = pytest.mark.django_db

HUNDREDTHS = [float(each) for each in range(101)]
STANDING = {
    "worth": {"people": 100, "quantiles": [each * 10 for each in HUNDREDTHS]},
    "spend": {"people": 100, "quantiles": HUNDREDTHS},
    "pace": {"people": 100, "quantiles": HUNDREDTHS},
}
THERE = {
    "first_on": date(2025, 7, 1), "last_on": date(2026, 6, 21), "days": 12, "money": 600, "present": 480,
    "frequency": 11, "recency_days": 355, "tenure_days": 365, "alive": 0.951, "alive_low": 0.93, "alive_high": 0.97,
    "expected": 10.5, "expected_low": 9.25, "expected_high": 12, "spend": "74.50", "worth": "731.4", "worth_low": 650,
    "worth_high": 810,
}  # fmt: skip


@pytest.fixture
def client(client_of, anna):
    tell(happened("C1", "2026-01-01 10:00", name="Mercè Roca"), happened("C2", "2026-01-02 10:00", name="Pau Puig"))
    return client_of(anna)


def part(client, who: str, name: str = "person-card") -> str:
    answer = client.get(reverse(f"value:{name}", args=[person(who).uid]))
    assert 200 == answer.status_code
    return " ".join(answer.content.decode().split())


def words(client, who: str) -> tuple:
    """The figures and sentences of the card."""
    card = client.get(reverse("value:person-card", args=[person(who).uid])).context["card"]
    figures = [(each.value, each.interval) for each in card.figures]
    return figures, card.standing, list(card.drivers)


def test_the_card_says_figures_with_intervals_and_what_makes_them(client):
    worth("C1", **THERE)
    valued(standing=STANDING)
    assert (
        [("€731", "€650 – €810"), ("95%", "93% – 97%"), ("10.5", "9.2 – 12")],
        "Expected to bring more than 73% of the 100 people.",
        [
            "Comes less often than 88% of people.",
            "Spends more at a time than 74% of people.",
            "Was here as lately as is usual for them: 10 days ago, usually every 32.",
        ],
    ) == words(client, "C1")
    shown = part(client, "C1")
    for said in ("As of 1 Jul 2026", "10 days before", "365 days before", "€600", "€480", "The effect is assumed."):
        assert said in shown
    assert "Worth about €730 a year" in part(client, "C1", "person-chip")


def test_who_is_probably_gone_is_said_to_be_in_another_tone(client):
    gone = {"alive": 0.2, "alive_low": 0.1, "alive_high": 0.3, "recency_days": 100}
    worth("C1", **THERE | gone)
    valued()
    assert (
        [("€731", "€650 – €810"), ("20%", "10% – 30%"), ("10.5", "9.2 – 12")],
        "",
        ["Has been away for longer than usual for them: 265 days, usually 9.1."],
    ) == words(client, "C1")
    chip = part(client, "C1", "person-chip")
    assert ("Probably gone, worth about €730 a year" in chip, "chip-warm" in chip) == (True, True)
    assert "Win back" in part(client, "C1")
    assert "expected to bring €3,657 if they were" in part(client, "C1")


def test_nothing_is_compared_that_is_not_known_for_long_enough(client):
    worth("C1", **THERE | {"frequency": 0, "recency_days": 0, "tenure_days": 10})
    worth("C2", **THERE | {"frequency": 3, "recency_days": 12, "tenure_days": 20, "worth": 10})
    valued(standing=STANDING)
    assert ["Has come once so far."] == words(client, "C1")[2]
    assert "Known for 20 days only, too short to compare how often they come." == words(client, "C2")[2][0]
    assert "Expected to bring less than 98% of the 100 people." == words(client, "C2")[1]


def test_another_horizon_is_said_and_older_figures_are(client):
    worth("C1", **THERE)
    valued()
    change_terms(Terms(horizon_days=90, margin=0.5), kinds=[], acquisition_cost=None, actor=COMMAND_LINE, now=NOW)
    assert "Worth about €730 in 90 days" in part(client, "C1", "person-chip")
    shown = part(client, "C1")
    assert "newer figures are on their way" in shown
    assert ("in the next 90 days" in shown, "Paid in all, after costs" in shown) == (True, True)


def test_what_a_rule_foretold_has_no_interval(client):
    worth("C1", **THERE | {"expected_low": None, "expected_high": None, "worth_low": None, "worth_high": None})
    valued()
    assert [("€731", ""), ("95%", "93% – 97%"), ("10.5", "")] == words(client, "C1")[0]
    assert "Not clearly better than doing nothing." in part(client, "C1")


def test_too_few_people_are_no_estimate(client):
    worth("C1", money=30, present=30, days=1)
    few = {"reason": "too_few_people", "people": 20, "people_needed": 100, "returned": 8, "returned_needed": 30}
    valued(people=20, worth=None, why=few)
    shown = part(client, "C1")
    assert "Too few people have paid yet to say who will come again: 20, where 100 are needed." in shown
    assert "€30" in shown
    assert "" == part(client, "C1", "person-chip")
    valued(people=200, worth=None, why=few | {"people": 200})
    assert "Too few people have come again yet to say who will: 8, where 30 are needed." in part(client, "C1")


def test_who_paid_nothing_and_a_house_without_figures_are_told_apart(client):
    assert "has not been worked out yet" in part(client, "C1")
    valued()
    assert "Nothing paid yet, as of 1 Jul 2026." in part(client, "C1")
    assert "" == part(client, "C1", "person-chip")


def test_whose_processing_is_restricted_and_who_is_confidential_is_spared(client, client_of, marta):
    worth("C1", **THERE)
    worth("C2", **THERE)
    valued()
    mark(person("C1"), PersonMark.Kind.RESTRICTED, reason="asked", actor=COMMAND_LINE, now=NOW)
    assert "kept and not used" in part(client, "C1")
    assert "" == part(client, "C1", "person-chip")
    with seeing(Sight(confidential=True)):
        mark(person("C2"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    address = reverse("value:person-card", args=[person("C2").uid])
    assert (404, 200) == (client.get(address).status_code, client_of(marta).get(address).status_code)


def test_an_outsider_sees_nothing(client, client_of, outsider):
    worth("C1", **THERE)
    valued()
    for name in ("person-card", "person-chip"):
        assert 403 == client_of(outsider).get(reverse(f"value:{name}", args=[person("C1").uid])).status_code


def test_of_people_who_were_joined_the_one_with_most_to_come_stands_for_both(client):
    worth("C1", money=10, present=10)
    worth("C2", **THERE)
    valued()
    join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
    found = worth_of(person("C1").pk)
    assert found is not None
    assert 12 == found.days
    assert "Worth about €730" in part(client, "C2", "person-chip")


@pytest.mark.parametrize(
    ("language", "said"), [("ca", "Val uns 730 € l&#x27;any"), ("es", "Vale unos 730 € al año")]
)  # fmt: skip
def test_it_speaks_the_readers_language(client, anna, language, said):
    worth("C1", **THERE)
    valued()
    anna.language = language
    anna.save()
    assert said in part(client, "C1", "person-chip")
