"""What to do with whom: options ranked for everybody or a group, the people of each, and what is assumed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists.facade import groups_for, people_behind_url
from vincle.apps.value.decisions import actions, working
from vincle.apps.value.decisions.options import Assumed, options
from vincle.apps.value.decisions.page import idle, shown
from vincle.apps.value.decisions.words import effect_words, option_words, who_words
from vincle.apps.value.queries import newest_value
from vincle.apps.value.web.decision_forms import OptionForm
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web import htmx, patience
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("value.view")
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "value/decisions/page.html", _context(request))


@needs("value.view")
@require_safe
def newer(request: HttpRequest) -> HttpResponse:
    """How far the answer is; the page is loaded anew once it is there."""
    group, groups = _group(request)
    going = working.under_way(group)
    if going is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"going": going, "group": group, "groups": groups, "here": request.get_full_path()}
    return render(request, "value/decisions/going.html", context)


@needs("people.view")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """To the list of those for whom an option is best."""
    group, groups = _group(request)
    kind, words = request.GET.get("option", ""), _group_words(group, groups)
    option_words(kind)
    with patience.within():
        found = working.people_of(group, kind, words, now=clock.now())
    if found is None:
        working.ask(group, words, now=clock.now())
        return redirect(_address(group))
    address = people_behind_url(found)
    return HttpResponse(headers={"HX-Redirect": address}) if htmx.asks(request) else redirect(address)


@needs("value.manage")
@require_POST
def change(request: HttpRequest, kind: str) -> HttpResponse:
    """Assume something else of an option."""
    group, _groups = _group(request)
    form = OptionForm(request.POST, prefix=kind)
    name = option_words(kind)
    if not form.is_valid():
        context = _context(request, wrong={kind: form})
        return render(request, "value/decisions/page.html", context, status=422)
    made = actions.change_option(kind, **form.said(), actor=Actor.behind(request), now=clock.now())
    undo = f"{reverse('value:decision-undo', args=[kind, made.revision])}{_query(group)}"
    toast(request, _("“%(option)s” is reckoned with these assumptions.") % {"option": name}, undo=undo)
    return redirect(_address(group))


@needs("value.manage")
@require_POST
def undo(request: HttpRequest, kind: str, revision: int) -> HttpResponse:
    """Assume again what was assumed before one's change."""
    group, _groups = _group(request)
    actions.undo_option(kind, revision=revision, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(option)s” is reckoned as before.") % {"option": option_words(kind)})
    return redirect(_address(group))


def _context(request: HttpRequest, wrong: dict[str, OptionForm] | None = None) -> dict[str, Any]:
    group, groups = _group(request)
    kept, given, now = newest_value(), options(), clock.now()
    context: dict[str, Any] = {
        "kept": kept,
        "said": kept.said if kept else None,
        "group": group,
        "groups": groups,
        "group_words": _group_words(group, groups),
        "query": _query(group),
    }
    if kept is None or not kept.said or not kept.said.get("worth"):
        return context
    with patience.within():
        worked = working.worked_out(group, now=now)
    if worked is None or not worked.is_current:
        working.ask(group, context["group_words"], now=now)
        context["going"] = working.under_way(group)
    return context | {
        "worked": worked,
        "options": shown(worked, given, group=group, currency=kept.currency) if worked else [],
        "idle": idle(worked, given) if worked else [],
        "assumptions": [_assumption(each, (wrong or {}).get(each.kind)) for each in given],
        "any_assumed": any(each.measured is None for each in given),
        "currency": kept.currency,
    }


def _assumption(each: Assumed, wrong: OptionForm | None) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "title": option_words(each.kind),
        "who": who_words(each.kind),
        "effect": effect_words(each),
        "given": each,
        "form": wrong or OptionForm.of(each),
        "is_open": wrong is not None,
    }


def _group(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """The group that is asked for, empty for everybody, and those there are; raises `NotFound` for another."""
    groups = groups_for(Actor.behind(request).id)
    group = request.GET.get("group", "")
    if group and group not in dict(groups):
        raise NotFound(_("There is no such group of people."), _("It may have been taken away. Choose another."))
    return group, groups


def _group_words(group: str, groups: list[tuple[str, str]]) -> str:
    return dict(groups).get(group) or _("everybody")


def _query(group: str) -> str:
    from urllib.parse import urlencode

    return f"?{urlencode({'group': group})}" if group else ""


def _address(group: str) -> str:
    return reverse("value:decisions") + _query(group)
