"""Filters against a naive evaluation of the same people, whichever way the database finds them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lists import naive
from people.telling import NOW, happened, line, person, tell
from vincle.apps.lists.filters import attributes, behaviour, language
from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import Did, Filter, Group, Known, Period, Reached, Seen, Spent, Total
from vincle.apps.people.facade import Criteria, numbers_of
from vincle.apps.people.queries import directory
from vincle.flow.models import Identity, Observation, Source

pytestmark = pytest.mark.django_db

PAID = {"kind": "order.placed", "currency": "EUR"}
TOWNS = ["Girona", "GIRONA", "l'Escala", "La Bisbal d'Empordà", "Sant Feliu"]


@pytest.fixture
def village():
    """Nine people who differ in all that a filter can speak of."""
    tell(
        happened("C1", "2026-11-01 10:00", name="Mercè Roca", observations={"town": "Girona", "age": "41"}),
        happened("C1", "2026-11-18 10:00", amount=Decimal("38.40"), things=[line("RYE BREAD")], **PAID),
        happened("C1", "2026-10-02 10:00", amount=Decimal(12), things=[line("Olive oil")], **PAID),
        happened("C2", "2025-02-03 10:00", name="Pau Puig", observations={"town": "GIRONA", "age": "7"}),
        happened("C2", "2026-08-03 22:30", amount=Decimal(5), channel="web", place="", **PAID),
        happened("C3", "2026-09-01 10:00", name="Àngel Soler", observations={"town": "L'Escala", "born": "1980-05-01"}),
        happened("C3", "2026-09-02 10:00", kind="call.received", channel="phone", place=""),
        happened("C4", "2026-11-19 10:00", name="Carme Font", observations={"town": "La Bisbal d'Empordà", "age": "x"}),
        happened("C4", "2026-11-19 11:00", amount=Decimal(-4), **PAID),
        happened("C5", "2026-11-19 23:30", name="Joan Vila", links=[("email", "joan@example.org")]),
        happened("C6", "2026-03-01 10:00", observations={"age": "-3.5", "born": "2019-12-31"}),
        happened("C7", "2026-05-01 10:00", amount=Decimal(100), kind="order.placed", currency="USD", place="Olot"),
        happened("C8", "2026-05-01 10:00", amount=Decimal(1000), things=[line("Rye bread")], **PAID),
        happened("C9", "2026-11-10 10:00", name="Mercè Font", observations={"town": "Sant   Feliu", "age": "41"}),
        happened("joan@example.org", "2026-11-12 10:00", namespace="email", observations={"town": "Girona"}),
    )
    Observation.objects.create(  # what a colleague pinned counts before what was said last
        identity=Identity.objects.get(value="C2"),
        name="town",
        value="Olot",
        source=Source.objects.get(name="shop"),
        observed_at=NOW - timedelta(days=900),
        pinned=True,
    )
    return naive.everybody()


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
periods = st.one_of(
    st.just(Period()),
    st.builds(Period, days=st.integers(1, 700)),
    st.builds(Period, since=days),
    st.builds(Period, until=days),
)
begun = st.one_of(st.builds(Period, days=st.integers(1, 700)), st.builds(Period, since=days))
amounts = st.sampled_from(["at_least", "at_most"])
words = st.sampled_from([*TOWNS, "girona", "sant feliu", "bisbal d'emporda", "olot", "41", "x", "(", "é", "esc"])
money = st.sampled_from([Decimal(value) for value in ("-10", "0", "5", "50.40", "50.4001", "900")])
known = st.one_of(
    st.builds(Known, st.just("town"), st.sampled_from(["is", "is_not", "contains", "lacks"]), st.tuples(words)),
    st.builds(Known, st.just("town"), st.just("one_of"), st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(Known, st.sampled_from(["town", "age", "born"]), st.sampled_from(["empty", "filled"])),
    st.builds(
        Known, st.just("age"), st.sampled_from(["less", "greater"]), st.tuples(st.sampled_from(["-3.5", "7", "41.5"]))
    ),
    st.builds(
        Known, st.just("born"), st.sampled_from(["before", "after"]), st.tuples(days.map(str) | st.just("1980-05-01"))
    ),
)
did = st.builds(
    Did,
    st.sampled_from(["", "order.placed", "visit.made", "call.received"]),
    amounts,
    st.integers(1, 3),
    periods,
    st.sampled_from(["", "shop", "web", "phone"]),
)
bought = st.builds(
    Did,
    st.just("order.placed"),
    amounts,
    st.integers(1, 2),
    periods,
    thing_type=st.just("product"),
    thing=st.sampled_from(["", "rye", "BREAD", "oil", "nothing"]),
)
leaves = st.one_of(
    known,
    did,
    bought,
    st.builds(Did, st.just(""), amounts, st.just(1), periods, st.just("shop"), st.sampled_from(["Girona", "Olot"])),
    st.builds(Reached, st.just("email"), st.sampled_from(["has", "lacks"])),
    st.builds(Seen, st.sampled_from(["first", "last"]), st.just("before"), begun),
    st.builds(Seen, st.sampled_from(["first", "last"]), st.just("within"), periods.filter(lambda p: p != Period())),
    st.builds(Total, st.just("interactions"), amounts, st.integers(0, 4).map(Decimal)),
    st.builds(Total, st.just("money"), amounts, money),
    st.builds(Spent, amounts, money, periods),
    st.builds(language.Found, st.sampled_from(["merce", "font", "à", "roca mer"])),
)
matches = st.sampled_from(["all", "any"])
groups = st.builds(Group, matches, st.lists(leaves, min_size=1, max_size=3).map(tuple))
filters = st.builds(Filter, matches, st.lists(leaves | groups, min_size=1, max_size=4).map(tuple))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=filters,
    limits=st.tuples(*(st.sampled_from([0, 1, 3, 10_000]) for _ in range(3))),
    order=st.sampled_from(["name", "-last", "-money"]),
)
def test_a_filter_wants_whom_a_naive_evaluation_wants(village, wanted, limits, order):
    counted, reach, examined = limits
    with pytest.MonkeyPatch.context() as patch, timezone.override("Europe/Madrid"):
        patch.setattr(directory, "COUNTED", counted)
        patch.setattr(directory, "REACH", reach)
        for module in (attributes, behaviour):
            patch.setattr(module, "EXAMINED", examined)
        criteria = Criteria(order=order, further=conditions(wanted, now=NOW))
        page, _way = directory.page(criteria)
        expected = {one.row.pk for one in village if naive.meets(one, wanted, NOW)}
        assert expected == {one.pk for one in page}
        assert expected == set(numbers_of(criteria))


def test_a_pinned_value_is_the_one_compared(village):
    wanted = language.all_of(Known("town", "is", ("Olot",)))
    assert [person("C2").pk] == numbers_of(Criteria(further=conditions(wanted, now=NOW)))
