"""The whole examination."""

from collections.abc import Callable
from datetime import datetime

from vincle.flow.doctor.finding import Finding, broken
from vincle.flow.doctor.machine import machine
from vincle.kernel.errors import VincleError
from vincle.kernel.home import Home


def examine(home: Home, *, wake: Callable[[], object], now: datetime) -> list[Finding]:
    """Every check that can be made, the cheap ones first. `wake` sets Django up for `home`; it may raise."""
    findings = machine(home, now=now)
    if not home.exists:
        return findings
    try:
        wake()
    except VincleError as error:
        return [*findings, broken("database", error.message, error.hint or "Mend database_url in settings.toml.")]
    from vincle.flow.doctor.database import database

    return findings + database(home, now=now)
