"""What to do with whom: a few options ranked by how much they are expected to change what people are worth, less what
they cost. Doing nothing costs nothing and changes nothing, and is always one of them.

Each option is for whom it makes sense, and changes what somebody is worth in its own way:

- `win_back`, of those probably gone: a share of them comes back, each worth what they would be if they were there;
- `warn`, a colleague calls those who are probably there, but have been away for more than twice as long as they usually
  are: a share of those who would be lost stays, each worth the same;
- `thank`, of those probably there: the chance that they stay rises by a share, to certainty at most;
- `upsell`, of those probably there: they spend more at a time, by a share.

What somebody would be worth if they were surely there is worth / alive: the models take what people do while they are
there to depend on nothing else. The shares are assumptions, or were measured; they have ends, and so has what each
person is worth. The ends of a sum add up those of its people: the errors come from the same assumption and the same
model for all, so they do not cancel out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.kernel.errors import BadInput

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Kind = Literal["win_back", "warn", "thank", "upsell"]

KINDS: tuple[Kind, ...] = ("win_back", "warn", "thank", "upsell")
NOTHING = "nothing"
GONE = 0.5  # below this probability somebody is probably gone
LONG_AWAY = 2.0  # times as long as somebody is usually away
COLUMNS = ("alive", "alive_low", "alive_high", "worth", "worth_low", "worth_high", "frequency", "recency", "tenure")
_SUREST = 1e-12  # that somebody is gone: beyond it worth / alive is made of rounding errors
_RETURNS = 2  # fewer do not say how long somebody is usually away


@dataclass(frozen=True, slots=True)
class Effect:
    """The share that an option changes something by: the likely one and its ends, each from 0 to 1."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be done with somebody: what it costs for each (ten-thousandths) and what it changes."""

    kind: Kind
    cost: float
    effect: Effect

    def checked(self) -> "Option":
        """The same; raises `BadInput` for what makes no sense."""
        if self.kind not in KINDS:
            raise BadInput(f"Nothing is called {self.kind}.")
        if not (np.isfinite(self.cost) and self.cost >= 0):
            raise BadInput("What is done cannot cost less than nothing.")
        if not 0 <= self.effect.low <= self.effect.likely <= self.effect.high <= 1:
            raise BadInput("An effect is from 0 to 100 percent: low, likely and high, in this order.")
        return self


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option done with the `people` for whom nothing is better: what it changes (`gain`) and costs, and what is left
    (`net`), in ten-thousandths; ends None where the data do not determine them. `is_clear`: even at its low end it is
    better than nothing.
    """

    kind: str
    people: int
    gain: float
    cost: float
    net: float
    net_low: float | None
    net_high: float | None
    is_clear: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """`ranked`: the options that are best for anybody, by what is left, and `nothing`. `best`, `net`, `net_low` and
    `net_high` are of each person, in their order: `best` is a place in `options`, -1 for nothing, and -2 where nothing
    can be told of them (`untold` people).
    """

    options: tuple[Option, ...]
    ranked: tuple[Ranked, ...]
    best: Ints
    net: Floats
    net_low: Floats
    net_high: Floats
    untold: int


def decide(people: pa.Table, options: Sequence[Option]) -> Decided:
    """The best option for each of `people` and what each option adds: `people` has the columns `COLUMNS`, as those of
    `valuing.Valued`, null where nothing is known. Raises `BadInput` for options that make no sense.
    """
    given = tuple(option.checked() for option in options)
    of = _Known(**{name: _column(people, name) for name in COLUMNS})
    told = np.isfinite(of.worth) & np.isfinite(of.alive)
    shape = (len(given), people.num_rows)
    net, low, high = np.full(shape, -np.inf), np.full(shape, np.nan), np.full(shape, np.nan)
    for place, option in enumerate(given):
        eligible = told & _ELIGIBLE[option.kind](of)
        at, ends = gains(option, of)
        net[place] = np.where(eligible, at - option.cost, -np.inf)
        low[place], high[place] = ends[0] - option.cost, ends[1] - option.cost
    best = net.argmax(axis=0) if given else np.zeros(people.num_rows, np.int64)
    chosen = net[best, np.arange(people.num_rows)] if given else np.zeros(people.num_rows)
    acts = chosen > 0
    each = np.arange(people.num_rows)
    left, left_low, left_high = (np.where(acts, rows[best, each] if given else 0.0, 0.0) for rows in (net, low, high))
    best = np.where(acts, best, np.where(told, -1, -2)).astype(np.int64)
    ranked = [_ranked(option, best == place, left, left_low, left_high) for place, option in enumerate(given)]
    acting = sorted((one for one in ranked if one.people), key=lambda one: -one.net)
    nothing = Ranked(NOTHING, int((best == -1).sum()), 0.0, 0.0, 0.0, 0.0, 0.0, is_clear=True)
    return Decided(given, (*acting, nothing), best, left, left_low, left_high, int((best == -2).sum()))


@dataclass(frozen=True, slots=True)
class _Known:
    """The columns of people, NaN where nothing is known."""

    alive: Floats
    alive_low: Floats
    alive_high: Floats
    worth: Floats
    worth_low: Floats
    worth_high: Floats
    frequency: Floats
    recency: Floats
    tenure: Floats


def gains(option: Option, of: _Known) -> tuple[Floats, tuple[Floats, Floats]]:
    """What an option changes of each person's worth, and the ends of that; NaN where it is not known."""
    effect = option.effect
    change = _CHANGES[option.kind]
    at = change(effect.likely, of.alive, of.alive, of.worth, np.isfinite(of.worth_low))
    # Who is less probably gone gains less by being won back, and who is more probably there less by being thanked.
    sure, unsure = (of.alive_high, of.alive_low)
    low = change(effect.low, sure, of.alive, of.worth_low, np.isfinite(of.worth_low))
    high = change(effect.high, unsure, of.alive, of.worth_high, np.isfinite(of.worth_high))
    return at, (low, high)


