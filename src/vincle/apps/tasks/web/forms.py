"""The forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vincle.apps.tasks.actions import LONGEST_DETAILS, LONGEST_TITLE, Wanted
from vincle.apps.tasks.queries import assignees, names
from vincle.kernel.errors import BadInput


class DayField(forms.DateField):
    """A day, as the browser's own calendar writes it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    input_formats = ["%Y-%m-%d"]


class HourField(forms.TimeField):
    """An hour, as the browser's own clock writes it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    input_formats = ["%H:%M", "%H:%M:%S"]


class DueForm(forms.Form):
    """When a task is due."""

    due_on = DayField(label=_("Due"), required=False)
    due_time = HourField(label=_("Hour"), required=False)


class TaskForm(DueForm):
    """A task; `quick` leaves out what does not fit in one line."""

    title = forms.CharField(label=_("What is to be done"), max_length=LONGEST_TITLE)
    details = forms.CharField(
        label=_("Details"), max_length=LONGEST_DETAILS, required=False, widget=forms.Textarea({"rows": 4})
    )
    assignee = forms.TypedChoiceField(label=_("Who does it"), required=False, coerce=int, empty_value=None)
    field_order = ("title", "due_on", "due_time", "assignee", "details")

    def __init__(self, *args: Any, quick: bool = False, holder: int | None = None, **kwargs: Any) -> None:
        """`holder`: who has the task now, who may have left."""
        super().__init__(*args, **kwargs)
        offered = [(each.id, each.name) for each in assignees()]
        if holder is not None and holder not in dict(offered):
            offered.append((holder, names().get(holder, "?")))
        self.fields["assignee"].choices = [("", _("nobody yet")), *offered]  # type: ignore[attr-defined]
        if quick:
            del self.fields["details"], self.fields["due_time"]

    def wanted(self) -> Wanted:
        """What was asked for; raises `BadInput` with the first thing that is wrong."""
        require(self)
        return Wanted(**self.cleaned_data)


def require(form: forms.Form) -> dict[str, Any]:
    """What a form says; raises `BadInput` with the first thing that is wrong, beside the field's name."""
    if form.is_valid():
        return form.cleaned_data
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    raise BadInput(f"{label}: {errors[0]}" if label else str(errors[0]))
