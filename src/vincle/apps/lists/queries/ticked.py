"""Whom somebody ticked, as a filter: never more than is said, and never everybody."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.lists.filters.language import CHOSEN, Chosen, Filter, all_of
from vincle.apps.people.facade import people_of, restricted_among, shown
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput


def ticked(addresses: Sequence[str]) -> Filter:
    """The people of these addresses and nobody else.

    Raises `BadInput` for none, for very many, and where one of them is not there, may not be seen by whoever looks, or
    may not be changed with others: then nobody is chosen.
    """
    uids = {_uid(address) for address in addresses}
    if not uids:
        raise BadInput(_("Tick somebody first."), _("Without a tick nobody is meant, and never everybody."))
    if len(uids) > CHOSEN:
        raise BadInput(_("At most %(count)d people can be ticked at once.") % {"count": CHOSEN})
    numbers = people_of(uids)
    seen = shown(numbers)
    missing = len(uids) - Person.objects.filter(uid__in=uids).count() + len(numbers) - len(seen)
    if missing:
        raise BadInput(
            ngettext(
                "%(count)d of those you ticked is not here.", "%(count)d of those you ticked are not here.", missing
            )
            % {"count": missing},
            _("They may have been erased meanwhile. Look at the list again."),
        )
    if resting := len(restricted_among(seen)):
        raise BadInput(
            ngettext(
                "What we know of %(count)d of those you ticked may be kept, and not used.",
                "What we know of %(count)d of those you ticked may be kept, and not used.",
                resting,
            )
            % {"count": resting},
            _("Take that tick away: their processing is restricted."),
        )
    return all_of(Chosen(tuple(sorted(uids))))


def _uid(address: str) -> UUID:
    try:
        return UUID(address)
    except ValueError:
        raise BadInput(_("Tick somebody first.")) from None
