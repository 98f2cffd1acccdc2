"""Writes of the room: rules, and running them. Rules are never changed: another one is another rule, to be looked at
anew."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import erase
from vincle.apps.retention.models import FEWEST_MONTHS, MOST_MONTHS, Rule, Run
from vincle.apps.retention.queries import due, preview, seeing_everybody, was_looked_at
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput, NotFound, Refused

MOST_AT_ONCE = 200  # each erasure searches the disk for what was erased
ADDED, REMOVED, ON, OFF, LOOKED, RAN = (
    f"retention.{verb}" for verb in ("added", "removed", "switched_on", "switched_off", "looked", "ran")
)


@transaction.atomic
def add_rule(*, actor: Actor, now: datetime, months: int, namespace: str = "") -> Rule:
    """Make a rule; it is off. Raises `BadInput` for too few or too many months."""
    if not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise BadInput(
            _("A rule needs at least %(fewest)d months and at most %(most)d.")
            % {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}
        )
    made = Rule.objects.create(months=months, namespace=namespace.strip(), made_at=now, made_by=actor.name[:200])
    _record(ADDED, made, actor=actor, now=now)
    return made


@transaction.atomic
def remove_rule(rule: Rule, *, actor: Actor, now: datetime) -> None:
    """Take a rule away with its reports; the certificates of who was erased stay."""
    _record(REMOVED, rule, actor=actor, now=now)
    rule.delete()


@transaction.atomic
def switch(rule: Rule, *, on: bool, actor: Actor, now: datetime) -> None:
    """Let a rule run every night, or no more; on only when somebody has looked (`require_looked_at`)."""
    if on:
        require_looked_at(rule)
    Rule.objects.filter(pk=rule.pk).update(is_on=on)
    _record(ON if on else OFF, rule, actor=actor, now=now)


def require_looked_at(rule: Rule) -> None:
    """Raise `Refused` while nobody has looked whom a rule would erase."""
    if not was_looked_at(rule):
        raise Refused(_("Look first whom this rule would erase."))


@transaction.atomic
def look(rule: Rule, *, actor: Actor, now: datetime) -> Run:
    """Note whom a rule would erase, and erase nobody."""
    seen = preview(rule, now=now)
    _record(LOOKED, rule, actor=actor, now=now)
    return Run.objects.create(
        rule=rule, started_at=now, finished_at=now, by=actor.name[:200], is_dry=True, found=seen.found,
        spared=seen.spared,
    )  # fmt: skip


def run(
    rule: Rule,
    *,
    actor: Actor,
    now: datetime,
    most: int = MOST_AT_ONCE,
    breathe: Callable[[], None] = lambda: None,
) -> Run:
    """Erase whom a rule says, `most` of them, the longest unseen first; the rest is for the next time.

    Each is erased as by hand, with a certificate, and only if the rule still says so at that moment; `breathe` is
    called between two. Only when somebody has looked (`require_looked_at`). Cut short, the next run goes on.
    """
    require_looked_at(rule)
    with seeing_everybody():
        seen = preview(rule, now=now)
        _record(RAN, rule, actor=actor, now=now)
        report = Run.objects.create(
            rule=rule, started_at=now, by=actor.name[:200], is_dry=False, found=seen.found, spared=seen.spared
        )
        for number in list(due(rule, now=now).values_list("pk", flat=True)[:most]):
            breathe()
            person = due(rule, now=now).filter(pk=number).first()
            if person is not None and not _erase(person, report, actor=actor, now=now):
                break
        report.finished_at = now
        report.save(update_fields=["finished_at"])
    return report


def _erase(person: Person, report: Run, *, actor: Actor, now: datetime) -> bool:
    try:
        certificate = erase(person, actor=actor, now=now)
    except NotFound:
        return True  # somebody else was quicker
    except Refused as error:
        report.stopped = str(error)[:300]
        report.save(update_fields=["stopped"])
        return False
    report.erased = [*report.erased, certificate["uid"]]
    report.save(update_fields=["erased"])
    return True


def _record(action: str, rule: Rule, *, actor: Actor, now: datetime) -> None:
    record(actor=actor, now=now, action=action, object_type="retention", object_uid=str(rule.pk), summary=str(rule))
