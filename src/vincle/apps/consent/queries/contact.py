"""Whom one may contact, for what, and how: asked for thousands at once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from vincle.apps.consent.models import Decision, Purpose
from vincle.apps.consent.queries.ledger import purpose_named, purposes
from vincle.apps.consent.rule import ANYTHING, standing
from vincle.apps.people.facade import CONTACTS, as_moment, contacts_of, restricted_among, who_are
from vincle.kernel.errors import BadInput
from vincle.web.permissions import Words

PORTION = 2_000

REASONS: dict[str, Words] = {
    "given": _("they consented"),
    "basis": _("no consent is needed, and they did not object"),
    "never_asked": _("they were never asked"),
    "refused": _("they refused"),
    "withdrawn": _("they withdrew their consent"),
    "objected": _("they objected"),
    "do_not_contact": _("they asked not to be contacted"),
    "restricted": _("their processing is restricted"),
    "no_address": _("we know no address that can be used"),
    "retired": _("nobody is asked for this any more"),
    "gone": _("they are not here any more"),
}
_NO = {Decision.REFUSED, Decision.WITHDRAWN, Decision.OBJECTED}


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may be contacted, why (a key of `REASONS`), since when that is so, and at which e-mail or
    telephone (empty for a channel that needs none)."""

    may: bool
    reason: str
    since: datetime | None = None
    address: str = ""

    @property
    def words(self) -> Words:
        return REASONS[self.reason]


def may_contact(identities: Collection[int], purpose: str, channel: str) -> dict[int, Answer]:
    """For each of these numbers of identities whether whoever it belongs to may be contacted for `purpose` through
    `channel`.

    In this order: processing that is restricted; an objection to any contact; what they last said of the purpose;
    without that, whether it needs consent; and for an e-mail or a telephone, whether there is one that arrives and may
    be used: of several the preferred one, of their own before a household's. Who has gone, or may not be seen by
    whoever asks, may not. Raises `NotFound` for an unknown purpose and `BadInput` for a channel by which it reaches
    nobody.
    """
    wanted = purpose_named(purpose)
    if channel not in wanted.channels:
        raise BadInput(f"“{purpose}” does not reach anybody by “{channel}”.", ", ".join(wanted.channels))
    numbers = list(dict.fromkeys(identities))
    answers: dict[int, Answer] = {}
    for start in range(0, len(numbers), PORTION):
        answers |= _answers(numbers[start : start + PORTION], wanted, channel)
    return answers


def consenting() -> RawSQL:
    """The numbers of the people who consent to something that is asked now, as a subquery."""
    asked = [(purpose.pk, channel) for purpose in purposes() for channel in purpose.channels]
    if not asked:
        return RawSQL("SELECT 0 WHERE 1 = 0", ())
    sql, values = standing(asked)
    return RawSQL(  # noqa: S611 - our own text, values bound
        f"{sql} SELECT person_id FROM standing WHERE decision = %s", (*values, str(Decision.GIVEN))
    )


def _answers(numbers: list[int], purpose: Purpose, channel: str) -> dict[int, Answer]:
    people = {identity: who.number for identity, who in who_are(numbers).items()}
    each = sorted(set(people.values()))
    restricted = restricted_among(each)
    objections: dict[int, tuple[str, datetime]] = {}
    said: dict[int, tuple[str, datetime]] = {}
    for person, about, decision, since in _standing(each, purpose, channel):
        (objections if about == ANYTHING else said)[person] = (decision, since)
    told = {person: _answer(purpose, person in restricted, objections.get(person), said.get(person)) for person in each}
    if channel in CONTACTS:
        told |= _with_addresses({person: answer for person, answer in told.items() if answer.may}, channel)
    return {number: told[people[number]] if number in people else Answer(False, "gone") for number in numbers}


def _with_addresses(told: dict[int, Answer], channel: str) -> dict[int, Answer]:
    contacts = contacts_of(told)
    found: dict[int, Answer] = {}
    for person, answer in told.items():
        usable = (each for each in contacts.get(person, ()) if each.is_usable and each.identity.namespace == channel)
        best = next(usable, None)
        found[person] = replace(answer, address=best.identity.value) if best else Answer(False, "no_address")
    return found


def _standing(people: list[int], purpose: Purpose, channel: str) -> Iterator[tuple[int, int, str, datetime]]:
    if not people:
        return
    sql, values = standing([(purpose.pk, channel), (ANYTHING, channel)], among=people)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} SELECT person_id, purpose_id, decision, decided_at FROM standing", values)
        rows: list[Any] = cursor.fetchall()
    for person, about, decision, since in rows:
        yield person, about, decision, as_moment(since)


def _answer(
    purpose: Purpose,
    restricted: bool,
    objection: tuple[str, datetime] | None,
    said: tuple[str, datetime] | None,
) -> Answer:
    if restricted:
        answer = Answer(False, "restricted")
    elif objection and objection[0] == Decision.OBJECTED:
        answer = Answer(False, "do_not_contact", objection[1])
    elif purpose.retired_at:
        answer = Answer(False, "retired", purpose.retired_at)
    elif said and said[0] in _NO:
        answer = Answer(False, said[0], said[1])
    elif not purpose.needs_consent:
        answer = Answer(True, "basis")
    elif said and said[0] == Decision.GIVEN:
        answer = Answer(True, "given", said[1])
    else:
        answer = Answer(False, "never_asked")
    return answer
