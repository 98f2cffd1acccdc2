"""Rules of retention: who is due, who is spared, what never happens."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cast_of import somebody as member
from consent.asking import purpose, says
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.consent.models import Decision
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.retention import actions
from vincle.apps.retention.jobs import nightly
from vincle.apps.retention.models import Rule, Run
from vincle.apps.retention.queries import due, last_seen_before, preview, seeing_everybody
from vincle.flow.models import Forgotten, Person
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule() -> Rule:
    """C1 and C2 were last seen in 2020, C3 this year."""
    tell(
        happened("C1", "2020-03-31 22:30", name="Mercè Roca"),
        happened("C2", "2020-04-01 10:00", name="Joan Roca", links=[("email", "joan@example.org")]),
        happened("C3", "2026-04-01 10:00", name="Pau Vila"),
    )
    return actions.add_rule(actor=COMMAND_LINE, now=NOW, months=36)


def names(rule: Rule) -> list[str]:
    with seeing_everybody():
        return [each.name for each in due(rule, now=NOW)]


def there() -> set[str]:
    return set(Person.objects.values_list("name", flat=True)) - {""}


def test_who_was_not_seen_for_so_long_is_due(rule):
    assert ["Mercè Roca", "Joan Roca"] == names(rule)


def test_a_rule_may_be_only_for_who_is_known_somewhere(rule):
    assert ["Joan Roca"] == names(actions.add_rule(actor=COMMAND_LINE, now=NOW, months=36, namespace="email"))


@pytest.mark.parametrize("months", [0, 5, 601, -36, None])
def test_a_rule_without_a_bound_means_nobody_never_all(rule, months):
    with pytest.raises(BadInput), seeing_everybody():
        due(Rule(months=months), now=NOW)
    with pytest.raises(BadInput):
        preview(Rule(months=months), now=NOW)
    if months is not None:
        with pytest.raises(BadInput):
            actions.add_rule(actor=COMMAND_LINE, now=NOW, months=months)
        with pytest.raises(IntegrityError), transaction.atomic():
            Rule.objects.filter(pk=rule.pk).update(months=max(months, 0))
    assert {"Mercè Roca", "Joan Roca", "Pau Vila"} == there()


def test_months_end_with_the_month(rule):
    assert 28 == last_seen_before(Rule(months=9), NOW.replace(month=11, day=30)).day


def test_who_consents_or_is_restricted_stays(rule):
    news = purpose()
    tell(happened("C4", "2020-04-01 10:00", name="Neus Mas"))
    says("C1", Decision.GIVEN, news)
    says("C4", Decision.WITHDRAWN, news)
    mark(person("C2"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    Person.objects.update(last_at=NOW - timedelta(days=3_000))  # as if none of that had been told just now

    assert (["Neus Mas"], {"restricted": 1, "consenting": 1}) == (
        sorted(set(names(rule)) - {"Pau Vila"}), preview(rule, now=NOW).spared,
    )  # fmt: skip


def test_nothing_runs_before_somebody_has_looked(rule, client_of, olga):
    with pytest.raises(Refused):
        actions.run(rule, actor=COMMAND_LINE, now=NOW)
    with pytest.raises(Refused):
        actions.switch(rule, on=True, actor=COMMAND_LINE, now=NOW)
    assert 403 == client_of(olga).post(f"/retention/{rule.pk}/run/").status_code
    assert ({"Mercè Roca", "Joan Roca", "Pau Vila"}, 0) == (there(), Run.objects.count())


def test_looking_erases_nobody(rule):
    report = actions.look(rule, actor=COMMAND_LINE, now=NOW)

    assert (2, True, [], 3) == (report.found, report.is_dry, report.erased, len(there()))


def test_a_run_erases_with_certificates_in_portions_and_leaves_a_report(rule):
    actions.look(rule, actor=COMMAND_LINE, now=NOW)
    first = actions.run(rule, actor=COMMAND_LINE, now=NOW, most=1)
    assert ({"Joan Roca", "Pau Vila"}, 2, 1) == (there(), first.found, len(first.erased))

    second = actions.run(rule, actor=COMMAND_LINE, now=NOW)
    assert ({"Pau Vila"}, 1) == (there(), second.found)
    assert {*first.erased, *second.erased} == {str(uid) for uid in Forgotten.objects.values_list("uid", flat=True)}
    assert ["retention.added", "retention.looked", "retention.ran", "retention.ran"] == list(
        AuditEntry.objects.filter(action__startswith="retention").order_by("id").values_list("action", flat=True)
    )
    assert "Roca" not in str(list(Run.objects.values()))


def test_who_came_again_meanwhile_stays(rule):
    actions.look(rule, actor=COMMAND_LINE, now=NOW)

    def come() -> None:
        Person.objects.filter(name="Joan Roca").update(last_at=NOW)

    actions.run(rule, actor=COMMAND_LINE, now=NOW, breathe=come)

    assert {"Joan Roca", "Pau Vila"} == there()


def test_confidential_people_are_due_and_not_shown_to_who_may_not_see_them(rule, client_of, ramon):
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    Person.objects.filter(name="Mercè Roca").update(last_at=NOW - timedelta(days=3_000))

    page = client_of(ramon).get(f"/retention/{rule.pk}/")

    assert (2, ["Joan Roca"]) == (page.context["seen"].found, [each.name for each in page.context["seen"].first])


class _Night:
    now = NOW

    @staticmethod
    def breathe() -> None: ...


def test_only_rules_that_are_on_run_at_night(rule):
    actions.look(rule, actor=COMMAND_LINE, now=NOW)
    nightly(_Night())
    assert 3 == len(there())
    actions.switch(rule, on=True, actor=COMMAND_LINE, now=NOW)
    nightly(_Night())
    assert {"Pau Vila"} == there()


def test_the_pages(rule, client_of, olga):
    client = client_of(olga)
    made = client.post("/retention/", {"months": "60", "namespace": ""})
    for path in ("look", "switch", "run", "remove"):
        assert 302 == client.post(f"{made.url}{path}/", {"next": "on"}).status_code
    assert 400 == client.post("/retention/", {"months": "1"}).status_code
    assert [rule] == list(Rule.objects.all())
    assert (200, 200) == (client.get("/retention/").status_code, client.get(f"/retention/{rule.pk}/").status_code)
    assert 404 == client.get("/retention/999/").status_code


@pytest.mark.parametrize(("who", "see"), [("marta", 200), ("ramon", 200), ("anna", 403)])
def test_only_owners_decide(rule, client_of, who, see):
    client, page = client_of(member(who)), f"/retention/{rule.pk}/"

    assert (see, 403) == (client.get(page).status_code, client.post(f"{page}look/").status_code)


def test_a_list_of_rules_costs_the_same_for_many(rule, client_of, olga, django_assert_max_num_queries):
    for _ in range(5):
        actions.add_rule(actor=COMMAND_LINE, now=clock.now(), months=48)
    client = client_of(olga)
    with django_assert_max_num_queries(12):
        assert 200 == client.get("/retention/").status_code
