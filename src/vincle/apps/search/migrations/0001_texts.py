"""Finding what was said by its words.

SQLite: a full-text table that keeps no text of its own (the log has it), follows the log by triggers, and forgets for
good (`optimize` rewrites its segments) whenever something is erased. PostgreSQL: an index over the same words.

A later migration that makes SQLite rebuild `flow_interaction` or `flow_erasure` must run `forwards` again: rebuilding a
table drops its triggers.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_text USING fts5(text, content='flow_interaction', content_rowid='id', detail=none, "
    "columnsize=0, tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO search_text (rowid, text) SELECT id, text FROM flow_interaction WHERE text IS NOT NULL",
    """
    CREATE TRIGGER search_text_new AFTER INSERT ON flow_interaction WHEN NEW.text IS NOT NULL BEGIN
        INSERT INTO search_text (rowid, text) VALUES (NEW.id, NEW.text);
    END
    """,
    """
    CREATE TRIGGER search_text_old AFTER DELETE ON flow_interaction WHEN OLD.text IS NOT NULL BEGIN
        INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', OLD.id, OLD.text);
    END
    """,
    """
    CREATE TRIGGER search_text_erase AFTER INSERT ON flow_erasure BEGIN
        INSERT INTO search_text (search_text) VALUES ('optimize');
    END
    """,
)

ACCENTED = "àáâãäåāăąçćĉċčďèéêëēĕėęěĝğġģĥìíîïĩīĭįĵķĺļľñńņňòóôõöōŏőŕŗřśŝşšţťùúûüũūŭůűųŵýÿŷźżž"
PLAIN = "aaaaaaaaacccccdeeeeeeeeegggghiiiiiiiijklllnnnnoooooooorrrssssttuuuuuuuuuuwyyyzzz"
# Before PostgreSQL's parser sees it, which would take “a.b@c.org” or “<b>” for one word.
PUNCTUATION = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"

POSTGRESQL = (
    # A text's words without accents; of a very long one the beginning, for what an index can hold of a row is bounded.
    "CREATE FUNCTION search_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    f"$$ SELECT translate(lower(left($1, 100000)), '{ACCENTED}{PUNCTUATION}', '{PLAIN}' || repeat(' ', 32)) $$",
    "CREATE INDEX search_text ON flow_interaction USING gin (to_tsvector('simple', search_plain(text))) "
    "WHERE text IS NOT NULL",
)


def forwards(apps, schema_editor):
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("new", "old", "erase"):
            schema_editor.execute(f"DROP TRIGGER search_text_{name}")
        schema_editor.execute("DROP TABLE search_text")
        return
    schema_editor.execute("DROP INDEX search_text")
    schema_editor.execute("DROP FUNCTION search_plain(text)")


class Migration(migrations.Migration):
    dependencies = [("flow", "0003_lighter_on_postgresql")]
    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
