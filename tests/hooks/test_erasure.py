"""Who is erased is erased from what is kept of deliveries, and from quarantine; who asks is given it."""

import pytest

from hooks.sending import MAPPING, PLAIN, a_hook, order, prune, send
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.hooks import jobs
from vincle.apps.hooks.models import Delivery, KeptBody
from vincle.apps.people.facade import erase
from vincle.apps.people.privacy.gathering import gathered
from vincle.flow.models import Identity, Person, Quarantined
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


def person_of(value: str) -> Person:
    return Person.objects.get(pk=Identity.objects.get(value=value).person_id)


def test_what_entered_and_what_waits_goes_with_the_person():
    made, other = a_hook(), a_hook("Other", mapping="")
    send(made, order())
    send(made, order(id="A-2", customer={"email": "pau@roca.example"}))
    send(made, order(id="A-3", at="never", note="From MAR@Roca.example"))
    send(other, {"contact": {"mail": "mar@roca.example"}})
    send(other, {"contact": {"mail": "tamar@roca.example"}})
    erase(person_of("mar@roca.example"), actor=COMMAND_LINE, now=clock.now())
    kept = "".join(KeptBody.objects.values_list("text", flat=True))
    assert (2, False, False) == (KeptBody.objects.count(), '"mar@' in kept, "MAR@" in kept)
    assert (5, 0) == (Delivery.objects.count(), Quarantined.objects.count())


def test_a_telephone_is_found_however_it_is_written():
    made, other = a_hook("Calls", mapping=f'country = "ES"\n{PLAIN.replace("email", "phone")}'), a_hook(mapping="")
    send(made, {"phone": "+34 600 11 22 33"})
    send(other, {"tel": "600-112-233"})
    send(other, {"tel": "600-112-234"})
    erase(person_of("+34600112233"), actor=COMMAND_LINE, now=clock.now())
    assert ['{"tel":"600-112-234"}'] == list(KeptBody.objects.values_list("text", flat=True))


def test_who_asks_is_given_what_is_kept():
    made = a_hook()
    send(made, order())
    (rows,) = [each["rows"] for each in gathered(person_of("mar@roca.example"), sources={}, now=clock.now())["kept"]]
    assert ["Shop"] == [row["source"] for row in rows]


def test_samples_are_forgotten_and_what_waits_is_not(monkeypatch):
    made, other = a_hook(mapping=MAPPING), a_hook("Other", mapping="")
    for number in range(4):
        send(made, order(id=f"A-{number}"))
    send(other, order())
    monkeypatch.setattr(jobs, "SAMPLES", 2)
    prune()
    assert (3, 5) == (KeptBody.objects.count(), Delivery.objects.count())
    long_ago = clock.now() - jobs.SAMPLES_FOR * 2
    Delivery.objects.update(received_at=long_ago)
    prune()
    assert (1, 5) == (KeptBody.objects.count(), Delivery.objects.count())
    Delivery.objects.update(received_at=long_ago - jobs.KEPT_FOR)
    prune()
    assert [(other.hook.pk, "waiting")] == list(Delivery.objects.values_list("hook", "outcome"))


def test_deliveries_that_are_too_many_are_forgotten(monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 1)
    made = a_hook()
    for number in range(3):
        send(made, order(id=f"A-{number}"))
    prune()
    assert 1 == Delivery.objects.count()
