"""What Django's models cannot say: the log refuses change, and PostgreSQL remembers each row's transaction."""

from django.db import migrations

APPEND_ONLY = ("flow_interaction", "flow_interactionthing")

# The mirror reads these; a late commit must not be missed, so on PostgreSQL every row knows its transaction.
MIRRORED = (
    "flow_interaction",
    "flow_interactionthing",
    "flow_thing",
    "flow_identity",
    "flow_identitymove",
    "flow_observation",
    "flow_erasure",
)

SENTENCE = "The log is append-only; only the erasure action may change it."


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("CREATE TABLE flow_erasing (open integer NOT NULL)")
        for table in APPEND_ONLY:
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"WHEN NOT EXISTS (SELECT 1 FROM flow_erasing) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
                )
        return
    schema_editor.execute(
        f"""
        CREATE FUNCTION flow_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('vincle.erasing', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '{SENTENCE}';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION flow_refuse_change()"
        )
    for table in MIRRORED:
        schema_editor.execute(
            f"ALTER TABLE {table} ADD COLUMN recorded_tx bigint NOT NULL "
            "DEFAULT (pg_current_xact_id()::text::bigint)"
        )
        schema_editor.execute(f"CREATE INDEX {table}_tx ON {table} USING brin (recorded_tx int8_minmax_multi_ops)")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        schema_editor.execute("DROP TABLE flow_erasing")
        return
    for table in APPEND_ONLY:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    schema_editor.execute("DROP FUNCTION flow_refuse_change()")
    for table in MIRRORED:
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN recorded_tx")


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_log")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
