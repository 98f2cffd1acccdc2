"""The forms of the room."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vincle.apps.people.facade import Somebody, somebody
from vincle.apps.relations.actions.kinds import LONGEST_WORDS
from vincle.apps.relations.actions.relations import LONGEST_ROLE, Said
from vincle.apps.relations.catalogue import EITHER, LANGUAGES, ORGANISATION, PEOPLE, Kind, Labels, kinds
from vincle.apps.relations.described import LONGEST, Described
from vincle.apps.relations.models import Organisation, OrganisationKind
from vincle.apps.relations.names import domain, match_key, website
from vincle.apps.relations.queries.organisations import organisation_by_uid, whole_of
from vincle.kernel.errors import BadInput, NotFound

BACK = ":back"


class DayField(forms.DateField):
    """A day, as the browser's own calendar writes it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]


class RelationForm(forms.Form):
    """How somebody relates to whom. `other` is `person:UID`, `organisation:UID` or `new:NAME`."""

    kind = forms.ChoiceField(label=gettext_lazy("How"))
    other = forms.CharField(max_length=LONGEST["name"] + 20, required=False)
    role = forms.CharField(
        label=gettext_lazy("Role"),
        required=False,
        max_length=LONGEST_ROLE,
        help_text=gettext_lazy("In their own words: buyer, treasurer, stepmother."),
    )
    since = DayField(label=gettext_lazy("Since"), required=False)
    until = DayField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = kinds()
        self.fields["kind"].choices = [("", ""), *directions(self.known)]  # type: ignore[attr-defined]

    def clean_other(self) -> tuple[str, Somebody | Organisation | str]:
        """What kind of thing was chosen, and it."""
        what, _colon, which = str(self.cleaned_data["other"]).partition(":")
        try:
            if what == "person":
                return what, somebody(UUID(which))
            if what == "organisation":
                return what, whole_of(organisation_by_uid(UUID(which)))
        except (ValueError, NotFound) as error:
            raise forms.ValidationError(_("Choose who it is first.")) from error
        if what != "new" or not which.strip():
            raise forms.ValidationError(_("Choose who it is first."))
        return what, which

    def direction(self) -> tuple[str, bool]:
        """The kind's name, and whether it is said from this person."""
        name = self.cleaned_data["kind"]
        return name.removesuffix(BACK), not name.endswith(BACK)

    def said(self) -> Said:
        return Said(self.cleaned_data["role"], self.cleaned_data["since"], self.cleaned_data["until"])


def directions(known: dict[str, Kind]) -> list[tuple[str, str]]:
    """Every way a person may relate, with its words: each kind from them and, between people, back to them."""
    offered = []
    for kind in sorted(known.values(), key=lambda each: (each.order, each.forward)):
        if kind.archived:
            continue
        offered.append((kind.name, kind.forward))
        if kind.with_people and not kind.symmetric:
            offered.append((kind.name + BACK, kind.back))
    return offered


class EndForm(forms.Form):
    """The day a relation was over."""

    on = DayField(label=gettext_lazy("It ended on"))


class OrganisationForm(forms.Form):
    """What is known of an organisation."""

    name = forms.CharField(label=pgettext_lazy("of an organisation", "Name"), max_length=LONGEST["name"])
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=OrganisationKind.choices)
    tax_number = forms.CharField(
        label=gettext_lazy("Fiscal number"),
        required=False,
        max_length=LONGEST["tax_number"] + 10,
        help_text=gettext_lazy("VAT, CIF, NIF: spaces and dashes do not matter."),
    )
    website = forms.CharField(label=gettext_lazy("Website"), required=False, max_length=LONGEST["website"])
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        required=False,
        max_length=LONGEST["domain"],
        help_text=gettext_lazy("What their e-mail addresses end with: example.org."),
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=LONGEST["address"],
        widget=forms.Textarea({"rows": 2}),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, max_length=LONGEST["notes"], widget=forms.Textarea({"rows": 4})
    )

    def described(self) -> Described:
        return Described(**self.cleaned_data)

    def clean_name(self) -> str:
        if not match_key(self.cleaned_data["name"]):
            raise forms.ValidationError(_("Give the organisation a name."))
        return str(self.cleaned_data["name"])

    def clean_website(self) -> str:
        return _read(website, self.cleaned_data["website"])

    def clean_domain(self) -> str:
        return _read(domain, self.cleaned_data["domain"])


def _read(reader: Callable[[str], str], text: str) -> str:
    try:
        return reader(text)
    except BadInput as error:
        raise forms.ValidationError(str(error)) from error


class KindForm(forms.Form):
    """Both directions of a kind, in any of the languages; the rest only of a new one."""

    between = forms.ChoiceField(
        label=gettext_lazy("Between whom"),
        choices=[
            (PEOPLE, gettext_lazy("two people")),
            (ORGANISATION, gettext_lazy("a person and an organisation")),
            (EITHER, gettext_lazy("a person and either")),
        ],
    )
    symmetric = forms.BooleanField(label=gettext_lazy("Both directions are the same, as of friends"), required=False)

    def __init__(self, *args: Any, kind: Kind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind is not None:
            del self.fields["between"], self.fields["symmetric"]
        for language in LANGUAGES:
            words = kind.labels.get(language, ("", "")) if kind else ("", "")
            for end, initial in zip(("there", "back"), words, strict=True):
                if end == "there" or kind is None or not kind.symmetric:
                    self.fields[f"{language}_{end}"] = forms.CharField(
                        required=False, max_length=LONGEST_WORDS, initial=initial, widget=forms.TextInput
                    )

    def labels(self) -> Labels:
        given = self.cleaned_data
        return {language: (given[f"{language}_there"], given.get(f"{language}_back", "")) for language in LANGUAGES}
