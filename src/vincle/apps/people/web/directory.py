"""The list of people, and the same list as a file."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.actions import note_export
from vincle.apps.people.export import csv_lines
from vincle.apps.people.queries import directory
from vincle.apps.people.queries.person import main_identities, source_labels
from vincle.apps.people.queries.search import FOUND, namespaces
from vincle.apps.people.web.forms import DirectoryForm, addressed
from vincle.apps.people.words import namespace_words
from vincle.flow.models import Person
from vincle.kernel import clock
from vincle.web.permissions import Words, needs

# The columns that can be sorted by, and whether the first click wants the largest first.
COLUMNS: tuple[tuple[str, Words, bool], ...] = (
    ("name", _("Name"), False),
    ("first", _("First seen"), True),
    ("last", _("Last seen"), True),
    ("interactions", _("Interactions"), True),
    ("money", _("Money"), True),
)


@dataclass(frozen=True)
class Line:
    """One person of the list: `known` is the identity they are best known by, `known_as` its namespace in words."""

    person: Person
    known: str
    known_as: str


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted by; `direction` as ARIA calls it, `url` sorts or turns the order round."""

    name: str
    label: Words
    direction: str
    url: str


@needs("people.view")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, or those who are asked for, fifty at a time."""
    labels = source_labels()
    form = _form(request, labels)
    criteria = form.criteria()
    page, plan = directory.page(criteria, cursor=request.GET.get("page", ""))
    chosen = form.chosen()
    context = {
        "form": form,
        "narrowed": len(set(form.asked) - {"q", "sort"}),
        "chosen": chosen,
        "headings": _headings(form, criteria.shown_order),
        "lines": _lines(page.items, labels),
        "page": page,
        "plan": plan,
        "most_found": FOUND,
        "export": form.said().urlencode(),
        "nobody_yet": not page.items and not form.asked and not request.GET.get("page"),
    }
    return addressed(render(request, "people/list.html", context), request, form)


@needs("export.run")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as CSV, all of it, while it is being read; who took it is in the audit log."""
    labels = source_labels()
    form = _form(request, labels)
    note_export(
        actor=Actor.behind(request), now=clock.now(), wanted={name: str(value) for name, value in form.said().items()}
    )
    lines = csv_lines(form.criteria(), sources=labels, zone=timezone.get_current_timezone())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


def _form(request: HttpRequest, labels: dict[str, str]) -> DirectoryForm:
    offered = [(namespace, namespace_words(namespace, labels)) for namespace in namespaces()]
    return DirectoryForm(request.GET, namespaces=offered)


def _lines(people: list[Person], labels: dict[str, str]) -> list[Line]:
    best = main_identities(person.pk for person in people)
    lines = []
    for person in people:
        identity = best.get(person.pk)
        words = namespace_words(identity.namespace, labels) if identity else ""
        lines.append(Line(person, identity.value if identity else "", words))
    return lines


def _headings(form: DirectoryForm, order: str) -> list[Heading]:
    rest = form.said(leaving_out=("sort",))
    headings = []
    for name, label, falls_first in COLUMNS:
        direction = {name: "ascending", f"-{name}": "descending"}.get(order, "none")
        falls = direction == "ascending" or (direction == "none" and falls_first)
        parameters = rest.copy()
        parameters["sort"] = f"-{name}" if falls else name
        headings.append(Heading(name, label, direction, f"?{parameters.urlencode()}"))
    return headings
