"""What really happens along journeys, worked out when it is asked for, and the moments that matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.journeys import actions, queries
from vincle.apps.journeys.asking import PEOPLE, name_of
from vincle.apps.journeys.queries import Journeys, case_asked
from vincle.apps.journeys.web import answers
from vincle.apps.journeys.web.forms import QuestionForm, in_address
from vincle.apps.journeys.web.page import page_context
from vincle.apps.journeys.web.whose import address_of
from vincle.apps.today.facade import anything_in_the_log
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.kernel.house import house
from vincle.web.permissions import needs


@needs("journeys.view")
def journeys(request: HttpRequest) -> HttpResponse:
    """The page. Figures that nobody has worked out yet, or that the log has outgrown, are asked for."""
    case, found = case_asked(request.GET.get("case", ""))
    is_new = found is not None and found.is_of(queries.mirror_version(), zone=house().timezone)
    if not is_new and anything_in_the_log():
        actions.ask_journeys(case, now=clock.now())
    return render(request, "journeys/page.html", page_context(request.GET, case, found))


@needs("journeys.view")
def newer(request: HttpRequest) -> HttpResponse:
    """How far newer figures are; once they are there, they take the place of those on the page."""
    case, found = case_asked(request.GET.get("case", ""))
    going = queries.under_way(name_of(case))
    if going is not None:
        told = {"case": case, "journeys": found, "going": going, "detail": request.GET.get("detail", "")}
        told["show"] = request.GET.get("show", "")
        return render(request, "journeys/going.html", told)
    if found is None or not request.GET.get("version"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _in_place(request, "figures", page_context(request.GET, case, found))


@needs("journeys.view")
@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Have the figures worked out now."""
    case, _found = case_asked(request.POST.get("case", ""))
    actions.ask_journeys(case, now=clock.now())
    return redirect(address_of(case))


@needs("journeys.view")
def moments(request: HttpRequest) -> HttpResponse:
    """Ask (POST), or see how far the answer is (GET)."""
    given = request.POST if request.method == "POST" else request.GET
    case, found = case_asked(given.get("case", ""))
    if found is None or found.is_empty:
        raise NotFound(_("Nothing has been worked out yet."))
    form = QuestionForm(given, journeys=found, kinds=found.kinds())
    if request.method != "POST":
        return _how_far(request, case, found, form)
    if not form.is_valid():
        context = page_context(request.GET, case, found) | {"form": form}
        return render(request, "journeys/page.html", context, status=400)
    actions.ask_moments(form.question, now=clock.now())
    return redirect(f"{address_of(case, **in_address(form.question))}#moments")


def _how_far(request: HttpRequest, case: str, found: Journeys, form: QuestionForm) -> HttpResponse:
    if not form.is_valid():
        raise NotFound(_("Nobody has asked this yet."))
    shown = answers.context(found, found.kinds(), request.GET)
    shown |= {"case": case, "is_people": case == PEOPLE, "journeys": found}
    if shown["answering"]:
        return render(request, "journeys/answering.html", shown)
    return _in_place(request, "moments", shown)


def _in_place(request: HttpRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    """A part of the page, instead of the one that stands there, whatever htmx was to replace."""
    response = render(request, f"journeys/{part}.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#{part}", "outerHTML show:none"
    return response
