"""Writes: what came of an investment is asked for, worked out in the background, and kept."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vincle.apps.lists.facade import kept_together, people_in
from vincle.apps.value.investments.asking import RETURNS, name_of
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.refreshing import transactions_of
from vincle.apps.value.terms import HouseTerms, house_terms
from vincle.flow import mirror
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log

KEPT = 200  # answers: the latest

_KNOWN_BEFORE = (
    "SELECT DISTINCT person FROM events WHERE person IS NOT NULL "
    "AND CAST(timezone($zone, occurred_at) AS DATE) < CAST($start AS DATE)"
)


def ask_return(this: Investment, *, now: datetime) -> None:
    """Have it worked out; once, however often it is asked for."""
    enqueue("value.invest", arguments={"uid": str(this.uid)}, key=name_of(this, house_terms().digest), now=now)


def refresh_return(this: Investment, *, now: datetime) -> None:
    """Work it out of the log as it is now, and keep it: `found`, or None and `why`.

    Always anew: who is in a group can change while the log does not.
    """
    home, asked = Home.at(), house_terms()
    mirror.refresh(home)
    import vincle.engine as ve

    with ve.open(home) as log:
        found, why, said = _found(log, this, asked, now)
        payload = {"version": log.version, "found": found, "why": why, "groups": said}
        version = log.version
    name = name_of(this, asked.digest)
    kept = {"payload": payload, "mirror_version": version, "computed_at": now}
    Reading.objects.update_or_create(name=name, defaults=kept)
    ours = Reading.objects.filter(name__startswith=RETURNS).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()


def _found(
    log: "Log", this: Investment, asked: HouseTerms, now: datetime
) -> tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]:
    """What came of it, or why that cannot be told, and what is to be said of the groups."""
    from vincle.engine import value as engine

    try:
        treated, compared, said = _groups(log, this, asked, now)
    except (NotFound, BadInput):
        return None, {"reason": "gone"}, {}
    reason = _unusable(treated, compared, said)
    if reason:
        return None, reason, said
    try:
        transactions = transactions_of(log, replace(asked, currency=this.currency), now=now)
    except BadInput:
        return None, {"reason": "nothing"}, said
    if this.start > transactions.last:
        return None, {"reason": "early", "last": transactions.last.isoformat()}, said
    if not this.randomised and this.start <= transactions.first:
        return None, {"reason": "before", "first": transactions.first.isoformat()}, said
    found = engine.invest(
        transactions,
        pa.array(sorted(treated), pa.int64()),
        pa.array(sorted(compared), pa.int64()),
        start=this.start,
        until=this.until or transactions.last,
        cost_fixed=this.cost_fixed,
        cost_each=this.cost_each,
        margin=asked.terms.margin,
        randomised=this.randomised,
    )
    return found.as_json(), {}, said


def _unusable(treated: set[int], compared: set[int], said: dict[str, Any]) -> dict[str, Any]:
    if said["both"]:
        return {"reason": "both"}
    return {} if treated and compared else {"reason": "nobody"}


def _groups(
    log: "Log", this: Investment, asked: HouseTerms, now: datetime
) -> tuple[set[int], set[int], dict[str, Any]]:
    """Who had it and who did not, as far as the log may be used for them; `both`: how many are in both, `joined`: how
    many were drawn for either and turned out to be one, so that they are left out, `changed`: how often the lists of
    who was drawn were changed since. Raises `NotFound` for a group that is gone.
    """
    known = {row[0] for row in log.sql("SELECT person FROM people").fetchall()}
    if this.is_drawn:
        kept = (kept_together(this.treated), kept_together(this.compared))
        treated, compared = (set(each.people) & known for each in kept)
        both = treated & compared
        told = {"both": 0, "joined": len(both), "changed": sum(each.changed for each in kept)}
        return treated - both, compared - both, told
    treated = set(people_in(this.treated, now=now)) & known
    if this.compared:
        compared = set(people_in(this.compared, now=now)) & known
        return treated, compared, {"both": len(treated & compared), "joined": 0, "changed": 0}
    rows = log.sql(_KNOWN_BEFORE, zone=asked.zone, start=this.start.isoformat()).fetchall()
    return treated, {row[0] for row in rows} - treated, {"both": 0, "joined": 0, "changed": 0}
