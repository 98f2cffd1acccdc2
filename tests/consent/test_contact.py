"""Whom one may contact, and why not, for many at once."""

from datetime import timedelta

import pytest

from consent.asking import purpose, says, who
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.consent.models import Basis, Decision
from vincle.apps.consent.purposes import retire
from vincle.apps.consent.queries import contact
from vincle.apps.consent.queries.contact import Answer, may_contact
from vincle.apps.people.actions import join
from vincle.apps.people.contacting import lift_contact, mark_contact
from vincle.apps.people.facade import PersonMark, Sight, mark, seeing
from vincle.apps.people.models import ContactMark
from vincle.flow.models import Identity
from vincle.kernel.errors import BadInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _six():
    for number in range(1, 7):
        links = [("email", f"c{number}@example.org"), ("phone", f"+3460011122{number}")]
        tell(happened(f"C{number}", "2026-03-31 22:30", links=links))


def reason(customer: str, channel: str = "email", about: str = "news") -> tuple[bool, str]:
    number = who(customer).number
    answer = may_contact([number], about, channel)[number]
    assert str(answer.words)
    return answer.may, answer.reason


def test_each_reason():
    news = purpose()
    says("C1", Decision.GIVEN, news, "email")
    says("C2", Decision.REFUSED, news)
    says("C3", Decision.WITHDRAWN, news)
    says("C4", Decision.GIVEN, news)
    says("C4", Decision.OBJECTED, None, "email")
    says("C5", Decision.GIVEN, news)
    mark(person("C5"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)

    assert [
        (True, "given"), (False, "refused"), (False, "withdrawn"), (False, "do_not_contact"), (False, "restricted"),
        (False, "never_asked"),
    ] == [reason(f"C{number}") for number in range(1, 7)]  # fmt: skip
    assert [(False, "never_asked"), (True, "given")] == [reason("C1", "phone"), reason("C4", "phone")]


def test_without_consent_nobody_but_who_objects_is_left_out():
    service = purpose("service", Basis.CONTRACT)
    says("C1", Decision.OBJECTED, service)
    says("C2", Decision.OBJECTED, service, at=NOW - timedelta(days=1))
    says("C2", Decision.LIFTED, service)

    assert [(False, "objected"), (True, "basis"), (True, "basis")] == [
        reason(customer, about="service") for customer in ("C1", "C2", "C3")
    ]


def test_nobody_is_contacted_for_what_is_asked_no_more():
    news = purpose()
    says("C1", Decision.GIVEN, news)
    retire(news, actor=COMMAND_LINE, now=NOW)

    assert (False, "retired") == reason("C1")


def test_who_is_not_there_or_may_not_be_seen_is_gone():
    news = purpose()
    says("C1", Decision.GIVEN, news)
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    number = person("C1").pk

    assert {number: Answer(False, "gone"), 999_999: Answer(False, "gone")} == may_contact(
        [number, 999_999], "news", "email"
    )
    with seeing(Sight(confidential=True)):
        assert may_contact([number], "news", "email")[number].may


def test_every_identity_of_a_person_has_the_answer_of_the_whole():
    news = purpose()
    says("C1", Decision.GIVEN, news, at=NOW - timedelta(days=1))
    says("C2", Decision.WITHDRAWN, news)
    numbers = [person(customer).pk for customer in ("C1", "C2")]
    join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)

    assert ["withdrawn", "withdrawn"] == [answer.reason for answer in may_contact(numbers, "news", "email").values()]


def test_what_is_unknown_is_said():
    purpose()
    with pytest.raises(NotFound):
        may_contact([1], "nothing", "email")
    with pytest.raises(BadInput):
        may_contact([1], "news", "fax")


def test_it_costs_the_same_questions_for_many(django_assert_max_num_queries, monkeypatch):
    news = purpose()
    says("C1", Decision.GIVEN, news)
    monkeypatch.setattr(contact, "PORTION", 3)
    numbers = [person(f"C{number}").pk for number in range(1, 7)]

    with django_assert_max_num_queries(1 + 2 * 5 + 1):
        answers = may_contact(numbers, "news", "email")

    assert (numbers, 1) == (list(answers), sum(answer.may for answer in answers.values()))


def address(customer: str, channel: str = "email") -> tuple[str, str]:
    number = who(customer).number
    answer = may_contact([number], "service", channel)[number]
    return answer.address, answer.reason


def number(value: str) -> int:
    return Identity.objects.get(value=value).pk


def test_the_answer_is_an_address_that_arrives_and_may_be_used_the_preferred_one_first():
    purpose("service", Basis.CONTRACT, channels=("email", "phone", "post"))
    first, second, way = "c1@example.org", "mercè@example.org", {"actor": COMMAND_LINE, "now": NOW}
    tell(happened("C1", "2026-04-01 10:00", links=[("email", second)]))
    assert ((first, "basis"), ("", "basis")) == (address("C1"), address("C1", "post"))

    preferred = mark_contact(person("C1"), number(second), ContactMark.Kind.PREFERRED, **way)
    assert ((second, "basis"), ("+34600111221", "basis")) == (address("C1"), address("C1", "phone"))
    mark_contact(person("C1"), number(second), ContactMark.Kind.BOUNCED, **way)
    assert (first, "basis") == address("C1")
    stopped = mark_contact(person("C1"), number(first), ContactMark.Kind.DO_NOT_USE, **way)
    assert ("", "no_address") == address("C1")
    lift_contact(person("C1"), stopped, **way)
    lift_contact(person("C1"), preferred, **way)
    assert (first, "basis") == address("C1")


def test_who_is_known_by_no_address_cannot_be_written_to():
    purpose("service", Basis.CONTRACT)
    tell(happened("C7", "2026-03-31 22:30"))
    assert ("", "no_address") == address("C7")


def test_a_household_s_address_is_the_last_resort():
    purpose("service", Basis.CONTRACT)
    home = ("email", "home@example.org")
    tell(happened("C8", "2026-03-31 22:30", links=[home]), happened("C9", "2026-03-31 22:30", links=[home]))
    tell(happened("C1", "2026-03-31 22:30", links=[home]))
    assert ["home@example.org", "home@example.org", "c1@example.org"] == [
        address(each)[0] for each in ("C8", "C9", "C1")
    ]
