"""Checks of the database and of what follows from it. Django must be awake."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from vincle.flow.doctor.finding import Finding, attention, broken, ok
from vincle.flow.jobs.backlog import backlog
from vincle.flow.models import Forgotten, Interaction, Job, Quarantined
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home

TRIGGERS = {
    "sqlite": {
        "flow_interaction_no_update",
        "flow_interaction_no_delete",
        "flow_interactionthing_no_update",
        "flow_interactionthing_no_delete",
    },
    "postgresql": {"flow_interaction_append_only", "flow_interactionthing_append_only"},
}
FAR_BEHIND = 100_000
LONG_WAIT = timedelta(minutes=2)
CLOCKS_APART = timedelta(seconds=5)


def database(home: Home, *, now: datetime) -> list[Finding]:
    """How the database answers, and, when it does, how the log, the mirror and background work stand."""
    found = reachable()
    if found.advice:
        return [found]
    tables = migrations()
    if tables.advice:
        return [found, tables]
    checks: tuple[Callable[[], Finding], ...] = (
        append_only,
        lambda: newest(now),
        lambda: mirror(home),
        lambda: work(now),
        failures,
        quarantine,
        erasures,
    )
    return [found, tables, *(check() for check in checks)]


def reachable() -> Finding:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW server_version")
                return ok("database", f"PostgreSQL {cursor.fetchone()[0]} answers")
            cursor.execute("PRAGMA quick_check(1)")
            answer = cursor.fetchone()[0]
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return broken("database", f"it does not answer: {reason}", "Start it, or mend database_url in settings.toml.")
    if answer != "ok":
        return broken("database", f"the file is damaged: {answer}", "Stop Vincle and restore the last backup.")
    return ok("database", "SQLite, and its file is sound")


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return broken("tables", f"{len(waiting)} changes wait", "Make a backup, then run “vincle init”.")
    return ok("tables", "those of this version")


def append_only() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal")
        present = {row[0] for row in cursor.fetchall()}
    missing = sorted(TRIGGERS[connection.vendor] - present)
    if missing:
        return broken(
            "append-only", f"the log is not protected: {missing[0]} is missing", "Restore a backup into a new home."
        )
    return ok("append-only", "the database refuses changes to the log")


def newest(now: datetime) -> Finding:
    recorded = Interaction.objects.order_by("-id").values_list("recorded_at", flat=True).first()
    if recorded is not None and recorded > now + CLOCKS_APART:
        return attention(
            "recorded times",
            f"the log was last written at {recorded:%Y-%m-%d %H:%M} UTC, later than this clock says it is",
            "Set the machine's clock.",
        )
    return ok("recorded times", "none lies in the future")


def mirror(home: Home) -> Finding:
    from vincle.flow.mirror import status

    last = Interaction.objects.aggregate(last=Max("id"))["last"] or 0
    try:
        mirrored = status(home).rows.get("interactions", 0)
    except NotReady as error:
        if not last:
            return ok("mirror", "nothing to mirror yet")
        return attention("mirror", error.message, "Keep “vincle serve” or “vincle work” running; it makes it.")
    behind = Interaction.objects.count() - mirrored
    if behind > FAR_BEHIND:
        return attention("mirror", f"{behind:,} interactions behind", "Keep “vincle serve” or “vincle work” running.")
    return ok("mirror", f"{behind:,} interactions behind" if behind > 0 else "up to date")


def work(now: datetime) -> Finding:
    waiting = backlog(now=now).overdue(now)
    if waiting > LONG_WAIT:
        minutes = int(waiting.total_seconds() // 60)
        return attention(
            "background work", f"a job has been waiting for {minutes} minutes", "Start “vincle serve” or “vincle work”."
        )
    return ok("background work", "nothing waits long")


def failures() -> Finding:
    failed = Job.objects.filter(state=Job.State.FAILED).order_by("-finished_at")
    last = failed.first()
    if last is None:
        return ok("failed jobs", "none")
    reason = last.error.strip().splitlines()[0] if last.error.strip() else "no reason given"
    return attention(
        "failed jobs", f"{failed.count()}; the last one, {last.task}: {reason}", "Mend that and ask again."
    )


def quarantine() -> Finding:
    held = Quarantined.objects.filter(state=Quarantined.State.WAITING).count()
    if held:
        return attention("quarantine", f"{held:,} interactions broke their contract", "Look at them in the catalogue.")
    return ok("quarantine", "empty")


def erasures() -> Finding:
    left = Forgotten.objects.filter(finished_at=None).order_by("at")
    first = left.first()
    if first is None:
        return ok("erasures", "all finished")
    advice = f"Keep “vincle work” running, or run “vincle erase {first.uid}”."
    return attention("erasures", f"{left.count()} have something left to be done", advice)
