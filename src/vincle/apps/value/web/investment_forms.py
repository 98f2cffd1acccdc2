"""What is said of an investment: what, what it cost, from when, and whom."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.lists.facade import groups_for
from vincle.apps.value.investments.actions import DEAREST, LONGEST_ABOUT, LONGEST_NAME, Groups, Said
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.investments.page import group_words
from vincle.kernel.house import house


class DayField(forms.DateField):
    """A day, as the browser's own calendar writes it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]


class CostField(forms.DecimalField):
    """A sum in the organisation's currency; nothing said is nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=DEAREST, decimal_places=4, required=False, **kwargs)

    def clean(self, value: Any) -> Decimal:
        return super().clean(value) or Decimal(0)


class SaidForm(forms.Form):
    """What belongs to every investment."""

    name = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("A welcome call, free delivery, a gift for those who stay."),
    )
    about = forms.CharField(
        label=gettext_lazy("In more words"),
        max_length=LONGEST_ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start = DayField(label=gettext_lazy("First day"))
    until = DayField(
        label=gettext_lazy("Last day that counts"),
        required=False,
        help_text=gettext_lazy("Without one it is the last day that is known."),
    )
    cost_fixed = CostField(label=gettext_lazy("Cost in all"))
    cost_each = CostField(label=gettext_lazy("and for each person who has it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cost_fixed", "cost_each"):
            field = self.fields[name]
            field.label = f"{field.label} ({house().currency})"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("start") and given.get("until") and given["until"] < given["start"]:
            self.add_error("until", _("It ends on the day it begins, or later."))
        return given

    def said(self) -> Said:
        """What is said, once it is valid."""
        given = self.cleaned_data
        return Said(
            given["name"], given["about"], given["cost_fixed"], given["cost_each"], given["start"], given["until"]
        )


class InvestmentForm(SaidForm):
    """One of which somebody says who had it and whom they are compared with."""

    treated = forms.ChoiceField(label=gettext_lazy("Who had it"))
    compared = forms.ChoiceField(label=gettext_lazy("Compared with"), required=False)
    randomised = forms.BooleanField(label=gettext_lazy("A lot decided who of both groups had it"), required=False)
    field_order = ("name", "about", "treated", "compared", "randomised", "start", "until", "cost_fixed", "cost_each")

    def __init__(self, *args: Any, viewer: int | None, this: Investment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = groups_for(viewer)
        fields: dict[str, Any] = self.fields
        treated, compared = group_words(this, viewer) if this else ("", "")
        others = ("", _("everybody else who was known before it began"))
        fields["treated"].choices = [("", _("Choose")), *_with(lists, this.treated if this else "", treated)]
        fields["compared"].choices = [others, *_with(lists, this.compared if this else "", compared)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("treated") and given.get("treated") == given.get("compared"):
            self.add_error("compared", _("Compare them with others than themselves."))
        if given.get("randomised") and not given.get("compared"):
            self.add_error("compared", _("Say on which list those are who were not drawn."))
        return given

    def groups(self) -> Groups:
        """Who, once it is valid."""
        given = self.cleaned_data
        return Groups(given["treated"], given["compared"], given["randomised"])


class DrawForm(SaidForm):
    """One for which a lot is drawn now."""

    group = forms.ChoiceField(label=gettext_lazy("From whom to draw"))
    share = forms.IntegerField(
        label=gettext_lazy("How many of 100 get it"),
        min_value=1,
        max_value=99,
        initial=50,
        help_text=gettext_lazy("With 50 it takes the fewest people to tell."),
    )
    field_order = ("name", "about", "group", "share", "start", "until", "cost_fixed", "cost_each")

    def __init__(self, *args: Any, viewer: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["group"].choices = [("", _("Choose")), *groups_for(viewer)]


def initial_of(this: Investment) -> dict[str, Any]:
    """What a form shows of one that there is."""
    names = ("name", "about", "start", "until", "treated", "compared", "randomised")
    costs = {name: _plain(getattr(this, name)) for name in ("cost_fixed", "cost_each")}
    return {name: getattr(this, name) for name in names} | costs


def _plain(cost: Decimal) -> Decimal:
    return cost.quantize(Decimal("0.01")) if cost == cost.quantize(Decimal("0.01")) else cost


def _with(lists: Sequence[tuple[str, str]], code: str, words: str) -> list[tuple[str, str]]:
    """The groups to choose from, and the one that was chosen even where it is not among them."""
    return [*lists, *([(code, words)] if code and code not in dict(lists) else [])]
