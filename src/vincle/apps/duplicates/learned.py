"""What a search learned each likeness to be worth, kept so that people can read it."""

from collections import Counter
from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING, Any

from vincle.engine.duplicates import Decision

if TYPE_CHECKING:
    from vincle.engine.duplicates import Found


def as_kept(found: "Found", decisions: Sequence[Decision]) -> dict[str, Any]:
    """`comparisons`: [{`what`, `levels`: [{`level`, `bits`, `unadjusted`, `same`, `different`}]}], the best level
    first, where `same` and `different` count the decisions that had it; `adjustment`: {`slope`, `shift`} or None.
    """
    if found.model is None:
        return {}
    said = _said(decisions)
    comparisons = []
    for each, same, other in zip(found.model.comparisons, found.model.same, found.model.other, strict=True):
        levels = []
        for place, level in enumerate(each.levels):
            number = len(each.levels) - place
            bits = log2(same[0, number]) - log2(other[0, number])
            now = found.adjustment.bits(each.name, level.name, bits) if found.adjustment else bits
            counts = {verdict: said[each.name, level.name, verdict == "same"] for verdict in ("same", "different")}
            levels.append({"level": level.name, "bits": round(now, 2), "unadjusted": round(bits, 2), **counts})
        comparisons.append({"what": each.name, "levels": levels})
    adjustment = found.adjustment and {"slope": found.adjustment.slope, "shift": found.adjustment.shift}
    return {"comparisons": comparisons, "adjustment": adjustment}


def _said(decisions: Sequence[Decision]) -> Counter[tuple[str, str, bool]]:
    return Counter(
        (reason.what, reason.level, each.same) for each in decisions if each.looked_at for reason in each.reasons
    )
