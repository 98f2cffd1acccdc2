"""What every test may ask for: a database, the cast, somebody's browser session, a real browser."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.test.utils import instrumented_test_render
from django.utils import translation
from django.utils.safestring import SafeString
from whitenoise.middleware import WhiteNoiseMiddleware

from cast_of import Cast, somebody
from vincle.apps.accounts.models import User

pytest_plugins = ["browsing", "emptying"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Test on the very database the home names, so that code which opens it by its address sees the same rows.

    Every process (pytest-xdist's too) has a home and a database of its own, so that nothing needs a suffix.
    """
    database = settings.DATABASES["default"]
    database.setdefault("TEST", {})["NAME"] = database["NAME"]


@pytest.fixture(scope="session", autouse=True)
def _assets_are_found_once() -> Iterator[None]:
    """Every client makes the middleware anew, which looks for all assets on the disk: thousands of times the same."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _components_are_not_told_of(django_test_environment: None) -> None:
    """Clients hear of every template that is rendered, with a copy of its context. Tests ask for what a page was given;
    its hundred buttons and icons need not be copied too."""
    plain, told = Template._render, instrumented_test_render

    def render(self: Template, context: Context) -> SafeString:
        if "/cotton/" in self.origin.name:
            return self.nodelist.render(context)
        return told(self, context)

    assert plain is told
    Template._render = render


@pytest.fixture(autouse=True)
def _the_house_speaks_its_own_language() -> None:
    """A request leaves the language it was answered in to its thread; the next test begins in the house's."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody at once."""
    return Cast.gathered()


@pytest.fixture
def olga(db: None) -> User:
    """The owner."""
    return somebody("olga")


@pytest.fixture
def marta(db: None) -> User:
    """The manager."""
    return somebody("marta")


@pytest.fixture
def anna(db: None) -> User:
    """The agent."""
    return somebody("anna")


@pytest.fixture
def ramon(db: None) -> User:
    """The auditor."""
    return somebody("ramon")


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody who may sign in, and has no role."""
    return somebody("biel")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """`client_of(olga)`: a client in which somebody is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def on_postgres() -> bool:
    """Whether this run is on PostgreSQL."""
    return os.environ["VINCLE_TEST_DATABASE"] == "postgres"
