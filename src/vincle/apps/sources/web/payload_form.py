"""The form that mends what waits in quarantine."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vincle.apps.sources.web import json_text
from vincle.apps.sources.words import in_words, namespace
from vincle.flow.append.payload import LONGEST
from vincle.flow.append.schema import Breach
from vincle.flow.models import Kind
from vincle.kernel.errors import BadInput

_PLAIN = ("kind", "namespace", "identity", "channel", "place", "staff", "currency", "text")
_LISTS = ("links", "observations", "objects")


def _json_field(label: Any) -> forms.CharField:
    box = forms.Textarea({"rows": 5, "spellcheck": "false", "class": "code"})
    return forms.CharField(label=label, required=False, widget=box)


class PayloadForm(forms.Form):
    """The fields of an interaction; what is left as it was stays as it was, to the last microsecond."""

    kind = forms.CharField(label=_("What happened"), max_length=LONGEST["kind"], widget=forms.Select)
    occurred_at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput({"type": "datetime-local", "step": "1"}, "%Y-%m-%dT%H:%M:%S")
    )
    namespace = forms.CharField(label=_("Known by"), max_length=LONGEST["namespace"], widget=forms.Select)
    identity = forms.CharField(label=_("Who"), max_length=LONGEST["identity"])
    channel = forms.CharField(label=_("Channel"), max_length=LONGEST["channel"], required=False)
    place = forms.CharField(label=_("Place"), max_length=LONGEST["place"], required=False)
    staff = forms.CharField(label=_("Who on our side"), max_length=LONGEST["staff"], required=False)
    amount = forms.DecimalField(label=_("Amount"), required=False, max_digits=19, decimal_places=4)
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    score = forms.FloatField(
        label=_("How satisfied"),
        required=False,
        min_value=-1,
        max_value=1,
        help_text=_("From -1, very disappointed, to 1, very satisfied."),
    )
    text = forms.CharField(label=_("In their words"), required=False, widget=forms.Textarea({"rows": 3}), strip=False)
    properties = _json_field(_("Properties"))
    links = _json_field(_("Also known by"))
    observations = _json_field(_("What it says of the person"))
    objects = _json_field(_("What it was about"))

    def __init__(self, data: Any = None, *, payload: dict[str, Any], kinds: Iterable[Kind] = ()) -> None:
        self.payload = payload
        super().__init__(data, initial=_said_of(payload))
        self._offer("kind", {kind.name: kind.label for kind in kinds})
        self._offer("namespace", {name: namespace(name) for name in ("email", "phone")})

    def clean_properties(self) -> dict[str, Any]:
        return _read(json_text.read_object, self.cleaned_data["properties"])  # type: ignore[no-any-return]

    def clean_links(self) -> list[Any]:
        return _read(json_text.read_list, self.cleaned_data["links"])  # type: ignore[no-any-return]

    def clean_observations(self) -> list[Any]:
        return _read(json_text.read_list, self.cleaned_data["observations"])  # type: ignore[no-any-return]

    def clean_objects(self) -> list[Any]:
        return _read(json_text.read_list, self.cleaned_data["objects"])  # type: ignore[no-any-return]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")  # a browser's line ends are not the text's

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields everybody understands."""
        return [self[name] for name in self.fields if name not in {"properties", *_LISTS}]

    @property
    def more(self) -> list[forms.BoundField]:
        """Those for whoever knows JSON."""
        return [self[name] for name in ("properties", *_LISTS)]

    @property
    def more_is_wrong(self) -> bool:
        return any(field.errors for field in self.more)

    def mended(self) -> dict[str, Any]:
        """The payload with what was changed; ask after the form was found valid."""
        mended = dict(self.payload)
        for name in self.changed_data:
            value = _plain(self.cleaned_data[name])
            if value in ("", None, [], {}):
                mended.pop(name, None)
            else:
                mended[name] = value
        if mended.get("amount") is None:
            mended.pop("currency", None)
        return mended

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        """Fill a list to choose from; what the payload says is on it, whatever it is."""
        said = str(self.payload.get(name, ""))
        widget: Any = self.fields[name].widget
        widget.choices = list(({said: namespace(said) if name == "namespace" else said} | choices).items())

    def point_at(self, breaches: Sequence[Breach]) -> None:
        """Put each breach beside the field it is about."""
        for breach in breaches:
            first, _dot, rest = breach.where.partition(".")
            place = first if first in self.fields else None
            said = in_words(breach.message if place else breach)
            self.add_error(place, f"{rest}: {said}" if place and rest else said)


def _said_of(payload: dict[str, Any]) -> dict[str, Any]:
    values = {name: payload.get(name, "") for name in (*_PLAIN, "amount", "score")}
    values["occurred_at"] = _local(payload.get("occurred_at"))
    return values | {name: json_text.shown(payload.get(name)) for name in ("properties", *_LISTS)}


def _local(said: Any) -> datetime | None:
    try:
        return timezone.localtime(datetime.fromisoformat(said)).replace(microsecond=0)
    except (TypeError, ValueError, OverflowError):
        return None


def _plain(value: Any) -> Any:
    """A form's value as a payload holds it."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def _read(reading: Any, text: str) -> Any:
    try:
        return reading(text)
    except BadInput as error:
        raise forms.ValidationError(str(error)) from error
