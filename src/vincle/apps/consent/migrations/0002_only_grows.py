"""The database itself refuses to change or delete what the ledger says, but in an erasure; and ever to change the
words that people were asked in."""

from django.db import migrations

LEDGER, WORDS = "consent_entry", "consent_wording"
SENTENCE = "The ledger of consent only grows; only the erasure action may take something out of it."
KEPT = "What people were asked stays as it was; other words are a new version."


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {LEDGER}_no_{verb.lower()} BEFORE {verb} ON {LEDGER} "
                f"WHEN NOT EXISTS (SELECT 1 FROM flow_erasing) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {WORDS}_no_{verb.lower()} BEFORE {verb} ON {WORDS} "
                f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
            )
        return
    schema_editor.execute(
        f"""
        CREATE FUNCTION consent_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_TABLE_NAME = '{WORDS}' THEN
                RAISE EXCEPTION '{KEPT}';
            ELSIF current_setting('vincle.erasing', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '{SENTENCE}';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table in (LEDGER, WORDS):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION consent_refuse_change()"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in (LEDGER, WORDS):
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for table in (LEDGER, WORDS):
        schema_editor.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
    schema_editor.execute("DROP FUNCTION consent_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_consent"), ("flow", "0002_guards")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
