"""Under which terms relationships are valued here, as the engine takes them."""

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import blake2b

from vincle.apps.value.models import Rate, ValueTerms
from vincle.engine.value.terms import Terms
from vincle.kernel.house import house


@dataclass(frozen=True, slots=True)
class HouseTerms:
    """`terms` for the engine; `currency` and `zone` are the organisation's; `kinds` that count, none: all;
    `acquisition_cost` of one person, where somebody said it.
    """

    terms: Terms
    currency: str
    zone: str
    kinds: tuple[str, ...] = ()
    acquisition_cost: Decimal | None = None

    @property
    def digest(self) -> str:
        """Changes with whatever changes the figures, rates too."""
        rates = [(each.currency, each.day.isoformat(), str(each.rate)) for each in Rate.objects.order_by("pk")]
        said = [asdict(self.terms), self.currency, self.zone, sorted(self.kinds), rates]
        return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def house_terms() -> HouseTerms:
    """The terms in force; the usual ones where nobody chose any."""
    ways, said = house(), ValueTerms.objects.first()
    if said is None:
        return HouseTerms(Terms(), ways.currency, ways.timezone)
    terms = Terms(
        horizon_days=said.horizon_days, discount=said.discount, margin=said.margin, contractual=said.contractual
    )
    return HouseTerms(terms, ways.currency, ways.timezone, tuple(said.kinds), said.acquisition_cost)
