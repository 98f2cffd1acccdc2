"""What is meant by worth: how far one looks ahead, how much less later counts, what is left of what people pay."""

from dataclasses import dataclass
from typing import Literal

from vincle.kernel.errors import BadInput

LONGEST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Terms:
    """`horizon_days` ahead, discounted by `discount` a year; `margin` is the share of what is paid that is left after
    costs. `contractual`: people pay every month until they leave, so that a month without a payment is a leaving.
    `window_days` are those of what is present.
    """

    horizon_days: int = 365
    discount: float = 0.10
    margin: float = 1.0
    contractual: bool = False
    window_days: int = 365

    @property
    def unit(self) -> Literal["week", "month"]:
        """What time is counted in: `week`, or `month` for contracts."""
        return "month" if self.contractual else "week"

    def checked(self) -> "Terms":
        """The same. Raises `BadInput` for what makes no sense."""
        if not 28 <= self.horizon_days <= LONGEST_DAYS:
            raise BadInput("The horizon is from 28 days to ten years.", "Say how many days to look ahead, as 365.")
        if not 0 <= self.discount <= 1:
            raise BadInput(
                f"A discount rate of {self.discount:g} a year makes no sense.", "Say it from 0 to 1, as 0.1."
            )
        if not 0 < self.margin <= 1:
            raise BadInput(f"A margin of {self.margin:g} is no share of what is paid.", "Say it from 0 to 1, as 0.3.")
        if not 28 <= self.window_days <= LONGEST_DAYS:
            raise BadInput("What is present is of 28 days to ten years.", "Say how many days to look back, as 365.")
        return self
