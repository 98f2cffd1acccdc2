"""What other rooms know of confidential people, and what is sensitive of anybody, is hidden by the same rule."""

import pytest

from fields.asking import a_field, save
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.duplicates.models import Candidate
from vincle.apps.people.facade import PersonMark, Sight, mark, seeing, somebody, told_interactions
from vincle.apps.tasks import actions as tasks
from vincle.flow.models import Interaction
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

EVERYBODY = Sight(confidential=True)


@pytest.fixture
def secret():
    """Mercè is confidential, Joan is not."""
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca", text="Three boxes without eggs"),
        happened("C2", "2026-04-01 10:00", name="Joan Roca", text="One box without eggs"),
    )
    one, other = person("C1"), person("C2")
    with seeing(EVERYBODY):
        wanted = tasks.Wanted(title="Bring eggs to Mercè", assignee=None)
        tasks.add(wanted, somebody(one.uid), actor=COMMAND_LINE, now=NOW)
        tasks.add(tasks.Wanted(title="Bring eggs to Joan"), somebody(other.uid), actor=COMMAND_LINE, now=NOW)
    first, second = sorted((one.pk, other.pk))
    Candidate.objects.create(first_id=first, second_id=second, probability=0.97, found_at=clock.now(), seen_in=1)
    return mark(one, PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW, reason="Threatened")


@pytest.mark.parametrize("path", ["/search/?q=eggs", "/tasks/?view=all", "/duplicates/"])
def test_who_may_not_see_them_finds_nothing_of_them(secret, client_of, marta, anna, path):
    seen = ["Mercè" in client_of(user).get(path).text for user in (marta, anna)]

    assert [True, False] == seen


def test_no_program_is_told_what_happens_with_them(secret):
    numbers = list(Interaction.objects.order_by("pk").values_list("pk", flat=True))
    blind = {each["text"] for each in told_interactions(numbers)}
    with seeing(EVERYBODY):
        told = {each["text"] for each in told_interactions(numbers)}

    assert ({"One box without eggs"}, {"Three boxes without eggs"}) == (blind & told - {None}, told - blind - {None})


def test_what_is_sensitive_is_no_column_for_who_may_not_see_it(client_of, marta, cast):
    pol = cast.members["pol"]
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    field = a_field("Allergies", sensitive=True)
    save(client_of(marta), f"field:{field.slug}", "Peanuts")
    path = f"/people/?c=attribute:field:{field.slug}"
    shown, refused = (client_of(user).get(path) for user in (marta, pol))

    assert (200, True) == (shown.status_code, "Peanuts" in shown.text)
    assert (400, False) == (refused.status_code, "Peanuts" in refused.text)
