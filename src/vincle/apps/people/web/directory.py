"""The list of people, and the same list as a file."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from vincle.apps.accounts.facade import Actor
from vincle.apps.lists import facade as lists
from vincle.apps.people.actions import note_export
from vincle.apps.people.export import Shown
from vincle.apps.people.queries import directory
from vincle.apps.people.queries.person import source_labels
from vincle.apps.people.queries.search import FOUND
from vincle.apps.people.queries.visible import look_at_those
from vincle.apps.people.web import files
from vincle.apps.people.web.forms import DirectoryForm, addressed, directory_form
from vincle.apps.people.words import MARK_ICONS, MARKS, namespace_words
from vincle.flow.models import Identity, Person
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web import patience
from vincle.web.avatars import initials, tone
from vincle.web.locales import locale
from vincle.web.permissions import Words, can, needs
from vincle.web.templatetags.vincle import day, iso, number, round_money

TABS = 12
FALLS_FIRST = {"first", "last", "interactions", "money"}  # the first click on these wants the largest first


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says of one person: `note` stands beneath, `at` is the day for machines."""

    column: str
    label: str
    text: str
    note: str = ""
    at: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be heeded with somebody, in words."""

    icon: str
    words: Words


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, in words: fifty of them are written faster here than by a template's filters."""

    url: str
    uid: str
    name: str
    initials: str
    tone: int
    cells: list[Cell]
    marks: tuple[Mark, ...] = ()  # what is to be heeded with them


@dataclass(frozen=True)
class Heading:
    """A column; `direction` as ARIA calls it, `url` sorts or turns the order round (empty: it cannot be sorted by)."""

    name: str
    label: Words
    is_number: bool
    direction: str = ""
    url: str = ""


@needs("people.view")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, or those who are asked for, fifty at a time."""
    labels, actor = source_labels(), Actor.behind(request)
    form = directory_form(request.GET, labels)
    asked = lists.asked(request.GET, viewer=actor.id)
    now = clock.now()
    criteria = asked.criteria(form.criteria(), now=now)
    # What the list itself asks walks an index; a filter may have to look at everybody.
    with patience.within() if asked.filter else nullcontext():
        page, plan = directory.page(criteria, cursor=request.GET.get("page", ""))
    said = form.said()
    context = {
        "form": form,
        "narrowed": len(set(form.asked) - {"q", "sort", "view", "f", "c"}),
        "chosen": form.chosen(),
        "headings": _headings(form, asked.columns, criteria.shown_order),
        "lines": _lines(page.items, asked.columns, labels, now=now),
        "page": page,
        "plan": plan,
        "most_found": FOUND,
        "here": said.urlencode(),
        "asked": asked,
        "sentence": lists.sentence(asked.filter) if asked.filter else "",
        "without_filter": form.said(leaving_out=("f", "view")).urlencode(),
        "views": lists.views_for(actor.id)[:TABS],
        "may_change_view": asked.view
        and (said.get("f") or said.get("c") or said.get("sort"))
        and lists.may_change(asked.view, actor, leads=can(request.user, "people.change_many")),
        "nobody_yet": not page.items and not form.asked and not request.GET.get("page"),
    }
    return addressed(render(request, "people/list.html", context), request, form)


@needs("export.run")
def export(request: HttpRequest, ending: str = "csv") -> StreamingHttpResponse | FileResponse:
    """The list as a file (csv, xlsx or vcf), all of it; who took it is in the audit log."""
    labels, now = source_labels(), clock.now()
    form = directory_form(request.GET, labels)
    asked = lists.asked(request.GET, viewer=Actor.behind(request).id)
    wanted = {name: str(value) for name, value in form.said().items()}
    note_export(actor=Actor.behind(request), now=now, wanted=wanted if ending == "csv" else {**wanted, "as": ending})
    shown = Shown(asked.columns, lambda people: lists.cells(people, asked.columns, now=now), labels)
    criteria = asked.criteria(form.criteria(), now=now)
    return files.answer(criteria, ending, shown, version=request.GET.get("version", ""))


def _lines(people: list[Person], columns: Sequence[lists.Column], labels: dict[str, str], *, now: Any) -> list[Line]:
    values = lists.cells(people, columns, now=now)
    words = [lists.column_words(column) for column in columns]
    marks = look_at_those([person.pk for person in people if getattr(person, "is_marked", True)])
    writer = _Writer(labels, timezone.get_current_timezone(), locale(), house().currency)
    return [
        Line(
            url=f"{person.uid}/",
            uid=str(person.uid),
            name=person.name,
            initials=initials(person.name),
            tone=tone(str(person.uid)),
            cells=[
                writer.cell(column, label, value)
                for column, label, value in zip(columns, words, values[person.pk], strict=True)
            ],
            marks=tuple(Mark(MARK_ICONS[kind], MARKS[kind]) for kind in sorted(marks.get(person.pk, ()))),
        )
        for person in people
    ]


@dataclass(frozen=True)
class _Writer:
    labels: dict[str, str]
    zone: tzinfo
    reader: Locale
    currency: str

    def cell(self, column: lists.Column, label: str, value: Any) -> Cell:
        if isinstance(value, Identity):
            return Cell(column.of, label, value.value, note=namespace_words(value.namespace, self.labels))
        if isinstance(value, date):
            return Cell(column.of, label, _day_words(value, self.reader), at=iso(value))
        if column.is_number:
            return Cell(column.of, label, self._figure(column.of, value), is_number=True)
        return Cell(column.of, label, value or "")

    def _figure(self, of: str, value: Any) -> str:
        if isinstance(value, Decimal) or of in {"money", "spent"}:
            return round_money(value, self.currency) if value else "–"
        if isinstance(value, float):
            return lists.chance_words(value) if of == "alive" else number(value, 1)
        return number(value)


@lru_cache(maxsize=20_000)  # the same days come again and again, and writing one takes longer than all else in a line
def _day_words(when: date | None, _reader: Locale) -> str:
    return day(when)


def _headings(form: DirectoryForm, columns: Sequence[lists.Column], order: str) -> list[Heading]:
    name = lists.Column("name")
    return [_heading(form, column, order) for column in (name, *columns)]


def _heading(form: DirectoryForm, column: lists.Column, order: str) -> Heading:
    label = lists.column_words(column)
    if not column.sorts:
        return Heading(column.of, label, column.is_number)
    direction = {column.of: "ascending", f"-{column.of}": "descending"}.get(order, "none")
    falls = direction == "ascending" or (direction == "none" and column.of in FALLS_FIRST)
    parameters = form.said(leaving_out=("sort",))
    parameters["sort"] = f"-{column.of}" if falls else column.of
    return Heading(column.of, label, column.is_number, direction, f"?{parameters.urlencode()}")
