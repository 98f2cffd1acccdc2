"""What can be asked of the list and of a timeline; nonsense is said beside its field and left out of the question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.days import bounds
from vincle.apps.people.queries.search import namespaces
from vincle.apps.people.queries.timeline import Filter
from vincle.apps.people.words import calm, namespace_words
from vincle.kernel.errors import BadInput
from vincle.web import htmx
from vincle.web.locales import write_day
from vincle.web.permissions import Words

MOST = 2**31
_NUMBER = re.compile(r"[0-9]{1,18}")
LONGEST = 120
SEVERAL = 50
OFFERED = 20  # of a long choice; every further option costs time to write


class DayField(forms.DateField):
    """A day, as the browser's own calendar writes it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]


class WordsField(forms.CharField):
    """What is looked for; `hint` stands in the empty field."""

    def __init__(self, *, label: Any, hint: Words) -> None:
        looks: dict[str, Words] = {"type": "search", "autocomplete": "off", "placeholder": hint}
        super().__init__(label=label, required=False, max_length=200, widget=forms.TextInput(attrs=looks))


class OpenChoiceField(forms.ChoiceField):
    """Offers some choices, takes others too: what the story held long ago is not on the list."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= LONGEST and "\0" not in str(value)


class NamesField(forms.MultipleChoiceField):
    """Some dotted names."""

    def validate(self, value: Any) -> None:
        if len(value) > SEVERAL or any(len(name) > LONGEST or "\0" in name for name in value):
            raise forms.ValidationError(_("These are too many."))


@dataclass(frozen=True)
class Chosen:
    """A filter in force: its words, and the address without it."""

    words: str
    without: str


class Question(forms.Form):
    """A form that is asked in an address."""

    pairs: dict[str, Words] = {}  # of two days: the words for "<name>_from" and "<name>_to" together

    def __init__(self, data: QueryDict, **choices: list[tuple[str, str]]) -> None:
        """`choices` are offered by the fields of those names."""
        super().__init__(data, auto_id=f"{self.__class__.__name__.lower()}-%s")
        self.given = data
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """The fields that were filled in and could be read."""
        return {
            name: value for name, value in self.cleaned_data.items() if value or (value == 0 and value is not False)
        }

    def said(self, *, leaving_out: tuple[str, ...] = ()) -> QueryDict:
        """The question as the parameters of an address, without where in the list one was."""
        parameters = QueryDict(mutable=True)
        for name in self.asked:
            if name not in leaving_out:
                parameters.setlist(name, self.given.getlist(name))
        return parameters

    def chosen(self) -> list[Chosen]:
        """The filters in force, each with the address that takes it away."""
        found: list[Chosen] = []
        for name in self.asked:
            base = name.removesuffix("_from").removesuffix("_to")
            if base in self.pairs:
                if name.endswith("_from") or f"{base}_from" not in self.asked:
                    found.append(self._chosen(self._span(base), f"{base}_from", f"{base}_to"))
            elif words := self.words_of(name):
                found.append(self._chosen(words, name))
        return found

    def words_of(self, name: str) -> str:
        """A field's filter in words; empty for one that is not a filter."""
        return f"{self.fields[name].label}: {self.asked[name]}"

    def _chosen(self, words: str, *names: str) -> Chosen:
        return Chosen(words, f"?{self.said(leaving_out=names).urlencode()}")

    def _span(self, base: str) -> str:
        since, until = (self.asked.get(f"{base}_{end}") for end in ("from", "to"))
        label = self.pairs[base]
        if since and until:
            return f"{label}: {write_day(since)} – {write_day(until)}"
        if until:
            return _("%(what)s until %(day)s") % {"what": label, "day": write_day(until)}
        return _("%(what)s from %(day)s") % {"what": label, "day": write_day(self.asked[f"{base}_from"])}


def addressed(response: HttpResponse, request: HttpRequest, question: Question) -> HttpResponse:
    """Have the browser show the question's address without the fields that were left empty."""
    if htmx.asks(request):
        parameters = question.said()
        if request.GET.get("page"):
            parameters["page"] = request.GET["page"]
        response.headers["HX-Push-Url"] = f"{request.path}?{parameters.urlencode()}".removesuffix("?")
    return response


