from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction


@pytest.fixture
def clean() -> Callable[[], AbstractContextManager[None]]:
    """An empty log for one example of a property, left empty again."""

    @contextmanager
    def emptied() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return emptied
