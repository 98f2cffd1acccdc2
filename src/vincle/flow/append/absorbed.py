"""What became of interactions that were to enter the log."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absorbed:
    """`new` entered, `known` were in the log already, `held` broke their kind's contract and wait in quarantine."""

    new: int = 0
    known: int = 0
    held: int = 0

    def __add__(self, other: "Absorbed") -> "Absorbed":
        return Absorbed(self.new + other.new, self.known + other.known, self.held + other.held)
