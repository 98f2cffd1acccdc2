"""The ledger only grows, what counts follows by one rule; it leaves with the person and is given to them."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consent.asking import purpose, says, who
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.consent.actions import mistaken
from vincle.apps.consent.facade import told
from vincle.apps.consent.models import CAUTION, Decision, Entry, Purpose
from vincle.apps.consent.purposes import change_purpose
from vincle.apps.consent.queries.contact import may_contact
from vincle.apps.consent.queries.ledger import ledger_of, without_mistakes
from vincle.apps.consent.rule import counts
from vincle.apps.people.actions import join, undo
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.people.privacy import giving
from vincle.apps.people.privacy.erasing import erase
from vincle.flow.append.erase import gate
from vincle.flow.models import Interaction
from vincle.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
YES, NO = Decision.GIVEN, Decision.REFUSED


@pytest.fixture
def news() -> Purpose:
    links = [("email", "merce@example.org"), ("phone", "+34600111222")]
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=links))
    tell(happened("C2", "2026-03-31 22:30", name="Mercè R."))
    return purpose()


def decisions(customer: str = "C1") -> dict[str, str]:
    channels = told(who(customer))["purposes"]["news"]
    return {channel: state["decision"] for channel, state in channels.items()}


@pytest.mark.parametrize("table", ["consent_entry", "consent_wording"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_said_and_asked(news, table, change):
    says("C1", YES, news)

    with pytest.raises(DatabaseError, match=r"only grows|stays as it was"), transaction.atomic():
        connection.cursor().execute(change.format(table))

    assert (1, 1) == (Entry.objects.count(), news.wordings.count())


def test_words_that_were_asked_stay_even_while_somebody_is_erased(news):
    with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic(), gate():
        news.wordings.all().delete()

    assert 1 == news.wordings.count()


def test_the_latest_counts_of_the_channel_or_of_every_channel(news):
    says("C1", YES, news, "email", at=NOW - timedelta(days=3))
    says("C1", Decision.WITHDRAWN, news, at=NOW - timedelta(days=2))
    says("C1", YES, news, "phone", at=NOW - timedelta(days=1))

    assert {"email": "withdrawn", "phone": "given"} == decisions()


def test_of_the_same_moment_the_most_cautious_counts(news):
    for decision in (NO, YES, Decision.OBJECTED, Decision.WITHDRAWN):
        says("C1", decision, news)

    assert {"email": "objected", "phone": "objected"} == decisions()


def test_a_mistake_takes_a_line_back_and_both_stay(news):
    says("C1", YES, news, at=NOW - timedelta(days=1))
    entry = says("C1", Decision.WITHDRAWN, news)
    mistaken(entry, actor=COMMAND_LINE, now=LATER)

    assert ({"email": "given", "phone": "given"}, 3) == (decisions(), Entry.objects.count())
    with pytest.raises(Refused):
        mistaken(entry, actor=COMMAND_LINE, now=LATER)
    with pytest.raises(Refused):
        mistaken(entry.mistake, actor=COMMAND_LINE, now=LATER)


def test_the_log_and_the_audit_log_are_told(news):
    entry = says("C1", YES, news, "email")
    mistaken(entry, actor=COMMAND_LINE, now=LATER)

    assert ["consent.given", "consent.corrected"] == list(
        Interaction.objects.filter(kind__name__startswith="consent.")
        .order_by("id")
        .values_list("kind__name", flat=True)
    )
    assert ["consent.recorded", "consent.corrected"] == list(
        AuditEntry.objects.filter(object_type="person").order_by("id").values_list("action", flat=True)
    )


def test_new_words_are_a_version_and_what_was_said_keeps_its_own(news):
    before = says("C1", YES, news)
    again = {"labels": {"en": "News"}, "basis": news.basis, "channels": ["email"]}
    change_purpose(news, actor=COMMAND_LINE, now=NOW, texts={"en": "May we write?"}, **again)
    change_purpose(news, actor=COMMAND_LINE, now=NOW, texts={"en": "May we write?"}, **again)
    after = says("C2", YES, news)

    assert [(1, "May we?"), (2, "May we write?")] == [(e.wording.version, str(e.wording)) for e in (before, after)]


@pytest.mark.parametrize(
    ("decision", "about", "channel", "at"),
    [(YES, False, "", NOW), (NO, True, "fax", NOW), (YES, True, "", NOW + timedelta(days=1))],
)
def test_what_cannot_be_said_is_refused(news, decision, about, channel, at):
    with pytest.raises(BadInput):
        says("C1", decision, news if about else None, channel, at=at)

    assert not Entry.objects.exists()


def test_of_whom_is_restricted_only_a_no_is_taken(news):
    yes, no = says("C1", YES, news, at=NOW - timedelta(days=1)), says("C1", Decision.WITHDRAWN, news)
    mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)

    with pytest.raises(Refused):
        says("C1", YES, news)
    with pytest.raises(Refused):
        mistaken(no, actor=COMMAND_LINE, now=NOW)
    mistaken(yes, actor=COMMAND_LINE, now=NOW)
    assert "withdrawn" == decisions()["email"]


def test_it_leaves_with_the_person_and_that_of_others_stays(news):
    says("C1", YES, news)
    mistaken(says("C1", NO, news), actor=COMMAND_LINE, now=NOW)
    says("C2", YES, news)

    certificate = erase(person("C1"), actor=COMMAND_LINE, now=NOW)

    assert (3, [who("C2").number]) == (
        certificate["removed"]["consents"],
        list(Entry.objects.values_list("identity_id", flat=True)),
    )


def test_it_is_given_to_the_person(news):
    says("C1", YES, news, "email", said="At the <b>counter</b>", reference="F-1")
    file = io.BytesIO()
    giving.give_everything(person("C1"), file, actor=COMMAND_LINE, now=NOW)

    with zipfile.ZipFile(file) as archive:
        kept = {each["name"]: each["rows"] for each in json.loads(archive.read("person.json"))["kept"]}
        page = archive.read("person.html").decode()
    (row,) = kept["consents"]
    assert ("news", "email", "At the <b>counter</b>", "F-1", "May we?", 1) == tuple(
        row[key] for key in ("purpose", "channel", "said", "reference", "wording", "wording_version")
    )
    assert "At the &lt;b&gt;counter" in page


SAID = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2"]), st.sampled_from(sorted(CAUTION)), st.sampled_from(["", "email", "phone"]),
        st.integers(0, 3), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID)
def test_joining_takes_the_latest_and_most_cautious_and_parting_restores_exactly(news, lines):
    with transaction.atomic():
        for customer, decision, channel, days, wrong in lines:
            entry = says(customer, Decision(decision), news, channel, at=NOW - timedelta(days=days))
            if wrong:
                mistaken(entry, actor=COMMAND_LINE, now=NOW)
        before = [told(who(each)) for each in ("C1", "C2")]
        step = join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
        whole = who("C1")
        said = without_mistakes(ledger_of(whole.identities))
        for channel in ("email", "phone"):
            entry = counts(said, news.pk, channel)
            answer = may_contact(list(whole.identities), "news", channel)
            # The rule in SQL says what the rule in Python says, whichever identity is asked.
            assert {bool(entry and entry.decision == "given")} == {each.may for each in answer.values()}
            if entry is not None and entry.decision in {"given", "refused", "withdrawn", "objected"}:
                assert {entry.decision} == {each.reason for each in answer.values()}
        undo(step, actor=COMMAND_LINE, now=NOW)
        assert before == [told(who(each)) for each in ("C1", "C2")]
        transaction.set_rollback(True)
