"""Under which name what came of an investment is kept, and its job known."""

import json
from hashlib import blake2b

from vincle.apps.value.investments.models import Investment
from vincle.kernel.money import to_scaled

RETURNS = "value:investments:"  # readings are called so


def name_of(this: Investment, terms: str) -> str:
    """It changes with whatever changes the figures, but the log: the investment, and `terms`, the digest of those in
    force.
    """
    said = [
        str(this.uid), to_scaled(this.cost_fixed), to_scaled(this.cost_each), this.currency, this.start.isoformat(),
        this.until.isoformat() if this.until else "", this.treated, this.compared, this.randomised, terms,
    ]  # fmt: skip
    return RETURNS + blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
