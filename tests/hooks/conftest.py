"""A home of its own, for the command line."""

from homes import live_home, model_home

__all__ = ["live_home", "model_home"]
