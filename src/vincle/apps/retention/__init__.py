"""How long people are kept: who has not been seen for long, and has no reason to stay, is erased for good."""
