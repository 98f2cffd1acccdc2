"""How the rules of a stage are said in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.engine.journeys.journey import Journey, Rule, Where
from vincle.flow.models import Kind
from vincle.web.templatetags.vincle import number


def rule_words(rule: Rule, kinds: Mapping[str, Kind], journey: Journey) -> str:
    """A rule as a whole sentence: “Somebody comes here with “Purchase”, the 3rd time within 30 days.”"""
    said = {"what": _what(rule, kinds), "times": number(rule.times), "days": _days(rule.within_days)}
    if rule.absent_days is not None:
        said["days"] = _days(rule.absent_days)
        words = _("Somebody comes here when there has been no %(what)s for %(days)s") % said
    elif rule.times == 1:
        words = _("Somebody comes here with %(what)s") % said
    elif rule.within_days is None:
        words = _("Somebody comes here with %(what)s, once there are %(times)s") % said
    else:
        words = _("Somebody comes here with %(what)s, once there are %(times)s within %(days)s") % said
    if rule.after:
        names = {stage.key: stage.name for stage in journey.stages}
        stages = either([_quoted(names.get(key, key)) for key in rule.after])
        words = _("%(sentence)s, counted from when they came into %(stages)s") % {"sentence": words, "stages": stages}
    return words + "."


def either(names: Sequence[str]) -> str:
    """One of them: A, B or C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s or %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _what(rule: Rule, kinds: Mapping[str, Kind]) -> str:
    said = either([_quoted(kinds[name].label if name in kinds else name) for name in rule.kinds])
    if rule.channel:
        said = _("%(what)s by %(channel)s") % {"what": said, "channel": _quoted(rule.channel)}
    if rule.about:
        thing = f"{rule.about.type} {rule.about.key}" if rule.about.key else rule.about.type
        said = _("%(what)s about %(thing)s") % {"what": said, "thing": _quoted(thing)}
    if rule.where:
        conditions = _(" and ").join(_where(each) for each in rule.where)
        said = _("%(what)s where %(conditions)s") % {"what": said, "conditions": conditions}
    return said


def _where(where: Where) -> str:
    said = {"property": _quoted(where.property), "value": _quoted(where.equals or "")}
    if where.equals is not None:
        return _("%(property)s is %(value)s") % said
    said |= {"least": number(where.at_least, 2), "most": number(where.at_most, 2)}
    if where.at_most is None:
        return _("%(property)s is at least %(least)s") % said
    if where.at_least is None:
        return _("%(property)s is at most %(most)s") % said
    return _("%(property)s is from %(least)s to %(most)s") % said


def _days(days: float | None) -> str:
    if days is None:
        return ""
    decimals = 0 if days == int(days) else 1
    return ngettext("%(number)s day", "%(number)s days", 1 if days == 1 else 2) % {"number": number(days, decimals)}


def _quoted(name: object) -> str:
    return f"“{name}”"
