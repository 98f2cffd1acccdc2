"""What the room keeps of somebody goes when they are erased."""

from collections.abc import Collection

from vincle.apps.lists.models import Member, Target

TABLES = ("lists_member", "lists_target")


def forget(numbers: Collection[int]) -> dict[str, int]:
    """Take identities, by their numbers, off every list and out of every change; rows removed by what they were."""
    standing, _each = Member.objects.filter(identity_id__in=numbers).delete()
    named, _each = Target.objects.filter(identity_id__in=numbers).delete()
    return {"places_on_lists": standing, "changes_of_many": named}


def lists_of(numbers: Collection[int]) -> list[str]:
    """The fixed lists that identities stand on, by name."""
    standing = Member.objects.filter(identity_id__in=numbers, removed=None, list__removed_at=None)
    return list(standing.order_by("list__name").values_list("list__name", flat=True).distinct()[:1_000])
