"""Which stretches of days are compared: as long as the log allows, so that none begins before it does."""

from datetime import date, timedelta

YEAR = 365
WINDOWS = (365, 91, 28)  # days; a stretch and the one before it must be in the log
MONTHS = 12


def window_of(first: date, as_of: date) -> int | None:
    """The longest stretch of which there are two until `as_of` in a log that begins on `first`; None: there is none."""
    days = (as_of - first).days + 1
    return next((window for window in WINDOWS if 2 * window <= days), None)


def earliest_opening(first: date, window: int) -> date:
    """The first day that ends a whole window."""
    return first + timedelta(days=window - 1)


def usual_opening(first: date, as_of: date, window: int) -> date:
    """Where the usual bridge begins: a year before its end, or as early as the log allows."""
    return max(as_of - timedelta(days=YEAR), earliest_opening(first, window))


def month_ends(first: date, as_of: date, window: int) -> list[date]:
    """The last days of the latest months that are over, ascending: of those that end a whole window at most thirteen,
    which are the ends of twelve bridges.
    """
    found: list[date] = []
    day = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    while day >= earliest_opening(first, window) and len(found) <= MONTHS:
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return found[::-1]
