"""Two groups of forty who pay every other week, and what was done for the first of them on 1 July 2026."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.lists.facade import keep_together
from vincle.apps.value.investments import actions
from vincle.apps.value.investments.actions import Groups, Said
from vincle.apps.value.investments.models import Investment

START = date(2026, 7, 1)
OURS, THEIRS = tuple(f"O{at:02}" for at in range(40)), tuple(f"T{at:02}" for at in range(40))
NOBODY = Decimal(0)


def crowd(more: Callable[[str, int], float] = lambda _who, _week: 0.0, *, weeks: range = range(-16, 16, 2)) -> None:
    """Each pays 10 to 14 euros every other week (`weeks` from the start on), and `more`."""
    chance = np.random.default_rng(7)
    tell(
        *(
            happened(
                who,
                f"{START + timedelta(days=7 * week + 2)} 10:00",
                "order.placed",
                name=f"Person {who}",
                amount=Decimal(str(round(float(chance.uniform(10, 14)) + more(who, week), 2))),
                currency="EUR",
            )
            for who in (*OURS, *THEIRS)
            for week in weeks
        )
    )


def helped(by: float) -> Callable[[str, int], float]:
    """Those of the first group pay so much more each time once it has begun."""
    return lambda who, week: by if who in OURS and week >= 0 else 0.0


def kept(people: Iterable[str], name: str) -> str:
    """A list of them, by its code."""
    return keep_together([person(who).pk for who in people], name=name, actor=COMMAND_LINE, now=NOW)


def said(**more: Any) -> Said:
    """What is said of an investment."""
    plain: dict[str, Any] = {
        "name": "Welcome call", "about": "", "cost_fixed": NOBODY, "cost_each": Decimal("5.00"), "start": START,
        "until": None,
    }  # fmt: skip
    return Said(**plain | more)


def invested(compared: Iterable[str] | None = THEIRS, *, randomised: bool = False, **more: Any) -> Investment:
    """The investment in the first group."""
    other = kept(compared, "The others") if compared is not None else ""
    groups = Groups(kept(OURS, "Called"), other, randomised)
    return actions.describe(said(**more), groups, actor=COMMAND_LINE, now=NOW)
