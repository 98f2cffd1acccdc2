"""What can be asked of moments, by name: outcomes and their units, what may matter, what is heeded."""

STEP, COMPLETION, CHURN, AMOUNT, SATISFACTION, STAGE = KINDS = (
    "step", "completion", "churn", "amount", "satisfaction", "stage",
)  # fmt: skip
SHARE, MONEY, SCORE = "share", "money", "score"  # units of outcomes
STEPS, PAIRS, WAITS, TOUCHPOINTS, STAFF = EXPOSURES = ("steps", "pairs", "waits", "touchpoints", "staff")
BEGINNING, START, ELSE = CONFOUNDERS = ("beginning", "start", "else")
