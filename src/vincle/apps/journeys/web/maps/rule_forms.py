"""What is asked about a stage and about each rule by which it is entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.journeys.web.maps.choices import kind_choices
from vincle.engine.journeys.journey import About, Journey, JourneyStage, Rule, Where

MOST_RULES, MOST_WHERES = 20, 10
LONGEST_DAYS = 3650
HAPPENS, ABSENT = "happens", "absent"


class StageForm(forms.Form):
    """How a stage belongs to the design. `revision` is the one of the map that stood in the dialog."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    expected = forms.ChoiceField(
        label=gettext_lazy("Should people come here?"),
        choices=[
            ("always", gettext_lazy("Everybody should")),
            ("maybe", gettext_lazy("Some may")),
            ("never", gettext_lazy("Nobody should")),
        ],
    )
    repeatable = forms.BooleanField(label=gettext_lazy("They may come several times in a row"), required=False)
    within_days = forms.FloatField(
        label=gettext_lazy("Within how many days after the stage before"),
        required=False,
        min_value=0.01,
        max_value=LONGEST_DAYS,
        widget=forms.NumberInput({"step": "any"}),
    )


class WhereForm(forms.Form):
    """One property and what it must be."""

    property = forms.CharField(label=gettext_lazy("Property"), max_length=100, required=False)
    equals = forms.CharField(label=gettext_lazy("is exactly"), max_length=400, required=False)
    at_least = forms.FloatField(
        label=gettext_lazy("at least"), required=False, widget=forms.NumberInput({"step": "any"})
    )
    at_most = forms.FloatField(label=gettext_lazy("at most"), required=False, widget=forms.NumberInput({"step": "any"}))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("property") and not said.get("equals") and said.get("at_least") is said.get("at_most") is None:
            self.add_error("property", _("Say what it must be."))
        return said

    def where(self) -> Where | None:
        """What it asks; None where it asks nothing."""
        said = self.cleaned_data
        if not said["property"]:
            return None
        return Where(said["property"], said["equals"] or None, said["at_least"], said["at_most"])


class RuleForm(forms.Form):
    """One way of coming into a stage."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Somebody comes here"),
        choices=[
            (HAPPENS, gettext_lazy("when something happens")),
            (ABSENT, gettext_lazy("when it has not happened for a time")),
        ],
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Any of these"),
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    times = forms.IntegerField(label=gettext_lazy("How many times"), required=False, min_value=1, max_value=10_000)
    within_days = forms.FloatField(
        label=gettext_lazy("within how many days"),
        required=False,
        min_value=0.01,
        max_value=LONGEST_DAYS,
        widget=forms.NumberInput({"step": "any"}),
    )
    absent_days = forms.FloatField(
        label=gettext_lazy("Not for how many days"),
        required=False,
        min_value=0.01,
        max_value=LONGEST_DAYS,
        widget=forms.NumberInput({"step": "any"}),
    )
    channel = forms.CharField(
        label=gettext_lazy("Only by the channel"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"list": "map-channels", "autocomplete": "off"}),
    )
    about_type = forms.CharField(label=gettext_lazy("Only about things of the type"), max_length=100, required=False)
    about_key = forms.CharField(label=gettext_lazy("and of those the one called"), max_length=400, required=False)
    after = forms.MultipleChoiceField(
        label=gettext_lazy("Counted from when they came into"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, journey: Journey, stage: JourneyStage, known: Rule | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _initial(known)})
        fields: dict[str, Any] = self.fields
        fields["kinds"].choices = kind_choices(self["kinds"].value() or ())
        fields["after"].choices = [(each.key, each.name) for each in journey.stages if each.key != stage.key]
        self.known = known
        self.wheres = self._wheres(known)

    def is_valid(self) -> bool:
        """Also what it asks of properties."""
        return super().is_valid() and all(each.is_valid() for each in self.wheres)

    def is_blank(self) -> bool:
        """Whether nobody chose anything in it."""
        return self.is_bound and not self["kinds"].value()

    def is_said(self) -> bool:
        """Whether there is a rule to be said in words."""
        return self.is_valid() if self.is_bound else self.known is not None

    def rule(self) -> Rule:
        """The rule, of a form that is valid or shows one."""
        if not self.is_bound and self.known is not None:
            return self.known
        said = self.cleaned_data
        is_absent = said["mode"] == ABSENT
        return Rule(
            kinds=tuple(said["kinds"]),
            channel=said["channel"],
            about=About(said["about_type"], said["about_key"] or None) if said["about_type"] else None,
            where=tuple(where for each in self.wheres if (where := each.where())),
            times=1 if is_absent else said["times"] or 1,
            within_days=None if is_absent or (said["times"] or 1) == 1 else said["within_days"],
            absent_days=said["absent_days"] if is_absent else None,
            after=tuple(said["after"]),
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("mode") == ABSENT and "absent_days" in said and said["absent_days"] is None:
            self.add_error("absent_days", _("Say for how many days."))
        if said.get("about_key") and not said.get("about_type"):
            self.add_error("about_type", _("Say of which type it is."))
        return said

    def _wheres(self, known: Rule | None) -> list[WhereForm]:
        prefix = f"{self.prefix}-where"
        if self.is_bound:
            sent = [at for at in range(MOST_WHERES) if f"{prefix}-{at}-property" in self.data]
            return [WhereForm(self.data, prefix=f"{prefix}-{at}") for at in sent]
        told = list(known.where) if known else []
        room = [*told, None] if len(told) < MOST_WHERES else told
        return [WhereForm(initial=_where(where), prefix=f"{prefix}-{at}") for at, where in enumerate(room)]


def plain(number: float | None) -> float | None:
    """A number as people write it: 60 and not 60.0."""
    return int(number) if number is not None and number == int(number) else number


def _initial(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"mode": HAPPENS, "times": 1}
    return {
        "mode": HAPPENS if rule.absent_days is None else ABSENT,
        "kinds": list(rule.kinds),
        "times": rule.times,
        "within_days": plain(rule.within_days),
        "absent_days": plain(rule.absent_days),
        "channel": rule.channel,
        "about_type": rule.about.type if rule.about else "",
        "about_key": (rule.about.key or "") if rule.about else "",
        "after": list(rule.after),
    }


def _where(where: Where | None) -> dict[str, Any]:
    if where is None:
        return {}
    return {
        "property": where.property,
        "equals": where.equals,
        "at_least": plain(where.at_least),
        "at_most": plain(where.at_most),
    }
