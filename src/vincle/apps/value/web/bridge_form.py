"""Which two days a bridge leads from and to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.value.asking import BridgeAsked
from vincle.apps.value.queries import WholeValue

_DAY = {"type": "date"}
_WINDOWS = ((365, _("the 12 months until then")), (91, _("the three months until then")),
            (28, _("the four weeks until then")))  # fmt: skip


class BridgeForm(forms.Form):
    """Two days, and of how long before each what people paid is counted."""

    opening = forms.DateField(label=_("From"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    closing = forms.DateField(label=_("to"), widget=forms.DateInput(_DAY, "%Y-%m-%d"))
    window = forms.TypedChoiceField(label=_("What they paid in"), choices=_WINDOWS, coerce=int)

    @classmethod
    def usual(cls, kept: WholeValue | None) -> "BridgeForm":
        """The days of the usual bridge, to be changed."""
        said = kept.page.get("bridge") if kept else None
        if kept is None or said is None:
            return cls()
        days = {"opening": said["opening_day"], "closing": said["closing_day"]}
        return cls(initial=days | {"window": kept.page["window"]})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opening, closing = given.get("opening"), given.get("closing")
        if opening and closing and opening >= closing:
            self.add_error("closing", _("Choose a day after the first one."))
        if opening and opening < date(1900, 1, 1):
            self.add_error("opening", _("This day is too far away."))
        if closing and closing > date(2200, 1, 1):
            self.add_error("closing", _("This day is too far away."))
        return given

    def asked(self) -> BridgeAsked:
        """What is asked, once it is valid."""
        said = self.cleaned_data
        return BridgeAsked(said["opening"].isoformat(), said["closing"].isoformat(), said["window"])
