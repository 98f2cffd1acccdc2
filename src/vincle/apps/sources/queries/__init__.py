"""Reads of the room; all are bounded."""

from vincle.apps.sources.queries.imports import import_by_uid, newest_imports

__all__ = ["import_by_uid", "newest_imports"]
