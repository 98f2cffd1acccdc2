"""Kinds, touchpoints and colleagues by name: few of them, so they are looked up by the ORM and remembered."""

from vincle.flow.catalogue import describe
from vincle.flow.models import Colleague, Kind, Touchpoint

DEFAULT_CHANNEL = "unknown"


def kind_numbers(wanted: dict[str, str]) -> dict[str, int]:
    """The number of every kind in `wanted` (name -> the source's words); unknown kinds join the catalogue."""
    known = dict(Kind.objects.filter(name__in=wanted).values_list("name", "id"))
    missing = [describe(name, wanted[name]) for name in sorted(wanted.keys() - known.keys())]
    if missing:
        Kind.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(Kind.objects.filter(name__in=wanted).values_list("name", "id"))
    return known


def touchpoint_numbers(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The number of every touchpoint (channel, place) in `wanted`; new ones are made."""
    channels = {channel for channel, _ in wanted}

    def read() -> dict[tuple[str, str], int]:
        rows = Touchpoint.objects.filter(channel__in=channels).values_list("channel", "place", "id")
        return {(channel, place): number for channel, place, number in rows}

    known = read()
    missing = sorted(wanted - known.keys())
    if missing:
        Touchpoint.objects.bulk_create(
            [Touchpoint(channel=channel, place=place) for channel, place in missing], ignore_conflicts=True
        )
        known = read()
    return known


def colleague_numbers(wanted: set[str]) -> dict[str, int]:
    """The number of every colleague in `wanted`; new ones are made."""
    known = dict(Colleague.objects.filter(name__in=wanted).values_list("name", "id"))
    missing = sorted(wanted - known.keys())
    if missing:
        Colleague.objects.bulk_create([Colleague(name=name) for name in missing], ignore_conflicts=True)
        known = dict(Colleague.objects.filter(name__in=wanted).values_list("name", "id"))
    return known
