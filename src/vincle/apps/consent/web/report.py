"""How many gave, refused or were never asked; every figure opens the people behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vincle.apps.consent.queries import report as figures
from vincle.apps.consent.queries.ledger import purpose_named, purposes
from vincle.apps.people.facade import channel_words, look_at_those, main_identities
from vincle.flow.models import Person
from vincle.web.pagination import Page
from vincle.web.permissions import needs


@needs("consent.view")
def report(request: HttpRequest) -> HttpResponse:
    """Every purpose in use, through each of its channels."""
    lines = [(line, channel_words(line.channel)) for line in figures.lines(list(purposes()))]
    context = {"tab": "report", "lines": lines, "objecting": figures.objecting()}
    return render(request, "consent/report.html", context)


@needs("consent.view")
def behind(request: HttpRequest, purpose: str, channel: str, state: str) -> HttpResponse:
    """The people behind one figure."""
    wanted = purpose_named(purpose)
    page = figures.people_behind(wanted, channel, state, cursor=request.GET.get("page", ""))
    title = {
        figures.YES: _("%(purpose)s, %(channel)s: who said yes"),
        figures.NO: _("%(purpose)s, %(channel)s: who said no"),
        figures.NEVER: _("%(purpose)s, %(channel)s: who was never asked"),
    }[state] % {"purpose": wanted, "channel": channel_words(channel)}
    return _people(request, page, title)


@needs("consent.view")
def objecting(request: HttpRequest) -> HttpResponse:
    """Who asked not to be contacted at all."""
    page = figures.people_objecting(cursor=request.GET.get("page", ""))
    return _people(request, page, _("Who asked not to be contacted"))


def _people(request: HttpRequest, page: Page[Person], title: str) -> HttpResponse:
    best = main_identities(person.pk for person in page)
    look_at_those([person.pk for person in page])
    lines = [(person, best[person.pk].value if person.pk in best else "") for person in page]
    return render(request, "consent/people.html", {"title": title, "page": page, "lines": lines})
