"""A lot decides who gets it: those who were not drawn are whom they are compared with.

People are put in the order of a hash of the seed and their number, and the first of them are drawn. So the seed, which
is kept, and the people it was drawn from give the same lot again. Both groups are kept on lists; who was drawn stays
written down with the draw, and that counts, whoever changes the lists later: what people do must not decide in which
group they are.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from secrets import token_hex
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.lists.facade import keep_together, people_in
from vincle.apps.value.investments.actions import DRAWN, Groups, Said, write_down
from vincle.apps.value.investments.models import Investment
from vincle.engine.value.investing import FEWEST
from vincle.kernel.errors import BadInput
from vincle.kernel.house import house

_ROOM_FOR_NAME = 60  # letters of a list's name that are the investment's
MOST = 100_000  # people


def draw(said: Said, group: str, share: float, *, actor: Actor, now: datetime, seed: str = "") -> Investment:
    """Draw `share` (between 0 and 1) of a group to get it, keep both on lists, and the investment with them.

    Raises `BadInput` for a day that has passed (what people did since would come before the lot), for fewer than thirty
    people on either side, and for what makes no sense.
    """
    said = said.checked()
    if said.start < now.astimezone(ZoneInfo(house().timezone)).date():
        raise BadInput(_("It begins today or later: a lot cannot decide what has happened already."))
    if not 0 < share < 1:
        raise BadInput(_("Say which share of them gets it, between 0 and 100 %."))
    people = people_in(group, now=now)
    if len(people) > MOST:
        raise BadInput(_("At most %(count)d people are drawn from at once.") % {"count": MOST})
    seed = seed or token_hex(16)
    drawn, others = lot(people, share, seed)
    if min(len(drawn), len(others)) < FEWEST:
        raise BadInput(_few(len(drawn), len(others)), _("Draw from a larger group, or choose another share."))
    name = said.name[:_ROOM_FOR_NAME]
    with transaction.atomic():
        treated = keep_together(drawn, name=_("%(name)s: drawn") % {"name": name}, actor=actor, now=now)
        compared = keep_together(others, name=_("%(name)s: not drawn") % {"name": name}, actor=actor, now=now)
        made = write_down(
            said, Groups(treated, compared, randomised=True), actor=actor, now=now, drawn_from=group, seed=seed,
            share=share,
        )  # fmt: skip
        details = {"seed": seed, "share": share, "drawn": len(drawn), "not_drawn": len(others)}
        record(
            actor=actor, now=now, action=DRAWN, object_type="investment", object_uid=str(made.uid), summary=made.name,
            details=details,
        )  # fmt: skip
    return made


def lot(people: Sequence[int], share: float, seed: str) -> tuple[list[int], list[int]]:
    """Who is drawn and who is not; the same for the same people, in whatever order, and the same seed."""
    shuffled = sorted(set(people), key=lambda number: (blake2b(f"{seed}:{number}".encode()).digest(), number))
    drawn = round(len(shuffled) * share)
    return shuffled[:drawn], shuffled[drawn:]


def _few(drawn: int, others: int) -> str:
    told = {"drawn": drawn, "others": others, "needed": FEWEST}
    return _("%(drawn)d of them would get it and %(others)d would not; it takes %(needed)d on either side.") % told
