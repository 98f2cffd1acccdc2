"""The dialog “How somebody comes here”: the rules of a stage, said back in words before they are kept."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, editing, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.maps.words import either, rule_words
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.queries import kinds_named
from vincle.apps.journeys.web.maps.choices import channels, never_happened
from vincle.apps.journeys.web.maps.editor import board_in_place
from vincle.apps.journeys.web.maps.rule_forms import MOST_RULES, RuleForm, StageForm, plain
from vincle.engine.journeys.journey import Journey, JourneyStage, Rule
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs


@needs("journeys.edit")
def rules(request: HttpRequest, uid: UUID, stage: str) -> HttpResponse:
    """The rules of a stage. POST with `keep` keeps them; without, it says them back, and adds or leaves out one."""
    this = queries.map_by_uid(uid)
    journey = queries.journey_of(this)
    found = next((each for each in journey.stages if each.key == stage), None)
    if found is None:
        raise NotFound(_("This stage is not on the map any more."))
    if request.method != "POST":
        forms = _of_rules(found.enters, journey, found)
        return _dialog(request, this, found, StageForm(initial=_initial(this, found)), forms)
    form = StageForm(request.POST)
    forms = _given(request.POST, journey, found)
    is_valid = form.is_valid() and all(each.is_valid() for each in forms)
    if is_valid and "keep" in request.POST:
        try:
            return _keep(request, this, found, form, forms)
        except (ChangedMeanwhile, BadInput, NotFound) as error:
            form.add_error(None, str(error))
    if "add" in request.POST:
        forms.append(_form(None, journey, found, len(forms)))
    return _dialog(request, this, found, form, forms)


def _keep(
    request: HttpRequest, this: JourneyMap, stage: JourneyStage, form: StageForm, forms: list[RuleForm]
) -> HttpResponse:
    said = form.cleaned_data
    parts: list[op.Operation] = [op.SetRules(stage.key, tuple(each.rule() for each in forms))]
    parts += [
        op.SetStage(stage.key, field, said[field])
        for field in ("expected", "repeatable", "within_days")
        if said[field] != getattr(stage, field)
    ]
    operation = parts[0] if len(parts) == 1 else op.Several(tuple(parts))
    actor, now = Actor.behind(request), clock.now()
    saved = actions.change(this, operation, seen=said["revision"], actor=actor, now=now)
    return board_in_place(request, saved.map)


def _dialog(
    request: HttpRequest, this: JourneyMap, stage: JourneyStage, form: StageForm, forms: list[RuleForm]
) -> HttpResponse:
    journey = queries.journey_of(this)
    rules = [(each, each.rule() if each.is_said() else None) for each in forms]
    if form.is_bound and not form.errors:
        _warn_of_circles(form, journey, stage, [rule for _form, rule in rules if rule])
    return render(
        request,
        "journeys/maps/rules.html",
        {
            "map": this,
            "stage": stage,
            "form": form,
            "rules": [(each, *_said(rule, journey)) for each, rule in rules],
            "may_add": len(forms) < MOST_RULES,
            "channels": channels(),
        },
    )


def _said(rule: Rule | None, journey: Journey) -> tuple[str, str]:
    """A rule in words, and what is to be known of its kinds."""
    if rule is None:
        return "", ""
    kinds = kinds_named(rule.kinds)
    never = [f"“{kinds[each].label}”" for each in never_happened(rule.kinds, journey.case)]
    warning = _("%(kinds)s has never happened yet.") % {"kinds": either(never)} if never else ""
    return rule_words(rule, kinds, journey), warning


def _warn_of_circles(form: StageForm, journey: Journey, stage: JourneyStage, rules: Iterable[Rule]) -> None:
    try:
        editing.apply(journey, op.SetRules(stage.key, tuple(rules)))
    except BadInput as error:
        form.add_error(None, str(error))


def _initial(this: JourneyMap, stage: JourneyStage) -> dict[str, Any]:
    return {
        "revision": this.revision,
        "expected": stage.expected,
        "repeatable": stage.repeatable,
        "within_days": plain(stage.within_days),
    }


def _of_rules(rules: Iterable[Rule], journey: Journey, stage: JourneyStage) -> list[RuleForm]:
    forms = [_form(rule, journey, stage, at) for at, rule in enumerate(rules)]
    return forms or [_form(None, journey, stage, 0)]


def _form(rule: Rule | None, journey: Journey, stage: JourneyStage, at: int) -> RuleForm:
    return RuleForm(journey=journey, stage=stage, known=rule, prefix=f"rule-{at}")


def _given(given: QueryDict, journey: Journey, stage: JourneyStage) -> list[RuleForm]:
    """The rules of a form that was sent, without the one that is left out and those that say nothing."""
    left_out = given.get("leave-out", "")
    prefixes = [f"rule-{at}" for at in range(MOST_RULES) if f"rule-{at}-mode" in given and left_out != f"rule-{at}"]
    forms = [RuleForm(given, journey=journey, stage=stage, known=None, prefix=each) for each in prefixes]
    return [each for each in forms if not ("keep" in given and each.is_blank())]
