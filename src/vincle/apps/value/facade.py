"""What other rooms, and commands, may call."""

from vincle.apps.value.demonstration import keep_demo_value
from vincle.apps.value.refreshing import refresh_value

__all__ = ["keep_demo_value", "refresh_value"]
