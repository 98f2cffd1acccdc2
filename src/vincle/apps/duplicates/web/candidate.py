"""One pair: why it is so probable, both side by side, and what joining them would make."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vincle.apps.duplicates.models import Candidate
from vincle.apps.duplicates.queries import queue as queries
from vincle.apps.duplicates.queries.decisions import read_reasons
from vincle.apps.duplicates.sides import lines
from vincle.apps.duplicates.words import compared_words, level_words, sure_percent, sure_words
from vincle.apps.people import facade as people
from vincle.engine.duplicates import Reason
from vincle.engine.duplicates.evidence import BEFORE, HOUSEHOLD, NOTHING
from vincle.flow.models import Person
from vincle.web.charts import Chart, Step, waterfall
from vincle.web.permissions import needs
from vincle.web.templatetags.vincle import number as written

LEAST_DRAWN = 0.005  # bits


@needs("duplicates.view")
def page(request: HttpRequest, number: int) -> HttpResponse:
    """One pair, decided or not."""
    candidate = queries.candidate_by_number(number)
    context: dict[str, Any] = {"candidate": candidate, "sure": sure_percent(candidate.probability)}
    context["words"], context["tone"] = sure_words(candidate.probability)
    if candidate.first.person_id == candidate.second.person_id:
        whole = Person.objects.filter(pk=candidate.first.person_id).first()
        return render(request, "duplicates/decided.html", context | {"person": whole})
    first, second = queries.people_of(candidate)
    reasons = read_reasons(candidate.reasons)
    mine, theirs = people.identities_of(first), people.identities_of(second)
    there = people.portraits((first.pk, second.pk))
    labels = people.source_labels()
    as_one = {row.name: row.then for row in people.compared(mine, theirs)}
    context |= {
        "first": first,
        "second": second,
        "sides": [
            (each, [(people.namespace_words(one.namespace, labels), one.value) for one in known])
            for each, known in ((first, mine), (second, theirs))
        ],
        "lines": lines(there[first.pk], there[second.pk], reasons) if len(there) == 2 else [],
        "chart": why(candidate, reasons),
        "uncompared": [compared_words(reason.what) for reason in reasons if reason.level == NOTHING],
        "apart": not queries.is_open(candidate),
        "shown_name": as_one.get("name", first.name),
        "interactions": first.interactions + second.interactions,
        "adjusted": any(abs(reason.bits - reason.unadjusted) > LEAST_DRAWN for reason in reasons),
    }
    return render(request, "duplicates/candidate.html", context)


def why(candidate: Candidate, reasons: tuple[Reason, ...]) -> Chart:
    """The reasons as a waterfall, in bits: from what was expected before to what is thought after."""
    start = sum(reason.bits for reason in reasons if reason.what == BEFORE)
    steps = [
        Step(_named(reason), reason.bits, signed(reason.bits))
        for reason in reasons
        if reason.what != BEFORE and reason.level != NOTHING and abs(reason.bits) > LEAST_DRAWN
    ]
    end = sum(reason.bits for reason in reasons)
    sure = sure_percent(candidate.probability)
    return waterfall(
        _("Why these two are one person with a probability of %(sure)s") % {"sure": sure},
        _("What was compared"),
        _("bits"),
        start=Step(compared_words(BEFORE), start, signed(start)),
        steps=steps,
        end=Step(_("in all"), end, f"{signed(end)} = {sure}"),
    )


def _named(reason: Reason) -> str:
    what = compared_words(reason.what)
    return what if reason.what == HOUSEHOLD else f"{what}: {level_words(reason.level)}"


def signed(bits: float) -> str:
    """Bits with their sign, as in “+3.2”."""
    return f"{'−' if bits < 0 else '+'}{written(abs(bits), 1)}"
