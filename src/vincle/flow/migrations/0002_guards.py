"""What Django's models cannot say: the log refuses change, PostgreSQL remembers each row's transaction
and compares keys byte by byte."""

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

# Keys are compared byte by byte: several times faster than by a language's rules, and a prefix can walk an index.
KEYS = (
    ("flow_interaction", "message_id", 255),
    ("flow_identity", "namespace", 120),
    ("flow_identity", "value", 255),
    ("flow_thing", "type", 80),
    ("flow_thing", "key", 255),
    ("flow_person", "name", 200),
    ("flow_person", "name_key", 200),
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
    # Consecutive numbers of a sequence, for whoever asks first. The lock is held for microseconds, not until the
    # transaction ends, so that two imports do not wait for each other.
    schema_editor.execute(
        """
        CREATE FUNCTION flow_take(numbers regclass, wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE first bigint;
        BEGIN
            PERFORM pg_advisory_lock(7046003);
            first := nextval(numbers);
            PERFORM setval(numbers, first + wanted - 1);
            PERFORM pg_advisory_unlock(7046003);
            RETURN first;
        EXCEPTION WHEN OTHERS THEN
            PERFORM pg_advisory_unlock(7046003);
            RAISE;
        END $$
        """
    )
    for table in APPEND_ONLY:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION flow_refuse_change()"
        )
    for table, column, length in KEYS:
        schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"')
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
    schema_editor.execute("DROP FUNCTION flow_take(regclass, bigint)")
    for table, column, length in KEYS:
        schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "default"')
    for table in MIRRORED:
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN recorded_tx")


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_log")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
