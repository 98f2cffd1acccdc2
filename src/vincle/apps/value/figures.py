"""The figures that people stand behind, by their names, and what the list of those people is called.

A name is words with colons between them:

    present                                whoever paid in the last twelve months
    flagged                                who looks like a till or a test
    bridge:PART:OPENING:CLOSING:WINDOW     new, kept, recovered or lost between two days
    top:WHAT:PERCENT                       the first so many per cent by what they are worth, `present` or `worth`
    group:BY:NAME:OF                       by attribute, origin, staff or stage
    cohort:MONTH:AGE                       who began in a month, and came again so many months later (0: whoever began)
"""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.fields.facade import labels, sensitive_names
from vincle.apps.journeys.facade import journey_named
from vincle.apps.value.page.words import attribute_words, origin_words
from vincle.engine.journeys.figures import asked
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.locales import write_day, write_month

KNOWN = {
    "present": (),
    "flagged": (),
    "bridge": ("PART", "OPENING", "CLOSING", "WINDOW"),
    "top": ("WHAT", "PERCENT"),
    "group": ("BY", "NAME", "OF"),
    "cohort": ("MONTH", "AGE"),
}
LONGEST_WINDOW = 3_650


def figure_words(figure: str) -> str:
    """What a figure counts, in the reader's language. Raises `NotFound` for what is no figure, or one that tells what
    not everybody may know.
    """
    try:
        what, parts = asked(figure, KNOWN)
        return _WORDS[what](*parts)
    except (BadInput, KeyError, ValueError):
        raise NotFound(_("There is no such figure."), _("Open the page again.")) from None


def _present() -> str:
    return _("Paid in the last 12 months")


def _flagged() -> str:
    return _("Look like a till or a test")


def _bridge(part: str, opening: str, closing: str, window: str) -> str:
    days = date.fromisoformat(opening), date.fromisoformat(closing)
    if not 1 <= int(window) <= LONGEST_WINDOW or days[0] >= days[1]:
        raise ValueError(window)
    words = {
        "new": _("New from %(opening)s to %(closing)s"),
        "kept": _("There on %(opening)s and still on %(closing)s"),
        "recovered": _("Back from %(opening)s to %(closing)s"),
        "lost": _("Lost from %(opening)s to %(closing)s"),
    }
    return words[part] % {"opening": write_day(days[0]), "closing": write_day(days[1])}


def _top(what: str, percent_of: str) -> str:
    words = {
        "present": _("The %(part)s%% who paid most in the last 12 months"),
        "worth": _("The %(part)s%% who are expected to bring most"),
    }
    if not 1 <= int(percent_of) <= 100:
        raise ValueError(percent_of)
    return words[what] % {"part": int(percent_of)}


def _group(by: str, name: str, of: str) -> str:
    if by == "attribute":
        if name in sensitive_names():
            raise KeyError(name)
        return f"{attribute_words(name, labels())}: {of}"
    if by == "origin":
        return _("Began here: %(origin)s") % {"origin": origin_words(of)}
    if by == "staff":
        return _("Served most often by %(colleague)s") % {"colleague": of}
    if by != "stage":
        raise KeyError(by)
    return _("“%(stage)s”: are here now") % {"stage": journey_named(str(UUID(name))).stage(of).name}


def _cohort(month: str, age: str) -> str:
    later = int(age)
    if not 0 <= later <= 1200:
        raise ValueError(age)
    said = {"month": write_month(date.fromisoformat(month)), "later": later}
    if not later:
        return _("First paid in %(month)s") % said
    return (
        ngettext(
            "First paid in %(month)s, and again %(later)s month later",
            "First paid in %(month)s, and again %(later)s months later",
            later,
        )
        % said
    )


_WORDS: Mapping[str, Callable[..., str]] = {
    "present": _present,
    "flagged": _flagged,
    "bridge": _bridge,
    "top": _top,
    "group": _group,
    "cohort": _cohort,
}
