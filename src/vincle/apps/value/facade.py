"""What other rooms, and commands, may call."""

from vincle.apps.value.refreshing import refresh_value

__all__ = ["refresh_value"]
