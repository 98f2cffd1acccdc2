"""Homes that the commands of the room are tried in."""

from homes import live_home, model_home

__all__ = ["live_home", "model_home"]
