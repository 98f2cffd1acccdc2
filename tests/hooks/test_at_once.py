"""The same delivery from several senders at once enters once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hooks.sending import a_hook, entered, held, order, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_delivery_sent_by_several_at_once_enters_once():
    made = a_hook()

    def sender(_number: int) -> tuple[int, int, int]:
        try:
            said = send(made, [order(), order(id="A-2", at="never")]).json()
            return said["new"], said["known"], said["held"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(sender, range(8)))

    assert [(0, 1, 1)] * 7 + [(1, 0, 1)] == sorted(answers)
    assert (1, 1) == (len(entered()), len(held()))