def is_long_away(frequency: Any, recency: Any, tenure: Any) -> Any:
    """Whether somebody has been away for more than twice as long as they usually are; not where they came again less
    than twice.
    """
    usual = np.divide(recency, frequency, out=np.full(np.shape(frequency), np.inf), where=np.asarray(frequency) > 0)
    return (np.asarray(frequency) >= _RETURNS) & (tenure - recency > LONG_AWAY * usual)


def _brought_back(effect: float, chance: Floats, alive: Floats, worth: Floats, bounded: Bools) -> Floats:
    """Of those who are gone, a share is worth what they would be if they were there."""
    return (1 - chance) * effect * _if_there(worth, alive, bounded)


def _kept(effect: float, chance: Floats, alive: Floats, worth: Floats, bounded: Bools) -> Floats:  # noqa: ARG001
    """The chance to be there rises by a share, to one at most, and what they bring as much."""
    room = 1 / np.maximum(chance, 0.5) - 1  # below a half there is room for any share
    return worth * np.minimum(effect, room)


def _raised(effect: float, chance: Floats, alive: Floats, worth: Floats, bounded: Bools) -> Floats:  # noqa: ARG001
    return worth * effect


def _if_there(worth: Floats, alive: Floats, bounded: Bools) -> Floats:
    # Without an interval what they bring was foretold by a rule, which knows nothing of who is there: it is not raised.
    known = bounded & (alive > _SUREST)
    return np.where(known, np.divide(worth, alive, out=np.zeros_like(worth), where=known), worth)


def _ranked(option: Option, of: Bools, net: Floats, low: Floats, high: Floats) -> Ranked:
    people = int(of.sum())
    cost, left = people * option.cost, float(net[of].sum())
    ends = [float(end[of].sum()) for end in (low, high)]
    known = people > 0 and bool(np.isfinite(ends).all())
    return Ranked(
        kind=option.kind,
        people=people,
        gain=left + cost,
        cost=cost,
        net=left,
        net_low=ends[0] if known else None,
        net_high=ends[1] if known else None,
        is_clear=known and ends[0] > 0,
    )


def _column(people: pa.Table, name: str) -> Floats:
    column = people.column(name).combine_chunks().cast(pa.float64())
    return np.asarray(column.to_numpy(zero_copy_only=False), np.float64)


def _is_there(of: _Known) -> Bools:
    return np.asarray(of.alive >= GONE)


_ELIGIBLE = {
    "win_back": lambda of: of.alive < GONE,
    "warn": lambda of: _is_there(of) & is_long_away(of.frequency, of.recency, of.tenure),
    "thank": _is_there,
    "upsell": _is_there,
}
_CHANGES = {"win_back": _brought_back, "warn": _brought_back, "thank": _kept, "upsell": _raised}
