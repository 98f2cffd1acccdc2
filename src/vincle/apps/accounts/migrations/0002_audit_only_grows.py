"""The database itself refuses to change or delete what the audit log says."""

from django.db import migrations

TABLE = "accounts_auditentry"
SENTENCE = "The audit log only grows; what it says is not changed or deleted."


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
        return
    schema_editor.execute(
        f"""
        CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$
        """
    )
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change()"
    )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}")
        return
    schema_editor.execute(f"DROP TRIGGER {TABLE}_only_grows ON {TABLE}")
    schema_editor.execute("DROP FUNCTION accounts_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
