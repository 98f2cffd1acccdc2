"""What an interaction was about in one word: the group of a thing it was about, the thing itself, or what was visited,
downloaded or filled in."""

from django.db import connection

# A thing with a group (the department of a product) speaks of the group; of these types the thing itself is meant.
GROUPS = ("department", "category", "topic", "subject")
THEMSELVES = ("product", "service", "course", "lesson", "event", "page", "file", "form", "idea")

# What websites and apps tell with no thing beside it names what it was about in one of these properties.
VISITS = ("page.viewed", "screen.viewed", "file.downloaded", "form.sent", "visit.made")
NAMED_IN = ("title", "name", "file", "form", "page")


def theme_of_thing() -> str:
    """SQL: the theme of a row `t` of things, or NULL."""
    types = ", ".join(f"'{name}'" for name in THEMSELVES)
    groups = _first_of("t.properties", GROUPS)
    return f"coalesce({groups}, CASE WHEN t.type IN ({types}) THEN NULLIF(t.label, '') END)"


def theme_of_visit() -> str:
    """SQL: the theme of a row `i` of interactions, or NULL; only of `is_visit` ones."""
    return f"coalesce({_first_of('i.properties', NAMED_IN)})"


def is_visit() -> str:
    """SQL: whether a row `i` of interactions is a visit, a download or a form, and has nothing beside it."""
    kinds = ", ".join(f"'{name}'" for name in VISITS)
    return (
        f"i.kind_id IN (SELECT id FROM flow_kind WHERE name IN ({kinds})) "
        "AND NOT EXISTS (SELECT 1 FROM flow_interactionthing n WHERE n.interaction_id = i.id)"
    )


def _first_of(column: str, names: tuple[str, ...]) -> str:
    on_postgres = connection.vendor == "postgresql"
    read = f"{column}->>'{{0}}'" if on_postgres else f"CAST(json_extract({column}, '$.{{0}}') AS text)"
    return ", ".join(f"NULLIF({read.format(name)}, '')" for name in names)
