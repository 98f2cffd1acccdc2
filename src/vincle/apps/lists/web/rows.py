"""One condition as a line of a form: what it is about decides which fields it has."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.lists.filters import offers
from vincle.apps.lists.filters.language import (
    Behind,
    Chosen,
    Did,
    Found,
    Known,
    Leaf,
    OnList,
    Period,
    Reached,
    Seen,
    Spent,
    Total,
    Worth,
)
from vincle.apps.lists.filters.reading import check_alone
from vincle.apps.lists.filters.words import plain
from vincle.apps.lists.web.row_choices import whats, wheres
from vincle.apps.lists.worths import SHARES
from vincle.kernel.errors import BadInput

Choices = Sequence[tuple[str, Any]]

_KNOWN_OPS: Choices = (
    ("is", gettext_lazy("is")),
    ("is_not", gettext_lazy("is not")),
    ("one_of", gettext_lazy("is one of")),
    ("contains", gettext_lazy("contains")),
    ("lacks", gettext_lazy("does not contain")),
    ("filled", gettext_lazy("is known")),
    ("empty", gettext_lazy("is not known")),
    ("less", gettext_lazy("is less than")),
    ("greater", gettext_lazy("is greater than")),
    ("before", gettext_lazy("is before the day")),
    ("after", gettext_lazy("is after the day")),
)
_AMOUNTS: Choices = (("at_least", gettext_lazy("at least")), ("at_most", gettext_lazy("at most")))
_TIMES: Choices = (
    ("at_least", gettext_lazy("at least")),
    ("at_most", gettext_lazy("at most")),
    ("never", gettext_lazy("never")),
)
OPS: dict[str, Choices] = {
    "known": _KNOWN_OPS,
    "by": (("has", gettext_lazy("is known")), ("lacks", gettext_lazy("is not known"))),
    "seen": (("within", gettext_lazy("was")), ("before", gettext_lazy("was before, and not"))),
    "total": _AMOUNTS,
    "did": _TIMES,
    "spent": _AMOUNTS,
    "worth": _AMOUNTS,
    "list": (("on", gettext_lazy("is on it")), ("off", gettext_lazy("is not on it"))),
    "found": (),
    "these": (),
    "behind": (),
}
_PERIODS: Choices = (
    ("", gettext_lazy("ever")),
    ("days", gettext_lazy("in the last days")),
    ("between", gettext_lazy("between two days")),
)
FIELDS: dict[str, tuple[str, ...]] = {
    "known": ("op", "value"),
    "by": ("op",),
    "seen": ("op", "per"),
    "total": ("op", "value"),
    "did": ("kind", "op", "times", "per", "where", "type", "thing"),
    "spent": ("op", "value", "per"),
    "worth": ("op", "value"),
    "list": ("which", "op"),
    "found": ("value",),
    "these": ("value",),
    "behind": ("value",),
}
BETWEEN_VALUES = ";"
REBUILDING = ("what", "op", "per", "type")  # what is chosen here decides which other fields there are


class RowForm(forms.Form):
    """One condition. `what` says what it is about; the other fields follow from it (see `shown`)."""

    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    op = forms.ChoiceField(label=gettext_lazy("How"), required=False)
    value = forms.CharField(label=gettext_lazy("Value"), required=False, max_length=8_000)
    kind = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    times = forms.IntegerField(label=gettext_lazy("Times"), required=False, min_value=0, max_value=1_000_000)
    per = forms.ChoiceField(label=gettext_lazy("When"), required=False, choices=_PERIODS)
    days = forms.IntegerField(label=gettext_lazy("Days"), required=False, min_value=1, max_value=36_500)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    where = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    thing = forms.CharField(label=gettext_lazy("Called"), required=False, max_length=200)
    which = forms.ChoiceField(label=gettext_lazy("List"), required=False)

    def __init__(self, data: QueryDict | None, number: int, group: str = "", initial: dict[str, Any] | None = None):
        super().__init__(data, prefix=f"r{number}", auto_id="row-%s", initial=initial or {"what": "did", "times": 1})
        self.number, self.group = number, group
        what = (data.get(f"r{number}-what") if data else None) or (initial or {}).get("what") or "did"
        self.of, _colon, self.name = str(what).partition(":")
        if self.of not in FIELDS:
            self.of = "did"
        offered = whats()
        if self.of == "these":
            offered = [*offered, (_("Picked by hand"), [("these", _("picked by hand"))])]
        if self.of == "behind":
            offered = [*offered, (_("Behind a figure"), [("behind", _("behind a figure"))])]
        self._choose("what", offered)
        self._choose("op", OPS[self.of])
        self._choose("kind", [("", _("anything")), *((kind.name, kind.label) for kind in offers.kinds())])
        self._choose("where", [("", _("anywhere")), *wheres()])
        self._choose("type", [("", _("anything")), *((each, each) for each in offers.thing_types())])
        self._choose("which", [(str(uid), name) for uid, name in offers.list_names().items()])
        for name in REBUILDING:
            self.fields[name].widget.attrs |= {"class": "rebuilds"}
        self._dress()

    def _dress(self) -> None:
        """What the value looks like: a number, a day, or words with those that there are."""
        attrs = self.fields["value"].widget.attrs
        self.suggestions: list[str] = []
        if self.of in {"total", "spent", "worth"} or self.op_chosen in {"less", "greater"}:
            attrs["inputmode"] = "decimal"
        elif self.op_chosen in {"before", "after"} and self.of == "known":
            self.fields["value"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        elif self.op_chosen == "one_of":
            attrs["placeholder"] = _("one; another; a third")
        elif self.of == "known":
            self.suggestions = offers.values_of(self.name)
            attrs["list"] = f"values-{self.number}"

    @property
    def op_chosen(self) -> str:
        """How it is compared, the first way unless another is chosen."""
        ways = [way for way, _words in OPS[self.of]]
        asked = self["op"].value()
        return asked if asked in ways else next(iter(ways), "")

    def shown(self) -> list[forms.BoundField]:
        """The fields that this condition has, in order."""
        names = [name for name in FIELDS[self.of] if self._is_needed(name)]
        if "per" in names:
            at = names.index("per") + 1
            names[at:at] = {"days": ["days"], "between": ["since", "until"]}.get(self["per"].value() or "", [])
        return [self[name] for name in names]

    def leaf(self) -> Leaf:
        """The condition; raises `BadInput` when its fields say none."""
        shown = {each.name for each in self.shown()} - {"op"}
        for name, errors in self.errors.items():  # of fields it does not have, another condition's answers remain
            if name in shown:
                raise BadInput(f"{self.fields[name].label}: {' '.join(map(str, errors))}")
        try:
            found: Leaf = msgspec.convert(self._said(self.cleaned_data), Leaf, strict=False)
        except msgspec.ValidationError as error:
            raise BadInput(_("Something is missing in this condition.")) from error
        check_alone(found)
        return found

    def _said(self, cleaned: dict[str, Any]) -> list[Any]:
        given = dict.fromkeys(self.fields, "") | {"times": None} | cleaned
        op, value = self.op_chosen, given["value"].strip()
        period = _period(given)
        said: dict[str, Callable[[], list[Any]]] = {
            "known": lambda: ["known", self.name, op, _values(op, value)],
            "by": lambda: ["by", self.name, op],
            "seen": lambda: ["seen", self.name, op, period],
            "total": lambda: ["total", self.name, op, _number(value)],
            "spent": lambda: ["spent", op, _number(value), period],
            "worth": lambda: ["worth", self.name, op, _number(value) / (100 if self.name in SHARES else 1)],
            "list": lambda: ["list", given["which"], op],
            "these": lambda: ["these", [each.strip() for each in value.split(BETWEEN_VALUES)]],
            "found": lambda: ["found", value],
            "behind": lambda: ["behind", value],
            "did": lambda: _did(given, op, period),
        }
        return said[self.of]()

    def _is_needed(self, name: str) -> bool:
        if name == "value":
            return self.op_chosen not in {"empty", "filled"}
        if name == "times":
            return self.op_chosen != "never"
        if name == "thing":
            return bool(self["type"].value())
        return name != "type" or len(dict(self.fields["type"].choices)) > 1  # type: ignore[attr-defined]

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def row_of(leaf: Leaf, number: int, group: str = "") -> RowForm:
    """The line of the form that says `leaf`."""
    return RowForm(None, number, group, initial=_initial(leaf))


def _initial(leaf: Leaf) -> dict[str, Any]:
    return _FIELDS_OF[type(leaf)](leaf)


def _did_fields(leaf: Did) -> dict[str, Any]:
    never = leaf.op == "at_most" and leaf.times == 0
    return {
        "what": "did",
        "kind": leaf.kind,
        "op": "never" if never else leaf.op,
        "times": None if never else leaf.times,
        "where": f"{leaf.channel}|{leaf.place}" if leaf.place else leaf.channel,
        "type": leaf.thing_type,
        "thing": leaf.thing,
        **_period_fields(leaf.period),
    }


_FIELDS_OF: dict[type, Callable[[Any], dict[str, Any]]] = {
    Known: lambda leaf: {"what": f"known:{leaf.name}", "op": leaf.op, "value": f"{BETWEEN_VALUES} ".join(leaf.values)},
    Reached: lambda leaf: {"what": f"by:{leaf.namespace}", "op": leaf.op},
    Seen: lambda leaf: {"what": f"seen:{leaf.which}", "op": leaf.op, **_period_fields(leaf.period)},
    Total: lambda leaf: {"what": f"total:{leaf.of}", "op": leaf.op, "value": plain(leaf.value)},
    Spent: lambda leaf: {
        "what": "spent",
        "op": leaf.op,
        "value": plain(leaf.amount),
        **_period_fields(leaf.period),
    },
    Worth: lambda leaf: {
        "what": f"worth:{leaf.of}",
        "op": leaf.op,
        "value": plain(leaf.value * (100 if leaf.of in SHARES else 1)),
    },
    OnList: lambda leaf: {"what": "list", "op": leaf.op, "which": str(leaf.list)},
    Found: lambda leaf: {"what": "found", "value": leaf.words},
    Chosen: lambda leaf: {"what": "these", "value": f"{BETWEEN_VALUES} ".join(map(str, leaf.people))},
    Behind: lambda leaf: {"what": "behind", "value": str(leaf.gathering)},
    Did: _did_fields,
}


def _did(given: dict[str, Any], op: str, period: list[Any]) -> list[Any]:
    channel, _bar, place = given["where"].partition("|")
    times = 0 if op == "never" else given["times"] if given["times"] is not None else 1
    how = "at_most" if op == "never" else op
    return ["did", given["kind"], how, times, period, channel, place, given["type"], given["thing"].strip()]


def _period(given: dict[str, Any]) -> list[Any]:
    if given["per"] == "days":
        if not given["days"]:
            raise BadInput(_("Say how many days."))
        return [given["days"], None, None]
    return [None, given["since"], given["until"]] if given["per"] == "between" else [None, None, None]


def _period_fields(period: Period) -> dict[str, Any]:
    per = "days" if period.days else "between" if period.since or period.until else ""
    return {"per": per, "days": period.days, "since": period.since, "until": period.until}


def _values(op: str, value: str) -> list[str]:
    if op in {"empty", "filled"}:
        return []
    return [each.strip() for each in value.split(BETWEEN_VALUES) if each.strip()] if op == "one_of" else [value]


def _number(text: str) -> Decimal:
    plain_text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        return Decimal(plain_text)
    except ArithmeticError:
        raise BadInput(_("“%(value)s” is not a number.") % {"value": text[:80]}) from None
