"""Finding people whose names are a letter away from what is typed: the groups of three letters that names are made of.

Names stand between two spaces, so that their beginnings and ends are groups too. PostgreSQL needs its extension
`pg_trgm`, which comes with it and which whoever owns the database may add; where that is refused, close names are
found by reading all of them.

A later migration that makes SQLite rebuild `flow_person` or `flow_erasure` must run `forwards` again: rebuilding a
table drops its triggers.
"""

from django.db import DatabaseError, migrations, transaction

SQLITE = (
    "CREATE VIRTUAL TABLE people_close USING fts5("
    "name, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
    "INSERT INTO people_close (rowid, name) SELECT id, ' ' || name_key || ' ' FROM flow_person",
    """
    CREATE TRIGGER people_close_new AFTER INSERT ON flow_person BEGIN
        INSERT INTO people_close (rowid, name) VALUES (NEW.id, ' ' || NEW.name_key || ' ');
    END
    """,
    """
    CREATE TRIGGER people_close_change AFTER UPDATE OF name_key ON flow_person WHEN NEW.name_key <> OLD.name_key BEGIN
        INSERT INTO people_close (people_close, rowid, name) VALUES ('delete', OLD.id, ' ' || OLD.name_key || ' ');
        INSERT INTO people_close (rowid, name) VALUES (NEW.id, ' ' || NEW.name_key || ' ');
    END
    """,
    """
    CREATE TRIGGER people_close_old AFTER DELETE ON flow_person BEGIN
        INSERT INTO people_close (people_close, rowid, name) VALUES ('delete', OLD.id, ' ' || OLD.name_key || ' ');
    END
    """,
    """
    CREATE TRIGGER people_close_erase AFTER INSERT ON flow_erasure BEGIN
        INSERT INTO people_close (people_close) VALUES ('optimize');
    END
    """,
)

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX people_close ON flow_person USING gin ((' ' || name_key || ' ') gin_trgm_ops) "
    "WHERE last_at IS NOT NULL",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement, params=None)
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            for statement in POSTGRESQL:
                schema_editor.execute(statement, params=None)
    except DatabaseError:
        return  # without the right to add it


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("new", "change", "old", "erase"):
            schema_editor.execute(f"DROP TRIGGER people_close_{name}")
        schema_editor.execute("DROP TABLE people_close")
        return
    schema_editor.execute("DROP INDEX IF EXISTS people_close")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_search")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
