"""The only door into the log.

`append` takes events, `absorb` the same as plain rows: a handful, in one transaction, or nothing. `absorb_each` takes
the chunks of an import (`vincle.engine.shaped.Shaped`), each in a transaction of its own, the next made ready while one
enters. Sets all the way: whatever comes is moved by a fixed number of SQL statements, the same on SQLite and
PostgreSQL; a handful travels in the statements, a chunk is staged for them.
"""

from vincle.flow.append.absorbed import Absorbed
from vincle.flow.append.absorbing import absorb
from vincle.flow.append.event import Event, ThingOf, append
from vincle.flow.append.handful import Handful, Row, ThingRow
from vincle.flow.append.importing import absorb_each
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.summarise import summarise_batch

__all__ = [
    "Absorbed",
    "Event",
    "Handful",
    "Resolver",
    "Row",
    "ThingOf",
    "ThingRow",
    "absorb",
    "absorb_each",
    "append",
    "summarise_batch",
]
