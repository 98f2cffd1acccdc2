"""Forms of the settings."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.value.terms import HouseTerms
from vincle.engine.value.terms import Terms
from vincle.flow.models import Kind

MOST_BYTES = 20_000_000
HORIZONS = [
    (183, _("half a year")),
    (365, _("a year")),
    (731, _("two years")),
    (1_096, _("three years")),
    (1_826, _("five years")),
]
_USUAL = Terms()


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, kind.label) for kind in Kind.objects.filter(carries_money=True).order_by("name")]


class TermsForm(forms.Form):
    """How relationships are valued. Shares are asked for in percent."""

    horizon_days = forms.TypedChoiceField(
        label=_("How far to look ahead"),
        coerce=int,
        choices=HORIZONS,
        help_text=_("Further ahead everybody is worth more, and less is sure."),
    )
    margin = forms.DecimalField(
        label=_("What is left of each payment, in percent"),
        min_value=Decimal("0.01"),
        max_value=100,
        decimal_places=2,
        help_text=_("After what the goods or the service cost you. With 100 the value is what people pay."),
    )
    discount = forms.DecimalField(
        label=_("How much less a payment counts a year later, in percent"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("Money to come is less sure than money that is here. Usual are 8 to 12."),
    )
    contractual = forms.BooleanField(
        label=_("People pay every month until they leave, as members and subscribers do"),
        required=False,
        help_text=_(
            "Then a month without a payment means that somebody has left; otherwise nobody says that they leave."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What counts as a payment"),
        choices=_kinds,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: whatever has an amount."),
    )
    acquisition_cost = forms.DecimalField(
        label=_("What winning one person costs"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Only for trying out what would change if it cost less."),
    )

    def terms(self) -> Terms:
        """What was chosen, once it is valid."""
        said = self.cleaned_data
        return Terms(
            horizon_days=said["horizon_days"],
            discount=float(said["discount"] / 100),
            margin=float(said["margin"] / 100),
            contractual=said["contractual"],
        )


class RatesForm(forms.Form):
    """A file of rates."""

    file = forms.FileField(
        label=_("A file of rates"),
        help_text=_("With the columns day, currency and rate; or the table of the European Central Bank as it is."),
    )

    def clean_file(self) -> Any:
        """Raises `ValidationError` for one that is larger than rates of all days and currencies would be."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for rates."))
        return file


def initial(asked: HouseTerms) -> dict[str, Any]:
    """The terms in force, as the form shows them."""
    return {
        "horizon_days": asked.terms.horizon_days,
        "margin": _percent(asked.terms.margin),
        "discount": _percent(asked.terms.discount),
        "contractual": asked.terms.contractual,
        "kinds": list(asked.kinds),
        "acquisition_cost": asked.acquisition_cost,
    }


def _percent(share: float) -> Decimal:
    percent = (Decimal(repr(share)) * 100).quantize(Decimal("0.01"))
    return percent if percent % 1 else percent.quantize(Decimal(1))
