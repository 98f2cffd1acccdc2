"""What is assumed of an option, as a form: money for each person, shares in percent."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.value.decisions.actions import MOST
from vincle.apps.value.decisions.options import Assumed


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class OptionForm(forms.Form):
    """One option; its prefix is its kind."""

    cost = forms.DecimalField(
        label=_("Cost for each person"),
        min_value=0,
        max_value=MOST,
        max_digits=12,
        decimal_places=4,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    low = _percent(_("At worst, %"))
    likely = _percent(_("Probably, %"))
    high = _percent(_("At best, %"))

    @classmethod
    def of(cls, given: Assumed) -> "OptionForm":
        """The form for what is assumed now."""
        shares = {name: _plain(Decimal(str(getattr(given, name))) * 100) for name in ("low", "likely", "high")}
        return cls(initial={"cost": _plain(given.cost)} | shares, prefix=given.kind)

    def clean(self) -> dict[str, Any]:
        """Refuse ends that are not around what is likely."""
        said = super().clean() or {}
        shares = [said.get(name) for name in ("low", "likely", "high")]
        if None not in shares and shares != sorted(shares):  # type: ignore[type-var]
            self.add_error("likely", _("It lies between what it is at worst and at best."))
        return said

    def said(self) -> dict[str, Any]:
        """What is assumed, as the action takes it."""
        cost = self.cleaned_data["cost"]
        return {"cost": cost} | {name: float(self.cleaned_data[name] / 100) for name in ("low", "likely", "high")}


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
