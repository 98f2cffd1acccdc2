"""What other rooms, and the command line, may call."""

from vincle.apps.today.actions import refresh_reading

__all__ = ["refresh_reading"]
