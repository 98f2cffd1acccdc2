"""The moments that matter for the aim of a journey: worked out when somebody looks, shown from what is kept."""

from dataclasses import dataclass
from uuid import UUID

from vincle.apps.journeys.asking import Question
from vincle.apps.journeys.queries import kinds_named, mirror_version, under_way
from vincle.apps.journeys.real import actions
from vincle.apps.journeys.real.aim import Aimed, aim_name
from vincle.apps.journeys.real.moments import aim_words, speaker_of
from vincle.apps.journeys.real.queries import newest_aim
from vincle.apps.journeys.saying import steps_in
from vincle.apps.journeys.web.answers import Answer, answer_of
from vincle.apps.journeys.web.forms import LONGEST_AFTER, LONGEST_FIRST, in_address
from vincle.apps.journeys.web.whose import address_of
from vincle.apps.today.facade import anything_in_the_log
from vincle.engine.effects import FEWEST
from vincle.engine.journeys.aiming import ASKED
from vincle.engine.journeys.journey import Aim, Journey
from vincle.flow.models import Job
from vincle.kernel import clock


@dataclass(frozen=True)
class AimCard:
    """What `journeys/real/moments.html` shows: the aim in `words` (`spared`: nobody should come to it,
    `by_absence`: one can come to it by staying away), the `answer` to it, or why there is none (`found`); a newer one
    that is on its way; and where to ask for more.
    """

    words: str
    spared: bool
    by_absence: bool
    found: Aimed | None
    answer: Answer | None
    going: Job | None
    url: str
    fewest: int = 2 * FEWEST


def aim_context(uid: UUID, journey: Journey, aim: Aim, *, ask: bool) -> AimCard:
    """What is known of the aim of a map. With `ask` it is worked out anew, unless what is kept is of the log and the
    design as they are. What was found of a former aim is not shown.
    """
    kept = newest_aim(uid)
    is_new = kept is not None and kept.is_of(mirror_version(), journey)
    if ask and not is_new and anything_in_the_log():
        actions.ask_aim(uid, now=clock.now())
    found = kept if kept and kept.aim == aim else None
    said = found.said if found else None
    kinds = kinds_named([*(steps_in(said) if said else []), *filter(None, [aim.kind])])
    speaker = speaker_of(journey, aim, said or {}, kinds)
    answer = answer_of(said, speaker, first=aim.first_days, within=aim.within_days) if said else None
    return AimCard(
        aim_words(journey, aim, kinds),
        speaker.spared,
        bool(aim.stage) and any(rule.absent_days for rule in journey.stage(aim.stage).enters),
        found,
        answer,
        under_way(aim_name(uid)),
        url_of(journey, aim),
    )


def url_of(journey: Journey, aim: Aim) -> str:
    """Where more can be asked about moments: the same question, or for a stage the same days."""
    first, within = _whole(aim.first_days, LONGEST_FIRST), _whole(aim.within_days, LONGEST_AFTER)
    asked = in_address(Question(journey.case, aim.kind, first, within, aim.again, exposures=ASKED))
    if aim.stage:
        asked = {"first_days": first, "within_days": within}
    return f"{address_of(journey.case, **asked)}#moments"


def _whole(days: float, most: int) -> int:
    return max(1, min(most, round(days)))
