"""Experience investments: what was done for whom, what it cost, and what came of it."""
