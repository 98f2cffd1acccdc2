"""Who is probably in a table twice: a Fellegi-Sunter model, learned from the table itself, in DuckDB.

    found = find(people, id="customer_id")
    found.pairs                       # Arrow: a, b, probability; best first
    explain(found, "c-17", "c-102")   # why, in bits

A table becomes a pair list in named parts: `columns` (what each column is), `people` (values that can be compared),
`blocking` (which pairs are worth looking at), `comparisons` (how alike, column by column), `learning` (what each
likeness is worth), `scoring` (the probability), `judging` (what people's decisions change in it) and `reasons` (why;
`evidence` has the plain values).

I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969) 1183-1210.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vincle.engine.duplicates.evidence import Adjustment, Decision, Reason
    from vincle.engine.duplicates.finding import find
    from vincle.engine.duplicates.reasons import Found, explain

_HOMES = {
    "Adjustment": "evidence",
    "Decision": "evidence",
    "Found": "reasons",
    "Reason": "evidence",
    "explain": "reasons",
    "find": "finding",
}
__all__ = ["Adjustment", "Decision", "Found", "Reason", "explain", "find"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
