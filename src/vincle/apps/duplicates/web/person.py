"""The card on a person's page: who else may be the same."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vincle.apps.duplicates.queries.queue import of_person as candidates_of
from vincle.apps.duplicates.web.queue import pairs_of
from vincle.apps.people import facade as people
from vincle.kernel import clock
from vincle.web.permissions import needs


@needs("duplicates.view")
def of_person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A small card, or nothing when nobody may be the same."""
    person = people.person_they_are_now(people.person_by_uid(uid))
    found = [
        (pair, pair.second if pair.first.number == person.pk else pair.first)
        for pair in pairs_of(candidates_of(person, now=clock.now()))
    ]
    return render(request, "duplicates/of_person.html", {"person": person, "found": found})
