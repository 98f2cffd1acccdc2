"""The queue: pairs that may be one person, the most probable first, two people side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincle.apps.duplicates.models import Candidate
from vincle.apps.duplicates.queries import looks
from vincle.apps.duplicates.queries import queue as queries
from vincle.apps.duplicates.queries.decisions import read_reasons
from vincle.apps.duplicates.sides import MISSING, Line, lines
from vincle.apps.duplicates.web.forms import AskForm
from vincle.apps.duplicates.web.looking import going
from vincle.apps.duplicates.words import sure_percent, sure_words
from vincle.apps.people.facade import Portrait, portraits
from vincle.kernel import clock
from vincle.web.permissions import needs

LINES_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair as the queue shows it."""

    candidate: Candidate
    first: Portrait
    second: Portrait
    lines: list[Line]

    @property
    def sure(self) -> str:
        return sure_percent(self.candidate.probability)

    @property
    def words(self) -> str:
        return sure_words(self.candidate.probability)[0]

    @property
    def tone(self) -> str:
        return sure_words(self.candidate.probability)[1]


@needs("duplicates.view")
def queue(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, or those that were put aside."""
    form, now = AskForm(request.GET), clock.now()
    skipped = request.GET.get("view") == "skipped"
    asked = form.asked(skipped=skipped)
    page = queries.page(asked, cursor=request.GET.get("page", ""), now=now)
    context = {
        "form": form,
        "asked": asked,
        "filtered": bool(asked.same_in or asked.least > queries.LEAST),
        "page": page,
        "pairs": pairs_of(page.items),
        "waiting": queries.count(queries.waiting(now=now)),
        "put_aside": queries.count(queries.skipped(now=now)),
        "counted": queries.COUNTED,
        "last": looks.newest_done(),
        "failed": looks.failed_last(),
        "going": going(),
        "kept": request.GET.urlencode(),
    }
    return render(request, "duplicates/queue.html", context)


def pairs_of(candidates: Collection[Candidate]) -> list[Pair]:
    """Candidates with their people, as they are now."""
    once = queries.once_each(candidates)
    there = portraits({end.person_id for each in once for end in (each.first, each.second)})
    found = []
    for each in once:
        first, second = sorted((each.first.person_id, each.second.person_id))
        if first in there and second in there:
            sides = lines(there[first], there[second], read_reasons(each.reasons))
            found.append(Pair(each, there[first], there[second], _few(sides)))
    return found


def _few(sides: Sequence[Line]) -> list[Line]:
    """The lines worth a place in the queue: what both have first."""
    both = [line for line in sides if line.sign != MISSING]
    one = [line for line in sides if line.sign == MISSING and line.words]
    return (both + one)[:LINES_SHOWN]
