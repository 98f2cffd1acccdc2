"""What counts: what each likeness was learned to be worth, and on how many decisions that rests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincle.apps.duplicates.queries import looks
from vincle.apps.duplicates.queries.decisions import decided, decisions
from vincle.apps.duplicates.web.candidate import signed
from vincle.apps.duplicates.words import compared_words, level_words
from vincle.engine.duplicates.evidence import FEWEST, FEWEST_OF_EACH, enough
from vincle.web.permissions import needs


@needs("duplicates.view")
def counts(request: HttpRequest) -> HttpResponse:
    """The weights of the last search, in words."""
    last, said = looks.newest_done(), decided(decisions())
    model = last.model if last is not None else {}
    compared = [
        (
            compared_words(each["what"]),
            [(level_words(level["level"]), signed(level["bits"]), level) for level in each["levels"]],
        )
        for each in model.get("comparisons", ())
    ]
    context = {
        "last": last,
        "compared": compared,
        "adjustment": model.get("adjustment"),
        "said": said,
        "fewest": FEWEST,
        "fewest_of_each": FEWEST_OF_EACH,
        "enough": enough(said.same, said.different),
    }
    return render(request, "duplicates/counts.html", context)
