"""Customers of a made-up shop: who they are and what they paid follows from a seed."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from people.telling import happened, tell

FIRST = date(2025, 1, 1)
DAYS = 400


def purchases(people: int, *, seed: int = 7) -> list[tuple[str, date, Decimal]]:
    """Who paid how much on which day; each comes at their own pace, some leave, and all spend alike."""
    chance = np.random.default_rng(seed)
    found = []
    for number in range(people):
        begins, pace, leaves = chance.integers(0, 120), chance.gamma(1.5, 12) + 4, chance.exponential(400)
        usual, day = chance.gamma(4, 8) + 5, float(begins)
        while day <= DAYS and day - begins <= leaves:
            paid = Decimal(f"{max(0.5, chance.normal(usual, usual / 4)):.2f}")
            found.append((f"C{number}", FIRST + timedelta(days=int(day)), paid))
            day += chance.exponential(pace) + 0.5
    return found


def tell_purchases(bought: list[tuple[str, date, Decimal]]) -> None:
    """Bring them into the log."""
    tell(*(happened(who, f"{day} 10:00", "order.placed", amount=paid, currency="EUR") for who, day, paid in bought))
