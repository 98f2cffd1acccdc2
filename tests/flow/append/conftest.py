from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction


@pytest.fixture
def clean(transactional_db: None) -> Callable[[], AbstractContextManager[None]]:
    """An empty log for one example of a property, left empty again.

    Each is a transaction of its own. As parts of one they would be slower and slower: SQLite keeps until its end every
    index of words that was opened since, and each savepoint asks all of them.
    """

    @contextmanager
    def emptied() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return emptied