class DirectoryForm(Question):
    """Which people."""

    pairs = {"first": _("First seen"), "last": _("Last seen")}

    q = WordsField(label=_("Find"), hint=_("Name, e-mail, phone or number"))
    known = forms.ChoiceField(label=_("Known by"), required=False)
    last_from = DayField(label=_("Last seen from"), required=False)
    last_to = DayField(label=_("Last seen until"), required=False)
    first_from = DayField(label=_("First seen from"), required=False)
    first_to = DayField(label=_("First seen until"), required=False)
    at_least = forms.IntegerField(label=_("Interactions, at least"), required=False, min_value=1, max_value=MOST)
    restricted = forms.BooleanField(label=_("Also whose processing is restricted"), required=False)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    # What the room of lists reads, and refuses when it cannot.
    view = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    f = forms.CharField(required=False, max_length=8_000, widget=forms.HiddenInput)
    c = NamesField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, data: QueryDict, *, namespaces: list[tuple[str, str]]) -> None:
        super().__init__(data, known=[("", str(_("anything"))), *namespaces])

    def words_of(self, name: str) -> str:
        if name in {"sort", "view", "f", "c"}:
            return ""
        if name == "restricted":
            return str(self.fields[name].label)
        if name == "known":
            return f"{self.fields[name].label}: {dict(self.fields[name].choices)[self.asked[name]]}"  # type: ignore[attr-defined]
        if name == "q":
            return f"“{self.asked[name]}”"
        return super().words_of(name)

    def criteria(self) -> Criteria:
        """The question as the room's reads want it."""
        asked = self.asked
        return Criteria(
            search=asked.get("q", ""),
            namespace=asked.get("known", ""),
            first_from=asked.get("first_from"),
            first_to=asked.get("first_to"),
            last_from=asked.get("last_from"),
            last_to=asked.get("last_to"),
            at_least=asked.get("at_least"),
            restricted=asked.get("restricted", False),
            order=asked.get("sort", ""),
        )


def directory_form(parameters: QueryDict, labels: Mapping[str, str]) -> DirectoryForm:
    """The form of an address; `labels` are what sources are called."""
    offered = [(namespace, namespace_words(namespace, labels)) for namespace in namespaces()]
    return DirectoryForm(parameters, namespaces=offered)


def criteria_asked(parameters: QueryDict) -> Criteria:
    """What an address asks of the list in its plain fields; raises `BadInput` when one of them cannot be read, for
    whoever is about to change or keep something must not mean more people than they see."""
    form = directory_form(parameters, {})
    for name, errors in form.errors.items():
        raise BadInput(f"{form.fields[name].label or name}: {' '.join(map(str, errors))}")
    return form.criteria()


class TimelineForm(Question):
    """Which interactions of one person."""

    pairs = {"when": pgettext_lazy("a period", "When")}

    text = WordsField(label=_("Find in the story"), hint=_("Words or products"))
    where = OpenChoiceField(label=_("Where"), required=False)
    when_from = DayField(label=_("From"), required=False)
    when_to = DayField(label=_("Until"), required=False)
    kind = NamesField(required=False, widget=forms.MultipleHiddenInput)
    about = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, places: list[tuple[str, str]]) -> None:
        """`places` are touchpoints and channels by the words they are said in, the likeliest first."""
        self.places = dict(places)
        offered = places[:OFFERED]
        chosen = data.get("where", "")
        if chosen in self.places and chosen not in dict(offered):
            offered = [*offered, (chosen, self.places[chosen])]
        super().__init__(data, where=[("", str(_("anywhere"))), *offered])

    def words_of(self, name: str) -> str:
        if name == "kind":
            return ""
        if name == "about":
            return _("about %(theme)s") % {"theme": calm(self.asked[name])}
        if name == "where":
            return self.places.get(self.asked[name], str(self.asked[name]))
        return f"“{self.asked[name]}”"

    def filter(self) -> Filter:
        """The question as the room's reads want it."""
        asked = self.asked
        since, until = self._period()
        place = asked.get("where", "")
        return Filter(
            kinds=tuple(asked.get("kind", ())),
            channel="" if _NUMBER.fullmatch(place) else place,
            touchpoint=int(place) if _NUMBER.fullmatch(place) else None,
            since=since,
            until=until,
            text=asked.get("text", ""),
            theme=asked.get("about", ""),
        )

    def _period(self) -> tuple[datetime | None, datetime | None]:
        return bounds(self.asked.get("when_from"), self.asked.get("when_to"))
