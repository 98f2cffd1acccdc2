"""Money is a whole number of ten-thousandths of the currency's unit.

ISO 4217's finest currency (CLF) has four decimals, so every listed amount fits exactly, sums are exact, and
64 bits hold up to 922 million million units.
"""

from decimal import ROUND_HALF_EVEN, Decimal

SCALE = 10_000
LARGEST = Decimal(2**63 - 1) / SCALE


def to_scaled(amount: Decimal) -> int:
    """Ten-thousandths, rounded half to even beyond the fourth decimal.

    Raises `OverflowError` when the amount does not fit in 64 bits.
    """
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise OverflowError(f"{amount} is larger than any sum of money we can hold")
    return int((amount * SCALE).to_integral_value(rounding=ROUND_HALF_EVEN))


def from_scaled(scaled: int) -> Decimal:
    """The exact amount behind a number of ten-thousandths."""
    return Decimal(scaled) / SCALE
