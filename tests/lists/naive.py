"""Filters tried on people one by one in Python: slow, and too simple to be wrong."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from vincle.apps.lists.filters.language import (
    Chosen,
    Did,
    Filter,
    Found,
    Group,
    Known,
    OnList,
    Period,
    Reached,
    Seen,
    Spent,
    Total,
    Worth,
)
from vincle.apps.lists.models import Member
from vincle.apps.lists.worths import FIELDS, worths
from vincle.flow.models import Identity, Interaction, InteractionThing, Observation, Person
from vincle.kernel.house import house
from vincle.kernel.words import fold


@dataclass
class Somebody:
    """All there is to know of one person."""

    row: Person
    namespaces: set[str] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)
    story: list[Interaction] = field(default_factory=list)
    lists: set = field(default_factory=set)
    worths: list = field(default_factory=list)


def everybody() -> list[Somebody]:
    found = []
    for row in Person.objects.filter(last_at__isnull=False).order_by("pk"):
        identities = list(Identity.objects.filter(person_id=row.pk))
        numbers = [identity.pk for identity in identities]
        one = Somebody(row, namespaces={identity.namespace for identity in identities})
        for said in sorted(
            Observation.objects.filter(identity__in=numbers), key=lambda o: (o.pinned, o.observed_at, o.pk)
        ):
            one.attributes[said.name] = said.value
        one.story = list(Interaction.objects.filter(identity__in=numbers).select_related("kind", "touchpoint"))
        one.lists = set(
            Member.objects.filter(identity_id__in=numbers, removed=None).values_list("list__uid", flat=True)
        )
        one.worths = list(worths().filter(identity_id__in=numbers))
        found.append(one)
    return found


def meets(one: Somebody, wanted: Filter | Group, now: datetime) -> bool:
    each = [meets(one, part, now) if isinstance(part, Group) else _meets(one, part, now) for part in wanted.parts]
    return all(each) if wanted.match == "all" else any(each)


def _meets(one: Somebody, leaf, now: datetime) -> bool:  # noqa: PLR0911 - one line a kind of condition
    if isinstance(leaf, Known):
        return _known(one.attributes.get(leaf.name, ""), leaf)
    if isinstance(leaf, Reached):
        return (leaf.namespace in one.namespaces) == (leaf.op == "has")
    if isinstance(leaf, Seen):
        moment = one.row.first_at if leaf.which == "first" else one.row.last_at
        since, until = _days(leaf.period, now)
        day = _day(moment)
        return day < since if leaf.op == "before" else _within(day, since, until)
    if isinstance(leaf, Total):
        value = one.row.interactions if leaf.of == "interactions" else one.row.amount
        return value >= leaf.value if leaf.op == "at_least" else value <= leaf.value
    if isinstance(leaf, Did):
        times = sum(_is_meant(each, leaf, now) for each in one.story)
        return times >= leaf.times if leaf.op == "at_least" else times <= leaf.times
    if isinstance(leaf, Spent):
        since, until = _days(leaf.period, now)
        paid = [each for each in one.story if _within(_day(each.occurred_at), since, until)]
        total = sum((each.amount for each in paid if each.amount and each.currency == house().currency), Decimal())
        return total >= leaf.amount if leaf.op == "at_least" else total <= leaf.amount
    if isinstance(leaf, Worth):
        said = [getattr(each, FIELDS[leaf.of]) for each in one.worths]
        value = max((Decimal(str(each)) for each in said if each is not None), default=None)
        return value is not None and (value >= leaf.value if leaf.op == "at_least" else value <= leaf.value)
    if isinstance(leaf, OnList):
        return (leaf.list in one.lists) == (leaf.op == "on")
    if isinstance(leaf, Found):
        return all(any(w.startswith(t) for w in one.row.name_key.split()) for t in fold(leaf.words).split())
    assert isinstance(leaf, Chosen)
    return one.row.uid in leaf.people


def _known(shown: str, leaf: Known) -> bool:  # noqa: PLR0911 - one line a comparison
    equal = {
        text for each in leaf.values for text in (each, each.lower(), each.upper(), each.capitalize(), each.title())
    }
    if leaf.op in {"is", "one_of", "is_not"}:
        return (shown in equal) == (leaf.op != "is_not")
    if leaf.op in {"contains", "lacks"}:
        return (fold(leaf.values[0]) in fold(shown)) == (leaf.op == "contains")
    if leaf.op in {"empty", "filled"}:
        return (shown == "") == (leaf.op == "empty")
    if leaf.op in {"before", "after"}:
        if len(shown) < 10 or shown[4] != "-" or not shown[:4].isdigit():
            return False
        return shown[:10] < leaf.values[0] if leaf.op == "before" else shown[:10] > leaf.values[0]
    try:
        number = float(shown)
    except ValueError:
        return False
    return number < float(leaf.values[0]) if leaf.op == "less" else number > float(leaf.values[0])


def _is_meant(each: Interaction, leaf: Did, now: datetime) -> bool:
    since, until = _days(leaf.period, now)
    place = each.touchpoint
    return (
        (not leaf.kind or each.kind.name == leaf.kind)
        and _within(_day(each.occurred_at), since, until)
        and (not leaf.channel or (place is not None and place.channel == leaf.channel))
        and (not leaf.place or (place is not None and place.place == leaf.place))
        and (not leaf.thing_type or any(_is_about(link, leaf) for link in _links(each)))
    )


def _links(each: Interaction) -> list[InteractionThing]:
    return list(InteractionThing.objects.filter(interaction=each).select_related("thing"))


def _is_about(link: InteractionThing, leaf: Did) -> bool:
    return link.thing.type == leaf.thing_type and fold(leaf.thing) in fold(link.thing.label)


def _day(moment: datetime):
    return moment.astimezone(ZoneInfo(house().timezone)).date()


def _days(period: Period, now: datetime):
    if period.days:
        return _day(now) - timedelta(days=period.days), None
    return period.since, period.until


def _within(day, since, until) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)
