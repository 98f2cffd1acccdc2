"""Tables in, tables out: the log as an analyst sees it. No Django, no network.

    import vincle.engine as ve

    log = ve.open("var/demo")
    log.sql("SELECT kind, count(*) AS n FROM events GROUP BY kind ORDER BY n DESC").show()

Nothing heavy is imported before it is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vincle.engine import duplicates, journeys, value
    from vincle.engine.log import Log, open  # noqa: A004 - `ve.open`, as gzip.open and the like

_PARTS = ("duplicates", "journeys", "value")
__all__ = ["Log", "duplicates", "journeys", "open", "value"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name in _PARTS:
        return import_module(f"vincle.engine.{name}")
    return getattr(import_module("vincle.engine.log"), name)
