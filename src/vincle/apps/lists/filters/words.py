"""A filter as a sentence: “people with “Purchase” at least 3 times in the last 90 days and whose town is “Girona””."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.lists.filters.language import (
    Behind,
    Chosen,
    Did,
    Filter,
    Found,
    Group,
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
from vincle.apps.lists.filters.offers import gatherings, kinds, list_names
from vincle.apps.lists.worths import SUMS
from vincle.apps.people.facade import attribute_words, channel_words, namespace_words, place_words, source_labels
from vincle.kernel.house import house
from vincle.web.locales import write_day
from vincle.web.templatetags.vincle import money, number, percent


def sentence(wanted: Filter) -> str:
    """Whom the filter wants, as somebody would say it."""
    return _("People %(clauses)s") % {"clauses": _joined([_part(part) for part in wanted.parts], wanted.match)}


def _part(part: Leaf | Group) -> str:
    if isinstance(part, Group):
        words = _joined([clause(leaf) for leaf in part.parts], part.match)
        return f"({words})" if len(part.parts) > 1 else words
    return clause(part)


def clause(leaf: Leaf) -> str:
    """One condition, as it goes on after “people”."""
    return _CLAUSES[type(leaf)](leaf)


def period_words(period: Period) -> str:
    """A period as it stands at the end of a clause; empty for ever."""
    if period.days:
        return ngettext("in the last day", "in the last %(days)s days", period.days) % {"days": number(period.days)}
    if period.since and period.until:
        return _("from %(first)s to %(last)s") % {"first": write_day(period.since), "last": write_day(period.until)}
    if period.since:
        return _("since %(day)s") % {"day": write_day(period.since)}
    return _("until %(day)s") % {"day": write_day(period.until)} if period.until else ""


def _known(leaf: Known) -> str:
    said = {
        "is": _("whose %(attribute)s is %(values)s"),
        "is_not": _("whose %(attribute)s is not %(values)s"),
        "one_of": _("whose %(attribute)s is %(values)s"),
        "contains": _("whose %(attribute)s contains %(values)s"),
        "lacks": _("whose %(attribute)s does not contain %(values)s"),
        "empty": _("whose %(attribute)s is not known"),
        "filled": _("whose %(attribute)s is known"),
        "before": _("whose %(attribute)s is before %(values)s"),
        "after": _("whose %(attribute)s is after %(values)s"),
        "less": _("whose %(attribute)s is less than %(values)s"),
        "greater": _("whose %(attribute)s is greater than %(values)s"),
    }[leaf.op]
    values = _joined([f"“{value}”" for value in leaf.values], "any")
    return said % {"attribute": attribute_words(leaf.name), "values": values}


def _reached(leaf: Reached) -> str:
    said = _("with a known %(namespace)s") if leaf.op == "has" else _("without a known %(namespace)s")
    return said % {"namespace": namespace_words(leaf.namespace, source_labels())}


def _spent(leaf: Spent) -> str:
    said = _("with at least %(amount)s") if leaf.op == "at_least" else _("with at most %(amount)s")
    return _then(said % {"amount": money(leaf.amount, house().currency)}, period_words(leaf.period))


def _seen(leaf: Seen) -> str:
    first = leaf.which == "first"
    if leaf.op == "within":
        return _then(_("first seen") if first else _("last seen"), period_words(leaf.period))
    if leaf.period.days:
        said = _("first seen more than %(days)s days ago") if first else _("not seen for more than %(days)s days")
        return said % {"days": number(leaf.period.days)}
    day = write_day(leaf.period.since) if leaf.period.since else ""
    return (_("first seen before %(day)s") if first else _("last seen before %(day)s")) % {"day": day}


def _total(leaf: Total) -> str:
    if leaf.of == "money":
        said = _("with at least %(amount)s in all") if leaf.op == "at_least" else _("with at most %(amount)s in all")
        return said % {"amount": money(leaf.value, house().currency)}
    said = (
        _("with at least %(count)s interactions") if leaf.op == "at_least" else _("with at most %(count)s interactions")
    )
    return said % {"count": number(leaf.value)}


def _worth(leaf: Worth) -> str:
    least = leaf.op == "at_least"
    if leaf.of in SUMS:
        amount = money(leaf.value, house().currency)
        if leaf.of == "worth":
            said = _("expected to bring at least %(amount)s") if least else _("expected to bring at most %(amount)s")
        else:
            said = (
                _("who brought at least %(amount)s in the last 12 months")
                if least
                else _("who brought at most %(amount)s in the last 12 months")
            )
        return said % {"amount": amount}
    if leaf.of == "alive":
        said = (
            _("with a probability of at least %(share)s that they are still with us")
            if least
            else _("with a probability of at most %(share)s that they are still with us")
        )
        return said % {"share": percent(leaf.value, 0 if leaf.value * 100 % 1 == 0 else 1)}
    said = _("expected to come at least %(times)s times") if least else _("expected to come at most %(times)s times")
    return said % {"times": number(leaf.value, 0 if leaf.value % 1 == 0 else 1)}


def _did(leaf: Did) -> str:
    what = f"“{_kind_labels().get(leaf.kind, leaf.kind)}”" if leaf.kind else _("anything")
    parts = [what]
    if leaf.thing:
        parts.append(_("with “%(thing)s” (%(type)s)") % {"thing": leaf.thing, "type": leaf.thing_type})
    elif leaf.thing_type:
        parts.append(_("with any %(type)s") % {"type": leaf.thing_type})
    if leaf.place:
        parts.append(_("at %(place)s") % {"place": place_words(leaf.channel, leaf.place)})
    elif leaf.channel:
        parts.append(_("by %(channel)s") % {"channel": channel_words(leaf.channel)})
    subject = " ".join(parts)
    if leaf.op == "at_most" and leaf.times == 0:
        return _then(_("without %(what)s") % {"what": subject}, period_words(leaf.period))
    said = (
        ngettext("with %(what)s at least once", "with %(what)s at least %(times)s times", leaf.times)
        if leaf.op == "at_least"
        else ngettext("with %(what)s at most once", "with %(what)s at most %(times)s times", leaf.times)
    )
    return _then(said % {"what": subject, "times": number(leaf.times)}, period_words(leaf.period))


def _on_list(leaf: OnList) -> str:
    said = _("on the list “%(name)s”") if leaf.op == "on" else _("not on the list “%(name)s”")
    return said % {"name": list_names().get(leaf.list, "")}


def _found(leaf: Found) -> str:
    return _("found by “%(words)s”") % {"words": leaf.words}


def _chosen(leaf: Chosen) -> str:
    return _("picked by hand (%(count)s)") % {"count": number(len(leaf.people))}


def _behind(leaf: Behind) -> str:
    found = gatherings([leaf.gathering]).get(leaf.gathering)
    return _("behind “%(words)s”") % {"words": found.words if found else ""}


_CLAUSES: dict[type, Callable[[Any], str]] = {
    Known: _known,
    Reached: _reached,
    Seen: _seen,
    Total: _total,
    Did: _did,
    Spent: _spent,
    Worth: _worth,
    OnList: _on_list,
    Found: _found,
    Chosen: _chosen,
    Behind: _behind,
}


def _kind_labels() -> Mapping[str, str]:
    return {kind.name: kind.label for kind in kinds()}


def _joined(parts: Sequence[str], match: str) -> str:
    between = _(" and ") if match == "all" else _(" or ")
    return between.join(parts)


def _then(*parts: Any) -> str:
    return " ".join(str(part) for part in parts if part)


def plain(value: Decimal) -> str:
    """A number as a form field shows it."""
    return format(value.normalize(), "f")
