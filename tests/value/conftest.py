"""What the tests of the room share."""

import shutil

import pytest

from vincle.kernel.home import Home


@pytest.fixture(autouse=True)
def _no_mirror_yet() -> None:
    """The tests of one process share a home, and its mirror would outlive the database's rows."""
    shutil.rmtree(Home.at().mirror, ignore_errors=True)
