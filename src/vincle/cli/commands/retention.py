"""`vincle retention`: how long people are kept."""

from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app("Erase people who have not been seen for long, or old interactions of a kind; look first.")

EXAMPLE = "Example: vincle retention preview 1 --json"
RuleArgument = Annotated[int, typer.Argument(metavar="RULE", help="As “vincle retention list” numbers it.")]


@app.callback(epilog=EXAMPLE)
def retention() -> None:
    """Erase people who have not been seen for long, or old interactions of a kind; look first."""


@app.command("list", epilog="Example: vincle retention list")
def list_(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every rule."""
    facade = _facade(home)
    rules = [
        {"rule": rule.pk, "months": rule.months, "known_by": rule.namespace, "kind": rule.kind, "on": rule.is_on}
        for rule in facade.rules()
    ]
    if as_json:
        print_json(rules)
        return
    for rule in rules:
        known = f", known by {rule['known_by']}" if rule["known_by"] else ""
        what = f"{rule['kind']} older than" if rule["kind"] else "not seen for"
        say(f"{rule['rule']:>4}  {what} {rule['months']} months{known}: {'on' if rule['on'] else 'off'}")
    if not rules:
        say("None. Make one with “vincle retention add --months N”.")


@app.command(epilog="Example: vincle retention add --months 60")
def add(
    months: Annotated[int, typer.Option("--months", metavar="N", help="After how long.")],
    known_by: Annotated[str, typer.Option("--known-by", metavar="NAMESPACE", help="Only people known in it.")] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Take out interactions of this kind; the people stay.")
    ] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a rule. It is off: look what it would do, then run it, or switch it on in its page."""
    rule = _facade(home).add_rule(actor=_actor(), now=_now(), months=months, namespace=known_by, kind=kind)
    if as_json:
        told = {"months": rule.months, "known_by": rule.namespace, "kind": rule.kind, "on": rule.is_on}
        print_json({"rule": rule.pk, **told})
    else:
        say(f"Rule {rule.pk} is made, and off. Look what it would do: vincle retention preview {rule.pk}")


@app.command(epilog=EXAMPLE)
def preview(number: RuleArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What a rule would do now; nothing is done. Without it no rule runs."""
    facade = _facade(home)
    rule = facade.rule_by_number(number)
    if rule.kind:
        _preview_kind(facade, rule, as_json=as_json)
        return
    seen = facade.preview(rule, now=_now())
    facade.look(rule, actor=_actor(), now=_now())
    first = [{"uid": str(person.uid), "name": person.name, "last": person.last_at} for person in seen.first]
    if as_json:
        print_json({"rule": rule.pk, "people": seen.found, "first": first, "spared": seen.spared})
        return
    say(f"It would erase {seen.found:,} people.")
    for each in first:
        say(f"  {each['uid']}  {each['name']}, last seen {each['last']:%Y-%m-%d}")
    for why, count in seen.spared.items():
        say(f"  {count:,} stay: {why}")


@app.command(epilog="Example: vincle retention run 1")
def run(number: RuleArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Erase for good whom a rule says, 200 people at most, each with a certificate, or take out all that a rule for a
    kind says. It cannot be undone."""
    facade = _facade(home)
    rule = facade.rule_by_number(number)
    report = facade.run(rule, actor=_actor(), now=_now())
    if rule.kind and not as_json:
        say(f"{report.gone:,} of {report.interactions:,} interactions are taken out. {report.stopped}".strip())
        return
    if rule.kind:
        told = {"found": report.interactions, "gone": report.gone, "spared": report.spared, "stopped": report.stopped}
        print_json({"rule": number, **told})
        return
    if as_json:
        told = {"found": report.found, "erased": report.erased, "spared": report.spared, "stopped": report.stopped}
        print_json({"rule": number, **told})
        return
    say(f"{len(report.erased):,} of {report.found:,} people are erased. {report.stopped}".strip())


def _preview_kind(facade: Any, rule: Any, *, as_json: bool) -> None:
    seen = facade.preview_kind(rule, now=_now())
    facade.look(rule, actor=_actor(), now=_now())
    if as_json:
        found = {"interactions": seen.interactions, "people": seen.found, "quarantined": seen.quarantined}
        print_json({"rule": rule.pk, **found, "spared": seen.spared})
        return
    say(f"It would take out {seen.interactions:,} interactions of {seen.found:,} people.")
    if seen.quarantined:
        say(f"  {seen.quarantined:,} more are in quarantine.")
    for why, count in seen.spared.items():
        say(f"  {count:,} stay: {why}")


def _facade(home: HomeOption) -> Any:
    from vincle.cli.django import ready, require_migrated

    ready(home)
    require_migrated()
    from vincle.apps.retention import facade

    return facade


def _actor() -> Any:
    from vincle.apps.accounts.facade import COMMAND_LINE

    return COMMAND_LINE


def _now() -> Any:
    from vincle.kernel import clock

    return clock.now()
