"""What filters walk: values of attributes by name, and what happened by kind and moment.

Both are indexes on tables of the log, which no model of this room can name. They hold every row, and yet are partial
(`id > 0`): a database uses such an index only for a question that says so too, so that SQLite, which keeps no figures of
how many rows a value has, never walks all that ever happened of a kind where it wants one person's. A later migration that makes SQLite
rebuild `flow_observation` or `flow_interaction` must run `forwards` again: rebuilding drops indexes that models do not
name.
"""

from django.db import migrations

VALUES = "CREATE INDEX lists_value ON flow_observation (name, substr(value, 1, 100)) WHERE id > 0"
DID = {
    "sqlite": "CREATE INDEX lists_did ON flow_interaction "
    "(kind_id, occurred_at, identity_id, touchpoint_id, amount, currency) WHERE id > 0",
    "postgresql": "CREATE INDEX lists_did ON flow_interaction (kind_id, occurred_at) "
    "INCLUDE (identity_id, touchpoint_id, amount, currency) WHERE id > 0",
}


def forwards(apps, schema_editor):
    schema_editor.execute(VALUES)
    schema_editor.execute(DID[schema_editor.connection.vendor])


def backwards(apps, schema_editor):
    for name in ("lists_did", "lists_value"):
        schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_lists"), ("flow", "0003_lighter_on_postgresql")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
