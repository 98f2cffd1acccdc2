"""Waking Django for a home. Commands call this first and import models only afterwards."""

import os
from pathlib import Path

from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home


def ready(path: Path | None = None, *, database_url: str = "", home_required: bool = True) -> Home:
    """Set Django up for the home at `path` (else VINCLE_HOME, else var/vincle) and return that home.

    `database_url`, when given, wins over the home's settings. Raises `NotReady` when there is no such home, unless
    `home_required` is false, and `BadInput` when the database address cannot be used. One process has one home.
    """
    home = Home.at(path)
    if home_required:
        home.require()
    os.environ["VINCLE_HOME"] = str(home.path)
    if database_url:
        os.environ["VINCLE_DATABASE_URL"] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincle.site.settings")
    import django
    from django.apps import apps
    from django.conf import settings

    if not apps.ready:
        django.setup()
    elif settings.HOME.path != home.path:
        raise RuntimeError(f"this process already works in {settings.HOME.path}")
    from vincle.apps.people.facade import see_everybody

    see_everybody()
    return home


def require_migrated() -> None:
    """Raise `NotReady` when the database does not answer or was made by another version."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except ImproperlyConfigured as error:
        raise NotReady(f"The database cannot be used: {error}.") from error
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(
            "The database is not up to date with this version of Vincle.",
            "Make a backup if it holds something, then bring it up to date with “vincle init”.",
        )
