"""Following the log: what has entered since one looked last, each interaction once, none that commits late missed.

The same care as the mirror's (`vincle.flow.mirror.reads`), for readers that keep their own position and read a little
at a time, through Django's connection.
"""

from vincle.flow.following.position import Position
from vincle.flow.following.reading import Followed, follow, present

__all__ = ["Followed", "Position", "follow", "present"]
