"""Finding people by any word of their name, and by the beginning of an identity.

PostgreSQL keeps both as indexes. SQLite has no index on words: there a full-text table follows the names, by
triggers, and forgets for good (`optimize` rewrites its segments) whenever something is erased. Identities need no
further index on SQLite: it compares bytes, so (namespace, value) serves, namespace by namespace.

A later migration that makes SQLite rebuild `flow_person` or `flow_erasure` must run `forwards` again: rebuilding a
table drops its triggers.
"""

from django.db import migrations

# Names of a single word are found by their beginning, through person_by_name.
SQLITE = (
    "DROP TABLE IF EXISTS people_word",
    "CREATE VIRTUAL TABLE people_word USING fts5("
    "name_key, content='', detail=none, columnsize=0, prefix='2 3 4 5', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO people_word (rowid, name_key) SELECT id, name_key FROM flow_person WHERE instr(name_key, ' ')",
    """
    CREATE TRIGGER people_word_new AFTER INSERT ON flow_person WHEN instr(NEW.name_key, ' ') BEGIN
        INSERT INTO people_word (rowid, name_key) VALUES (NEW.id, NEW.name_key);
    END
    """,
    """
    CREATE TRIGGER people_word_change AFTER UPDATE OF name_key ON flow_person WHEN NEW.name_key <> OLD.name_key BEGIN
        INSERT INTO people_word (people_word, rowid, name_key)
        SELECT 'delete', OLD.id, OLD.name_key WHERE instr(OLD.name_key, ' ');
        INSERT INTO people_word (rowid, name_key) SELECT NEW.id, NEW.name_key WHERE instr(NEW.name_key, ' ');
    END
    """,
    """
    CREATE TRIGGER people_word_old AFTER DELETE ON flow_person WHEN instr(OLD.name_key, ' ') BEGIN
        INSERT INTO people_word (people_word, rowid, name_key) VALUES ('delete', OLD.id, OLD.name_key);
    END
    """,
    """
    CREATE TRIGGER people_word_erase AFTER INSERT ON flow_erasure BEGIN
        INSERT INTO people_word (people_word) VALUES ('optimize');
    END
    """,
)

POSTGRESQL = (
    # Punctuation goes before PostgreSQL's parser sees it, which would take “a.b@c.org” or “x-1” for one word.
    "CREATE INDEX people_word ON flow_person USING gin "
    """(to_tsvector('simple', translate(name_key, '!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32)))) """
    "WHERE last_at IS NOT NULL",
    "CREATE INDEX people_identity ON flow_identity (value varchar_pattern_ops)",
)


def forwards(apps, schema_editor):
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    if on_sqlite:
        _drop_triggers(schema_editor)
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _drop_triggers(schema_editor)
        schema_editor.execute("DROP TABLE people_word")
        return
    for name in ("people_word", "people_identity"):
        schema_editor.execute(f"DROP INDEX {name}")


def _drop_triggers(schema_editor):
    for name in ("new", "change", "old", "erase"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS people_word_{name}")


class Migration(migrations.Migration):
    dependencies = [("flow", "0002_guards")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
