"""An erasure, and nothing else, may take a person's name out of the words of the audit log.

Who did what and when stays as it was: only `summary` and `details` may change, only while the gate of the log is open
(`vincle.flow.append.erase.gate`), and no entry is ever deleted.
"""

from django.db import migrations

TABLE = "accounts_auditentry"
SENTENCE = "The audit log only grows; what it says is not changed or deleted."
WORDS = "summary, details"
REST = "id, at, actor_id, actor_name, action, object_type, object_uid, ip"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OF {REST} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_other_words BEFORE UPDATE OF {WORDS} ON {TABLE} "
            f"WHEN NOT EXISTS (SELECT 1 FROM flow_erasing) BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    schema_editor.execute(
        f"""
        CREATE FUNCTION accounts_refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('vincle.erasing', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '{SENTENCE}';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    schema_editor.execute(f"DROP TRIGGER {TABLE}_only_grows ON {TABLE}")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_only_grows BEFORE UPDATE OF {REST} OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_no_other_words BEFORE UPDATE OF {WORDS} ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_other_words()"
    )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_other_words")
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    schema_editor.execute(f"DROP TRIGGER {TABLE}_no_other_words ON {TABLE}")
    schema_editor.execute(f"DROP TRIGGER {TABLE}_only_grows ON {TABLE}")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change()"
    )
    schema_editor.execute("DROP FUNCTION accounts_refuse_other_words()")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_link_new_password"), ("flow", "0002_guards")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
