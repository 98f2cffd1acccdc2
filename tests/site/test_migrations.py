"""Migrations: one line a room, nothing forgotten, and every one of them goes back and forth on both databases."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

OURS = "vincle."

# Back to before the first migration of ours and forth again, with what the database looks like before and after.
THERE_AND_BACK = """
import json
from django.apps import apps
from django.core.management import call_command
from django.db import connection

def looks():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2")
        else:
            cursor.execute(
                "SELECT 'column', table_name || '.' || column_name, data_type || is_nullable "
                "|| coalesce(column_default, '') || coalesce(collation_name, '') "
                "FROM information_schema.columns WHERE table_schema = 'public' "
                "UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
                "UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
                "UNION ALL SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc "
                "WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2, 3"
            )
        return sorted([kind, name, " ".join((sql or "").split())] for kind, name, sql in cursor.fetchall())

before = looks()
for app in reversed(list(apps.get_app_configs())):
    if app.name.startswith("vincle.") and app.models_module or app.label == "people":
        call_command("migrate", app.label, "zero", verbosity=0)
bare = looks()
call_command("migrate", verbosity=0)
print(json.dumps({"before": before, "bare": bare, "after": looks()}))
"""


@pytest.mark.django_db
def test_every_room_has_one_line_of_migrations():
    graph = MigrationLoader(connection).graph
    leaves: dict[str, list[str]] = {}
    for app, name in graph.leaf_nodes():
        leaves.setdefault(app, []).append(name)
    assert {app: names for app, names in leaves.items() if len(names) > 1} == {}


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue()


def test_all_migrations_go_back_and_forth(live_home: LiveHome):
    there = json.loads(live_home.python(THERE_AND_BACK).splitlines()[-1])
    assert not [name for _kind, name, _sql in there["bare"] if name.startswith("flow_")]
    assert there["before"] == there["after"]
