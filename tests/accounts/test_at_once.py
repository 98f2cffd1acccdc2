"""Two people doing the same thing at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cast_of import LONG_AGO, somebody
from vincle.apps.accounts import actions
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.kernel import clock
from vincle.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doings: Callable[[], object]) -> list[str]:
    """What becomes of each, started together: "done" or "refused"."""
    ready = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> str:
        ready.wait()
        try:
            doing()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(doings)) as pool:
        return sorted(pool.map(do, doings))


def test_a_link_pressed_twice_at_once_lets_in_once():
    olga = somebody("olga")
    token = actions.issue_login_link(actor=COMMAND_LINE, now=clock.now(), user_id=olga.pk)

    def press() -> None:
        actions.use_login_link(token=token, now=clock.now())

    assert ["done", "refused", "refused"] == at_once(press, press, press)


def test_two_owners_who_let_each_other_go_at_once_leave_one():
    owners = [somebody("olga"), somebody("marta")]
    actions.change_role(actor=COMMAND_LINE, now=LONG_AGO, user_id=owners[1].pk, role="owner")

    def let_go(user: User) -> Callable[[], None]:
        return lambda: actions.deactivate(actor=COMMAND_LINE, now=LONG_AGO, user_id=user.pk)

    assert ["done", "refused"] == at_once(*map(let_go, owners))
    assert 1 == User.objects.filter(role="owner", is_active=True).count()
