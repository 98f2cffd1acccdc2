"""PostgreSQL writes less for each interaction.

Public ids ascend and are unique by their making, so a summary of ranges finds them as well as a tree, and costs
nothing to keep. An identity's row is changed when its sums grow: with room on its page it stays where it is, and no
index hears of it.
"""

from django.db import migrations

FORWARDS = (
    "ALTER TABLE flow_interaction DROP CONSTRAINT flow_interaction_uid_key",
    "CREATE INDEX flow_interaction_uid ON flow_interaction USING brin (uid uuid_minmax_multi_ops)",
    "ALTER TABLE flow_identity SET (fillfactor = 70)",
)
BACKWARDS = (
    "ALTER TABLE flow_identity RESET (fillfactor)",
    "DROP INDEX flow_interaction_uid",
    "ALTER TABLE flow_interaction ADD CONSTRAINT flow_interaction_uid_key UNIQUE (uid)",
)


def forwards(apps, schema_editor):
    _on_postgresql(schema_editor, FORWARDS)


def backwards(apps, schema_editor):
    _on_postgresql(schema_editor, BACKWARDS)


def _on_postgresql(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("flow", "0002_guards")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
