"""Writes of the room: rules, and running them. Rules are never changed: another one is another rule, to be looked at
anew."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import erase
from vincle.apps.retention import expiring
from vincle.apps.retention.models import FEWEST_MONTHS, MOST_MONTHS, Rule, Run
from vincle.apps.retention.queries import due, preview, seeing_everybody, was_looked_at
from vincle.flow.models import Kind, Person
from vincle.kernel.errors import BadInput, NotFound, Refused

MOST_AT_ONCE = 200  # each erasure searches the disk for what was erased
ADDED, REMOVED, ON, OFF, LOOKED, RAN, TAKEN_OUT = (
    f"retention.{verb}" for verb in ("added", "removed", "switched_on", "switched_off", "looked", "ran", "took_out")
)


@transaction.atomic
def add_rule(*, actor: Actor, now: datetime, months: int, namespace: str = "", kind: str = "") -> Rule:
    """Make a rule; it is off. Raises `BadInput` for too few or too many months, for a kind that is not in the
    catalogue, and for a kind of some people only."""
    if not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise BadInput(
            _("A rule needs at least %(fewest)d months and at most %(most)d.")
            % {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}
        )
    kind, namespace = kind.strip(), namespace.strip()
    if kind and namespace:
        raise BadInput(_("A rule for a kind of interaction is for everybody."))
    if kind and not Kind.objects.filter(name=kind).exists():
        raise BadInput(_("There is no kind “%(name)s”.") % {"name": kind})
    made = Rule.objects.create(
        months=months, namespace=namespace, kind=kind, made_at=now, made_by=actor.name[:200]
    )  # fmt: skip
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
    """Note what a rule would do, and do nothing."""
    _record(LOOKED, rule, actor=actor, now=now)
    return _report(rule, actor=actor, now=now, is_dry=True, finished_at=now)


def run(
    rule: Rule,
    *,
    actor: Actor,
    now: datetime,
    most: int = MOST_AT_ONCE,
    breathe: Callable[[], None] = lambda: None,
) -> Run:
    """Erase whom a rule says, `most` of them, the longest unseen first; the rest is for the next time. A rule for a
    kind takes all of it out (`expiring.run`).

    Each is erased as by hand, with a certificate, and only if the rule still says so at that moment; `breathe` is
    called between two. Only when somebody has looked (`require_looked_at`). Cut short, the next run goes on.
    """
    require_looked_at(rule)
    report = _report(rule, actor=actor, now=now, is_dry=False)
    _record(RAN, rule, actor=actor, now=now)
    if rule.kind:
        expiring.run(rule, report, now=now, breathe=breathe)
        _record(TAKEN_OUT, rule, actor=actor, now=now, details={"interactions": report.gone})
        report.finished_at = now
        report.save(update_fields=["finished_at", "stopped"])
        return report
    with seeing_everybody():
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


def _report(rule: Rule, *, actor: Actor, now: datetime, is_dry: bool, finished_at: datetime | None = None) -> Run:
    """A report with what the rule finds now."""
    interactions = 0
    if rule.kind:
        wanted = expiring.preview(rule, now=now)
        found, spared, interactions = wanted.found, wanted.spared, wanted.interactions
    else:
        seen = preview(rule, now=now)
        found, spared = seen.found, seen.spared
    return Run.objects.create(
        rule=rule, started_at=now, finished_at=finished_at, by=actor.name[:200], is_dry=is_dry, found=found,
        interactions=interactions, spared=spared,
    )  # fmt: skip


def _record(action: str, rule: Rule, *, actor: Actor, now: datetime, details: dict[str, int] | None = None) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="retention",
        object_uid=str(rule.pk),
        summary=str(rule),
        details=details or {},
    )
