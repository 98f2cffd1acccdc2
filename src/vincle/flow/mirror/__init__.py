"""The columnar mirror: the log copied into Delta tables, incrementally, exactly once, erasable to the byte.

`refresh` brings it up to date and `status` tells how it stands; both may be called from anywhere. The
copying itself (`python -m vincle.flow.mirror.run`) has a process of its own: it reads the database through
ADBC, and two SQLite libraries in one process would drop each other's locks on the file. Nothing in this
package imports Django.
"""

from vincle.flow.mirror.refresh import Refreshed, refresh
from vincle.flow.mirror.status import Status, status

__all__ = ["Refreshed", "Status", "refresh", "status"]
