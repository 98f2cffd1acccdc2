"""Rules, whom each would erase, and what each did."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import namespace_words, namespaces, source_labels
from vincle.apps.retention import actions, expiring, queries
from vincle.apps.retention.models import FEWEST_MONTHS, MOST_MONTHS, Rule, Run
from vincle.apps.retention.sparing import sparings
from vincle.flow.jobs.queue import enqueue
from vincle.kernel import clock
from vincle.web.permissions import Words, needs
from vincle.web.toasts import toast


class RuleForm(forms.Form):
    """A new rule."""

    kind = forms.ChoiceField(label=gettext_lazy("What leaves"), required=False)
    months = forms.IntegerField(
        label=gettext_lazy("After how many months"), min_value=FEWEST_MONTHS, max_value=MOST_MONTHS
    )
    namespace = forms.ChoiceField(label=gettext_lazy("Only people known by"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = source_labels()
        known = [(each, namespace_words(each, labels)) for each in namespaces()]
        self.fields["namespace"].choices = [("", str(_("anything"))), *known]  # type: ignore[attr-defined]
        kinds = [(name, _("interactions: %(kind)s") % {"kind": label}) for name, label in queries.kind_labels().items()]
        self.fields["kind"].choices = [("", str(_("people who are not seen"))), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rule for a kind is for everybody."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") and said.get("namespace"):
            self.add_error("namespace", _("A rule for a kind of interaction is for everybody."))
        return said


@needs("retention.view", to_change="retention.manage")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule; a new one is off, and is looked at first."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_rule(actor=Actor.behind(request), now=clock.now(), **form.cleaned_data)
        toast(request, _("The rule is made, and off. Look first what it would do."))
        return redirect("retention:rule", made.pk)
    labels = source_labels()
    kinds = queries.kind_labels()
    lines = [
        (rule, namespace_words(rule.namespace, labels) if rule.namespace else "", kinds.get(rule.kind, rule.kind))
        for rule in queries.rules()
    ]
    context = {"form": form, "lines": lines}
    return render(request, "retention/rules.html", context, status=400 if form.errors else 200)


@needs("retention.view")
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """Whom a rule would erase now, and what it did."""
    found = queries.rule_by_number(number)
    if found.kind:
        return _kind(request, found)
    seen = queries.preview(found, now=clock.now())
    words = {sparing.name: sparing.words for sparing in sparings()}
    context = {
        "rule": found,
        "known": namespace_words(found.namespace, source_labels()) if found.namespace else "",
        "seen": seen,
        "spared": _spared(seen.spared, words),
        "runs": queries.runs_of(found),
        "looked_at": queries.was_looked_at(found),
        "most": actions.MOST_AT_ONCE,
    }
    return render(request, "retention/rule.html", context)


@needs("retention.manage")
@require_POST
def look(request: HttpRequest, number: int) -> HttpResponse:
    """Note that somebody saw whom it would erase."""
    found = queries.rule_by_number(number)
    report: Run = actions.look(found, actor=Actor.behind(request), now=clock.now())
    if found.kind:
        words = _("Noted: it would take out %(number)d interactions. Nothing was taken out.")
        toast(request, words % {"number": report.interactions})
    else:
        toast(request, _("Noted: it would erase %(number)d people. Nobody was erased.") % {"number": report.found})
    return redirect("retention:rule", number)


@needs("retention.manage")
@require_POST
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Have it run in the background."""
    found, actor = queries.rule_by_number(number), Actor.behind(request)
    actions.require_looked_at(found)
    enqueue(
        "retention.run", arguments={"rule": found.pk, "by": actor.name}, key=f"retention:{found.pk}", now=clock.now()
    )
    toast(request, _("It runs in the background; its report appears here."))
    return redirect("retention:rule", number)


@needs("retention.manage")
@require_POST
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """Let it run every night, or no more."""
    found = queries.rule_by_number(number)
    on = request.POST.get("next") == "on"
    actions.switch(found, on=on, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It runs every night from now on.") if on else _("It does not run any more."))
    return redirect("retention:rule", number)


@needs("retention.manage")
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take it away."""
    actions.remove_rule(queries.rule_by_number(number), actor=Actor.behind(request), now=clock.now())
    toast(request, _("The rule is gone."))
    return redirect("retention:rules")


def _kind(request: HttpRequest, rule: Rule) -> HttpResponse:
    seen = expiring.preview(rule, now=clock.now())
    words = {expiring.LAST: _("the last that happened with somebody"), **{each.name: each.words for each in sparings()}}
    runs = list(queries.runs_of(rule))
    context = {
        "rule": rule,
        "kind": queries.kind_labels().get(rule.kind, rule.kind),
        "seen": seen,
        "spared": _spared(seen.spared, words),
        "runs": runs,
        "is_running": bool(runs) and runs[0].finished_at is None,
        "looked_at": queries.was_looked_at(rule),
    }
    return render(request, "retention/kind.html", context)


def _spared(spared: dict[str, int], words: dict[str, Words]) -> list[tuple[Words, int]]:
    return [(words.get(name, name), number) for name, number in spared.items()]
