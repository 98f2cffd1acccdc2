"""The list of people, and the same list as a file."""

from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.actions import note_export
from vincle.apps.people.export import csv_lines
from vincle.apps.people.queries import directory
from vincle.apps.people.queries.days import local_day
from vincle.apps.people.queries.person import main_identities, source_labels
from vincle.apps.people.queries.search import FOUND, namespaces
from vincle.apps.people.queries.visible import look_at_those
from vincle.apps.people.web.forms import DirectoryForm, addressed
from vincle.apps.people.words import MARK_ICONS, MARKS, namespace_words
from vincle.flow.models import Identity, Person
from vincle.kernel import clock
from vincle.web.avatars import initials, tone
from vincle.web.locales import locale
from vincle.web.permissions import Words, needs
from vincle.web.templatetags.vincle import day, iso, number

# The columns that can be sorted by, and whether the first click wants the largest first.
COLUMNS: tuple[tuple[str, Words, bool], ...] = (
    ("name", _("Name"), False),
    ("first", _("First seen"), True),
    ("last", _("Last seen"), True),
    ("interactions", _("Interactions"), True),
    ("money", _("Money"), True),
)


@dataclass(frozen=True)
class Mark:
    """Something to be heeded with somebody, in words."""

    icon: str
    words: Words


@dataclass(frozen=True)
class Line:
    """One person of the list, in words: fifty of them are written faster here than by a template's filters."""

    url: str
    name: str
    initials: str
    tone: int
    known: str  # the identity they are best known by
    known_as: str  # what it is
    first_at: str
    first: str
    last_at: str
    last: str
    interactions: str
    noun: str
    amount: Decimal
    marks: tuple[Mark, ...]  # what is to be heeded with them


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
    marks = look_at_those([person.pk for person in people])
    zone, reader = timezone.get_current_timezone(), locale()
    return [
        _line(person, best.get(person.pk), labels, marks=marks.get(person.pk, set()), zone=zone, reader=reader)
        for person in people
    ]


def _line(
    person: Person, identity: Identity | None, labels: dict[str, str], *, marks: set[str], zone: tzinfo, reader: Locale
) -> Line:
    uid = str(person.uid)
    first, last = (local_day(moment, zone) if moment else None for moment in (person.first_at, person.last_at))
    return Line(
        url=f"{uid}/",
        name=person.name,
        initials=initials(person.name),
        tone=tone(uid),
        known=identity.value if identity else "",
        known_as=namespace_words(identity.namespace, labels) if identity else "",
        first_at=iso(first),
        first=_day_words(first, reader),
        last_at=iso(last),
        last=_day_words(last, reader),
        interactions=number(person.interactions),
        noun=ngettext("interaction", "interactions", person.interactions),
        amount=person.amount or Decimal(0),
        marks=tuple(Mark(MARK_ICONS[kind], MARKS[kind]) for kind in sorted(marks)),
    )


@lru_cache(maxsize=20_000)  # the same days come again and again, and writing one takes longer than all else in a line
def _day_words(when: date | None, _reader: Locale) -> str:
    return day(when)


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
