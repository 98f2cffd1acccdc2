"""The only door into the log.

`absorb` takes a `vincle.engine.shaped.Shaped` chunk and puts all of it into the log in one transaction, or nothing;
`absorb_each` does so with the chunks of an import, the next made ready while one enters.
`append` is the same door for a handful of events. Sets all the way: whatever a chunk holds is staged once and moved
by a fixed number of SQL statements, the same on SQLite and PostgreSQL.
"""

from vincle.flow.append.absorbing import Absorbed, absorb, absorb_each
from vincle.flow.append.event import Event, ThingOf, append
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.summarise import summarise_batch

__all__ = ["Absorbed", "Event", "Resolver", "ThingOf", "absorb", "absorb_each", "append", "summarise_batch"]
