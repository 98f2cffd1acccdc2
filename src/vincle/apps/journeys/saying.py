"""What was found of moments that matter, in sentences that claim no more than the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.words import CLEAR, CONFOUNDER_WORDS, counted, points
from vincle.engine.journeys.asked import AMOUNT, CHURN, MONEY, SATISFACTION, SCORE, STAGE
from vincle.flow.models import Kind
from vincle.web.locales import locale, write_lasting
from vincle.web.templatetags.vincle import money, number, percent

_STEPS_OF_A_POINT = 2  # scores lie in -1..1 in the log, and are said from -2 to +2, as on maps


@dataclass(frozen=True)
class Speaker:
    """Whose journeys, what came of them (`said`, as the engine gives it), and what things are called. `stage` is the
    name of the stage that is the outcome, if one is; `spared`: it is one that nobody should come into.
    """

    case: str
    said: Mapping[str, Any]
    kinds: Mapping[str, Kind]
    fields: Mapping[str, str]
    stage: str = ""
    spared: bool = False

    @property
    def kind(self) -> str:
        return str(self.said.get("outcome_kind", "step"))

    @property
    def outcome(self) -> str:
        if self.kind == STAGE:
            return self.stage
        name = self.said["outcome"]
        return str(self.kinds[name].label) if name else ""

    def is_well(self, moment: Mapping[str, Any]) -> bool:
        """Whether it is for the better: less of what nobody should come to, more of anything else."""
        less_is_better = self.spared or self.kind == CHURN
        return bool((moment["estimate"] > 0) != less_is_better)

    def followed(self, first: float, within: float) -> str:
        """How many were followed for how long, and what came of them."""
        words = _("%(cases)s were followed for %(first)s days and %(within)s after; %(came)s.")
        cases = counted(self.said["cases"], self.case)
        return words % {"cases": cases, "first": days(first), "within": days(within), "came": self._came()}

    def sentence(self, moment: Mapping[str, Any]) -> str:
        """What was found of one exposure."""
        who = self._who(moment)
        if moment["q"] is None or moment["q"] >= CLEAR:
            return _("%(who)s: no clear difference from the others in %(what)s") % {"who": who, "what": self._what()}
        return f"{who} {self._did(more=moment['estimate'] > 0)}"

    def figures(self, moment: Mapping[str, Any]) -> str:
        """The figures behind the sentence: +3.1 points (1.2 to 5.0), 1,204 with and 3,100 without."""
        words = {SCORE: _scores, MONEY: _money}.get(self.said.get("unit", "share"), _points)
        sides = _("%(having)s with and %(without)s without")
        sides %= {"having": number(moment["having"]), "without": number(moment["without"])}
        ends = {name: self._written(moment[name], plus=name == "estimate") for name in ("estimate", "low", "high")}
        return f"{words() % ends}, {sides}"

    def difference(self, moment: Mapping[str, Any]) -> tuple[str, str]:
        """The figure alone, in shares of the outcome (9.0 points of “Decline”), and between what it likely lies."""
        ends = {name: self._written(moment[name], plus=name == "estimate") for name in ("estimate", "low", "high")}
        figure = _("%(estimate)s points of “%(outcome)s”") % (ends | {"outcome": self.outcome})
        return figure, _("%(low)s to %(high)s") % ends

    def named(self, moment: Mapping[str, Any]) -> str:
        """An exposure in a few words, and how many there are of how many that are needed."""
        step = str(self.kinds[moment["step"]].label) if moment["step"] else ""
        name = f"{self.kinds[moment['former']].label} → {step}" if moment["former"] else step
        waited = write_lasting(moment["seconds"]) if moment.get("seconds") else ""
        after = _("after more than %(time)s") % {"time": waited} if waited else ""
        name = " · ".join(part for part in (name, moment.get("of"), after) if part)
        have, needed = min(moment["having"], moment["without"]), moment.get("needed", 30)
        if have >= needed:
            return name
        return _("%(name)s (%(have)s of %(needed)s)") % {"name": name, "have": number(have), "needed": number(needed)}

    def heeded(self, name: str) -> str:
        """A confounder by its words."""
        return str(CONFOUNDER_WORDS.get(name) or self.fields.get(name) or name.removeprefix("field:"))

    def _came(self) -> str:
        if self.kind in {AMOUNT, SATISFACTION}:
            at, low, high = (self._written(each) for each in self.said["average"])
            words = _("on average they brought %(at)s (%(low)s to %(high)s)")
            if self.kind == SATISFACTION:
                words = _("their mean score was %(at)s from −2 to +2 (%(low)s to %(high)s)")
            return words % {"at": at, "low": low, "high": high}
        told = {"number": number(self.said["outcomes"]), "outcome": self.outcome}
        told["share"] = percent(self.said["outcomes"] / max(1, self.said["cases"]), 1)
        if self.kind == STAGE:
            return _("%(number)s of them (%(share)s) came into “%(outcome)s” in the time after") % told
        if self.kind != CHURN:
            return _("%(number)s of them came to “%(outcome)s” in the time after") % told
        if self.outcome:
            return _("%(number)s of them (%(share)s) had no “%(outcome)s” any more in the time after") % told
        return _("%(number)s of them (%(share)s) were not seen again in the time after") % told

    def _who(self, moment: Mapping[str, Any]) -> str:
        people, told = self.case == PEOPLE, {"of": moment.get("of"), "step": self._step(moment)}
        what = moment.get("what", "pair" if moment["former"] else "step")
        if what == "wait":
            told |= {"time": write_lasting(moment["seconds"]), "former": self.kinds[moment["former"]].label}
            told["next"] = self.kinds[moment["step"]].label
            if people:
                return _("People who waited more than %(time)s from “%(former)s” to “%(next)s”") % told
            return _("Journeys that took more than %(time)s from “%(former)s” to “%(next)s”") % told
        if what in {"channel", "place"}:
            words = (
                _("People with %(step)s at or by “%(of)s”") if people else _("Journeys with %(step)s at or by “%(of)s”")
            )
        elif what == "staff":
            words = _("People with whom %(of)s dealt") if people else _("Journeys in which %(of)s took part")
        elif what == "arm":
            words = _("Those in the group “%(of)s”")
        else:
            words = _("People with %(step)s") if people else _("Journeys with %(step)s")
        return words % told

    def _step(self, moment: Mapping[str, Any]) -> str:
        if not moment["step"]:
            return ""
        said = {"step": self.kinds[moment["step"]].label}
        if moment["former"]:
            return _("“%(step)s” directly after “%(former)s”") % {**said, "former": self.kinds[moment["former"]].label}
        return _("“%(step)s”") % said

    def _did(self, *, more: bool) -> str:
        if self.kind == AMOUNT:
            return _("brought more money") if more else _("brought less money")
        if self.kind == SATISFACTION:
            return _("gave better scores") if more else _("gave worse scores")
        if self.kind == CHURN and not self.outcome:
            return _("were not seen again more often") if more else _("were not seen again less often")
        if self.kind == CHURN:
            words = _("did without “%(outcome)s” more often") if more else _("did without “%(outcome)s” less often")
        elif self.kind == STAGE:
            words = _("came into “%(outcome)s” more often") if more else _("came into “%(outcome)s” less often")
        else:
            words = _("came to “%(outcome)s” more often") if more else _("came to “%(outcome)s” less often")
        return words % {"outcome": self.outcome}

    def _what(self) -> str:
        if self.kind == AMOUNT:
            return _("the money they brought")
        if self.kind == SATISFACTION:
            return _("the scores they gave")
        if self.kind == CHURN:
            return _("doing without “%(outcome)s”") % {"outcome": self.outcome} if self.outcome else _("not being seen")
        if self.kind == STAGE:
            return _("coming into “%(outcome)s”") % {"outcome": self.outcome}
        return _("coming to “%(outcome)s”") % {"outcome": self.outcome}

    def _written(self, value: float, *, plus: bool = False) -> str:
        unit, currency = self.said.get("unit", "share"), self.said.get("currency")
        if unit == "share":
            return points(value, plus=plus)
        if unit == SCORE:
            return _signed(round(_STEPS_OF_A_POINT * value, 2), plus=plus)
        if not currency:
            return _signed(round(value, 2), plus=plus)
        sign = "−" if value < 0 else "+" if plus and value > 0 else ""
        return sign + str(money(abs(value), currency))


def steps_in(said: Mapping[str, Any]) -> Iterable[str]:
    """The kinds whose names are to be known, to say what was found."""
    return [name for row in said["moments"] for name in (row["step"], row["former"]) if name]


def days(number_of: float) -> str:
    """A number of days, with decimals where it has any."""
    return str(format_decimal(number_of, locale=locale()))


def _signed(value: float, *, plus: bool) -> str:
    sign = "−" if value < 0 else "+" if plus and value > 0 else ""
    return sign + str(format_decimal(abs(value), format="#,##0.00", locale=locale()))


def _points() -> str:
    return _("%(estimate)s points (%(low)s to %(high)s)")


def _scores() -> str:
    return _("%(estimate)s on the scale from −2 to +2 (%(low)s to %(high)s)")


def _money() -> str:
    return _("%(estimate)s (%(low)s to %(high)s)")
