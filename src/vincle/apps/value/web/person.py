"""What somebody is worth, on their page: a chip beneath the name, and a card."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vincle.apps.people.facade import somebody
from vincle.apps.value.person.card import card_of, chip_of
from vincle.web.permissions import needs


@needs("value.view")
@require_safe
def chip(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What they are worth, in a few words; nothing where nothing is expected of them."""
    return render(request, "value/person/chip.html", {"chip": chip_of(somebody(uid))})


@needs("value.view")
@require_safe
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that is known of it."""
    return render(request, "value/person/card.html", {"card": card_of(somebody(uid))})
