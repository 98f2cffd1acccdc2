"""Vincle: one append-only log of everything that happens with the people you serve."""

__version__ = "0.1.0"
