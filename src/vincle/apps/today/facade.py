"""What other rooms, and the command line, may call."""

from vincle.apps.today.actions import refresh_reading
from vincle.apps.today.queries import anything_in_the_log

__all__ = ["anything_in_the_log", "refresh_reading"]
