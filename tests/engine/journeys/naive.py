"""The rules of a journey read case by case in plain Python, as docs/journeys.md tells them: what the sets must give."""

from collections.abc import Sequence

from vincle.engine.journeys.journey import Journey, JourneyStage, Rule, in_order

DAY = 86_400_000_000
Event = tuple[str, int]  # kind and moment, in the order of the case
Entry = tuple[int, int]  # moment, and the number of the interaction; 0 for an absence
Opportunity = tuple[object, ...]


def entries(journey: Journey, events: Sequence[Event], *, end: int) -> list[tuple[int, str]]:
    """The moment and the key of every entry of one case, in order."""
    found: dict[str, list[Entry]] = {}
    for stage in in_order(journey):
        found[stage.key] = _into(stage, events, found, end)
    places = [stage.key for stage in journey.stages]
    told = [(moment, places.index(key)) for key, many in found.items() for moment, _n in many]
    return [(moment, places[place]) for moment, place in sorted(told)]


def _into(stage: JourneyStage, events: Sequence[Event], found: dict[str, list[Entry]], end: int) -> list[Entry]:
    first: dict[Opportunity, Entry] = {}
    for rule in stage.enters:
        for opportunity, entry in _met(rule, events, found, end):
            first[opportunity] = min(entry, first.get(opportunity, entry))
    return sorted(set(first.values()))


def _met(
    rule: Rule, events: Sequence[Event], found: dict[str, list[Entry]], end: int
) -> list[tuple[Opportunity, Entry]]:
    such = [(moment, n) for n, (kind, moment) in enumerate(events, 1) if kind in rule.kinds]
    if rule.absent_days is not None:
        such = _absences(such, int(rule.absent_days * DAY), end)
        if not rule.after:
            return [(("absence", each), each) for each in such]
    starts = [(key, entry) for key in rule.after for entry in found[key]] if rule.after else [("", (-1, -1))]
    met = []
    for key, start in starts:
        since = [each for each in such if each > start]
        for last in range(rule.times, len(since) + 1):
            span = since[last - 1][0] - since[last - rule.times][0]
            if rule.within_days is None or span <= rule.within_days * DAY:
                met.append(((key, start), since[last - 1]))
                break
    return met


def _absences(such: Sequence[Entry], long: int, end: int) -> list[Entry]:
    nexts = [*(moment for moment, _n in such[1:]), end]
    return [
        (moment + long, 0)
        for (moment, _n), again in zip(such, nexts, strict=False)
        if moment + long <= end and again >= moment + long
    ]
