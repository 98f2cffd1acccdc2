"""How the room says what was compared, how alike it is, and how sure that makes one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vincle.web.permissions import Words
from vincle.web.templatetags.vincle import percent

# The least probability, its words, its tone.
_SURE: tuple[tuple[float, Words, str], ...] = (
    (0.99, gettext_lazy("almost certainly"), "well"),
    (0.9, gettext_lazy("very likely"), "well"),
    (0.7, gettext_lazy("likely"), "gold"),
    (0.5, gettext_lazy("rather yes than no"), "gold"),
    (0.0, gettext_lazy("perhaps"), "plain"),
)

COMPARED: dict[str, Words] = {
    "before comparing": gettext_lazy("before comparing anything"),
    "given name": gettext_lazy("given name"),
    "family name": gettext_lazy("family name"),
    "birth date": gettext_lazy("birth date"),
    "e-mail": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "document": gettext_lazy("document"),
    "town": gettext_lazy("town"),
    "postcode": gettext_lazy("postcode"),
    "region": gettext_lazy("region"),
    "street": gettext_lazy("street"),
    "house number": gettext_lazy("house number"),
    "second line of the address": gettext_lazy("second line of the address"),
    "gender": gettext_lazy("gender"),
    "household": pgettext_lazy("living together", "household"),
}

_LEVELS: dict[str, Words] = {
    "the same": gettext_lazy("the same"),
    "differs": gettext_lazy("differs"),
    "nothing to compare": gettext_lazy("nothing to compare"),
    "nearly the same": gettext_lazy("nearly the same"),
    "somewhat alike": gettext_lazy("somewhat alike"),
    "a part or the initial of it": gettext_lazy("a part or the initial of it"),
    "given and family name swapped": gettext_lazy("given and family name swapped"),
    "one slip away, or day and month swapped": gettext_lazy("one slip away, or day and month swapped"),
    "the same year": gettext_lazy("the same year"),
    "one slip away": gettext_lazy("one slip away"),
    "two slips away": gettext_lazy("two slips away"),
    "the same before the @": gettext_lazy("the same before the @"),
    "the same but for its prefix": gettext_lazy("the same but for its prefix"),
    "the same area": gettext_lazy("the same area"),
    "the lines of the address swapped": gettext_lazy("the lines of the address swapped"),
    "how rare it is that two rows are one person": gettext_lazy("how rare it is that two are one person"),
    "people who live together look alike too": gettext_lazy("people who live together look alike too"),
}

STEPS: dict[str, Words] = {
    "mirror": gettext_lazy("Gathering everybody"),
    "read": gettext_lazy("Reading what is known of them"),
    "prepare": gettext_lazy("Making names and addresses comparable"),
    "pair": gettext_lazy("Choosing who is worth comparing"),
    "compare": gettext_lazy("Comparing pair by pair"),
    "learn": gettext_lazy("Learning what each likeness is worth"),
    "weigh": gettext_lazy("Weighing each pair"),
    "keep": gettext_lazy("Writing the queue"),
}


def sure_words(probability: float) -> tuple[str, str]:
    """How sure a probability is in words, and its tone."""
    return next((str(words), tone) for least, words, tone in _SURE if probability >= least)


def sure_percent(probability: float) -> str:
    """A probability as people write it; never quite all, and never quite nothing."""
    if probability > 0.999:
        return f"> {percent(0.999, 1)}"
    return percent(probability, 1 if probability >= 0.99 else 0)


def compared_words(what: str) -> str:
    """What is compared, in words."""
    return str(COMPARED.get(what, what))


def level_words(level: str) -> str:
    """How alike, in words."""
    return str(_LEVELS.get(level, level))


def reason_for(probability: float, *, many: bool = False) -> str:
    """Why a decision was taken here, for the history, where nobody says it better."""
    if many:
        return _("Duplicates: every pair of at least %(sure)s") % {"sure": sure_percent(probability)}
    return _("Duplicates: %(sure)s sure") % {"sure": sure_percent(probability)}
