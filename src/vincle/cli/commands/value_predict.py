"""`vincle value predict`: who is still there, how often they will come, what they are worth."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vincle.cli.commands.value_equity import MarginOption, RateOption
from vincle.cli.commands.value_fit import why_none
from vincle.cli.commands.value_log import (
    AmountOption,
    CurrencyColumnOption,
    CurrencyOption,
    CustomerOption,
    FileArgument,
    KindOption,
    RatesOption,
    Source,
    TimeOption,
    ZoneOption,
    opened,
    tell_left_out,
)
from vincle.cli.commands.value_out import OutOption, exact, money, refuse_ending, write
from vincle.cli.options import HomeOption, JsonOption, print_json, say, tell

if TYPE_CHECKING:
    import pyarrow as pa

    from vincle.engine.value import Valued

EXAMPLE = (
    "Example: vincle value predict orders.csv --customer client --time day --amount paid --horizon 365 --margin 0.3 "
    "--out people.csv"
)
SCALE = 10_000  # worth is told in ten-thousandths
OF_PERSON = (
    "customer", "first", "last", "days", "alive", "alive_low", "alive_high", "expected", "expected_low",
    "expected_high", "spend", "worth", "worth_low", "worth_high",
)  # fmt: skip


def predict(
    file: FileArgument = None,
    customer: CustomerOption = "",
    time: TimeOption = "",
    amount: AmountOption = "",
    horizon: Annotated[int, typer.Option("--horizon", metavar="DAYS", help="How many days ahead.")] = 365,
    rate: RateOption = 0.1,
    margin: MarginOption = 1.0,
    contractual: Annotated[
        bool, typer.Option("--contractual", help="People pay every month until they leave: members, subscribers.")
    ] = False,
    out: OutOption = None,
    currency_column: CurrencyColumnOption = "",
    currency: CurrencyOption = "",
    rates: RatesOption = None,
    kind: KindOption = None,
    timezone: ZoneOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who is still there, how often they will come, what they are worth.

    The model is the one that foretells best the second half of what is known. Prints the totals; --out has the people.
    """
    from vincle.engine import value as engine

    refuse_ending(out)
    terms = engine.Terms(horizon_days=horizon, discount=rate, margin=margin, contractual=contractual).checked()
    with opened(
        file,
        home,
        customer=customer,
        time=time,
        amount=amount,
        currency_column=currency_column,
        currency=currency,
        rates=rates,
        kinds=kind,
        timezone=timezone,
        needs_money=False,
    ) as source:
        found = engine.value(source.transactions, terms)
        people = _people(source, found) if out else None
    tell_left_out(found.left_out, found.flagged)
    if out is not None and people is not None:
        write(people, out)
    if as_json:
        print_json(_as_json(found, source.currency) | {"out": out.absolute() if out else None})
        return
    _say(found, source.currency)
    if out is not None and people is not None:
        tell(f"{out} holds {people.num_rows:,} people.")


def _people(source: Source, found: "Valued") -> "pa.Table":
    """A row for each person, who is worth most first; amounts as decimals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    of = found.people
    columns = {name: of.column(name) for name in OF_PERSON}
    columns["customer"] = source.named(of.column("customer"))
    for name in ("spend", "worth", "worth_low", "worth_high"):
        columns[name] = pc.round(pc.divide(columns[name], SCALE), 4)
    unknown = pa.nulls(of.num_rows, pa.decimal128(34, 4))
    columns["present"] = exact(of.column("present")) if source.transactions.money else unknown
    return pa.table(columns).sort_by([("worth", "descending"), ("customer", "ascending")])


def _as_json(found: "Valued", currency: str) -> dict[str, Any]:
    """Amounts in the currency's unit, as all that the command line prints."""
    told: dict[str, Any] = found.as_json()
    for name in ("present", "worth"):
        if told.get(name):
            told[name] |= {
                end: None if told[name][end] is None else told[name][end] / SCALE for end in ("at", "low", "high")
            }
    terms = {name: getattr(found.terms, name) for name in ("horizon_days", "discount", "margin", "contractual")}
    return told | {"currency": currency or None, "terms": terms}


def _say(found: "Valued", currency: str) -> None:
    present = found.present.at / SCALE
    say(f"{found.people.num_rows:,} people until {found.as_of}.")
    if present:
        say(f"In the last {found.terms.window_days} days they brought {money(present, currency)}.")
    if not found.used:
        say(why_none(found.why))
        return
    words = {
        "alive": ("still there", "{:,.0f} people"),
        "expected": ("expected", "{:,.0f} times"),
        "worth": ("worth", f"{{:,.2f}} {currency}"),
    }
    say(f"In the {found.terms.horizon_days} days after, by {found.used.replace('_', ' ')}:")
    for name, total in found.totals.items():
        called, form = words[name]
        ends = "" if total.low is None or total.high is None else f"  ({_ends(name, total.low, total.high)})"
        at = total.at / SCALE if name == "worth" else total.at
        say(f"{called:>12}  {form.format(at).strip()}{ends}")
    _say_holdout(found)


def _ends(name: str, low: float, high: float) -> str:
    if name == "worth":
        return f"{low / SCALE:,.2f} to {high / SCALE:,.2f}"
    return f"{low:,.0f} to {high:,.0f}"


def _say_holdout(found: "Valued") -> None:
    if found.outcome is None or found.holdout_start is None:
        return
    holdout = found.outcome.rivals.get(found.used, found.outcome.holdout)  # of the rule, where one is used
    if holdout is None:
        return
    error = "" if holdout.total_error is None else f", {holdout.total_error:+.1%}"
    say(
        f"Tried on what came after {found.holdout_start}: {holdout.expected:,.0f} times were expected, "
        f"{holdout.actual:,.0f} came{error}."
    )
