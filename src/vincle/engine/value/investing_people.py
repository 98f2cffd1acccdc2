"""The two groups of an investment, and what each of their people paid before and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.estimates import Floats
from vincle.engine.value.investing_steps import EACH
from vincle.engine.value.transactions import Transactions
from vincle.engine.value.trends import Span
from vincle.kernel.errors import BadInput

_NAMED = Pipeline((Step("named", "SELECT customer FROM transactions LIMIT 0", "How people are named."),))
_MONEY = 10_000.0


@dataclass(frozen=True, slots=True)
class Groups:
    """How many people are in each."""

    treated: int
    compared: int


@contextmanager
def groups_of(log: Transactions, treated: pa.Array, compared: pa.Array) -> Iterator[Groups]:
    """Both groups, each person once, where the steps read them.

    Raises `BadInput` when one is empty, somebody is in both, or people are named otherwise than in the transactions.
    """
    kind = log.runner.run(_NAMED).schema.field("customer").type
    ours, theirs = _people(treated, kind), _people(compared, kind)
    if not len(ours) or not len(theirs):
        raise BadInput("Nobody is in one of the groups.", "Choose who had it, and whom they are compared with.")
    both = pc.sum(pc.is_in(ours, theirs)).as_py()
    if both:
        raise BadInput(
            f"{both} of the people who had it are also among those they are compared with.",
            "Choose groups that do not overlap.",
        )
    had = np.arange(len(ours) + len(theirs)) < len(ours)
    log.runner.given("invested", pa.table({"customer": pa.concat_arrays([ours, theirs]), "treated": had}))
    try:
        yield Groups(len(ours), len(theirs))
    finally:
        log.runner.forget("invested")


def paid_by(
    log: Transactions, span: Span, people: tuple[int, int]
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Of the treated and of the compared what each paid before and after, in money, the time before as if it had
    been as long as the one after; then, of both, how each leant before (see `EACH`).

    Everybody has a row, in no order; who paid nothing has nothing.
    """
    found = log.runner.run(EACH.bound(**span.values()))
    had = found.column("treated").to_numpy()
    scale = span.days_after / span.days_before if span.days_before else 0.0
    columns = [found.column(name).to_numpy() / _MONEY for name in ("before", "after", "leaning")]
    columns[0] = columns[0] * scale
    ours, theirs = (
        [_filled(column[among], of) for column in columns] for among, of in zip((had, ~had), people, strict=True)
    )
    return (ours[0], ours[1]), (theirs[0], theirs[1]), (ours[2], theirs[2])


def _people(group: pa.Array, kind: pa.DataType) -> pa.Array:
    try:
        return pc.unique(pc.drop_null(group.cast(kind)))
    except pa.ArrowException as error:
        raise BadInput("The people of the groups are named otherwise than in the transactions.") from error


def _filled(paid: Floats, people: int) -> Floats:
    return np.concatenate([paid, np.zeros(people - len(paid))])
