"""How the room says what was compared, how alike it is, and how sure that makes one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vincle.web.permissions import Words
from vincle.web.templatetags.vincle import percent

_lazy = gettext_lazy

# The least probability, its words, its tone.
_SURE: tuple[tuple[float, Words, str], ...] = (
    (0.99, _lazy("almost certainly"), "well"),
    (0.9, _lazy("very likely"), "well"),
    (0.7, _lazy("likely"), "gold"),
    (0.5, _lazy("rather yes than no"), "gold"),
    (0.0, _lazy("perhaps"), "plain"),
)

COMPARED: dict[str, Words] = {
    "before comparing": _lazy("before comparing anything"),
    "given name": _lazy("given name"),
    "family name": _lazy("family name"),
    "birth date": _lazy("birth date"),
    "e-mail": _lazy("e-mail"),
    "phone": _lazy("phone"),
    "document": _lazy("document"),
    "town": _lazy("town"),
    "postcode": _lazy("postcode"),
    "region": _lazy("region"),
    "street": _lazy("street"),
    "house number": _lazy("house number"),
    "second line of the address": _lazy("second line of the address"),
    "gender": _lazy("gender"),
    "household": pgettext_lazy("living together", "household"),
}

_LEVELS: dict[str, Words] = {
    "the same": _lazy("the same"),
    "differs": _lazy("differs"),
    "nothing to compare": _lazy("nothing to compare"),
    "nearly the same": _lazy("nearly the same"),
    "somewhat alike": _lazy("somewhat alike"),
    "a part or the initial of it": _lazy("a part or the initial of it"),
    "given and family name swapped": _lazy("given and family name swapped"),
    "one slip away, or day and month swapped": _lazy("one slip away, or day and month swapped"),
    "the same year": _lazy("the same year"),
    "one slip away": _lazy("one slip away"),
    "two slips away": _lazy("two slips away"),
    "the same before the @": _lazy("the same before the @"),
    "the same but for its prefix": _lazy("the same but for its prefix"),
    "the same area": _lazy("the same area"),
    "the lines of the address swapped": _lazy("the lines of the address swapped"),
    "how rare it is that two rows are one person": _lazy("how rare it is that two are one person"),
    "people who live together look alike too": _lazy("people who live together look alike too"),
}

STEPS: dict[str, Words] = {
    "mirror": _lazy("Gathering everybody"),
    "read": _lazy("Reading what is known of them"),
    "prepare": _lazy("Making names and addresses comparable"),
    "pair": _lazy("Choosing who is worth comparing"),
    "compare": _lazy("Comparing pair by pair"),
    "learn": _lazy("Learning what each likeness is worth"),
    "weigh": _lazy("Weighing each pair"),
    "keep": _lazy("Writing the queue"),
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
