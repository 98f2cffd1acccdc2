"""The only two ways by which a foreign text gets into a SQL text of this package."""


def literal(text: str) -> str:
    """A text as a SQL string constant (standard SQL: a quote is doubled, nothing else is special)."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + name.replace("\0", "").replace('"', '""') + '"'
