"""Tables of the log, of identity, of the work that keeps projections true."""

from vincle.flow.models.forgotten import Forgotten
from vincle.flow.models.identity import Identity, IdentityMove, Observation, Person, SamePerson
from vincle.flow.models.log import Interaction, InteractionThing, Thing
from vincle.flow.models.names import HOUSE, Colleague, Kind, Source, Touchpoint
from vincle.flow.models.progress import Batch, Chunk, Erasure, Reading
from vincle.flow.models.quarantine import Quarantined
from vincle.flow.models.work import Job, Schedule

__all__ = [
    "HOUSE",
    "Batch",
    "Chunk",
    "Colleague",
    "Erasure",
    "Forgotten",
    "Identity",
    "IdentityMove",
    "Interaction",
    "InteractionThing",
    "Job",
    "Kind",
    "Observation",
    "Person",
    "Quarantined",
    "Reading",
    "SamePerson",
    "Schedule",
    "Source",
    "Thing",
    "Touchpoint",
]
