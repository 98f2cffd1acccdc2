"""A data contract as a JSON Schema: applied without a way out to the network, in time that the data cannot stretch."""

from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from vincle.kernel.errors import BadInput

LONGEST = 64 * 1024  # characters of a contract

# Reasons leave the value out, so that like ones count together and nobody's data is repeated in a list.
VALUE = "the value"


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a payload breaks its contract: where (`amount`, `properties.size`; empty: the whole), the JSON
    Schema keyword that says so with its limits, and the sentence."""

    where: str
    keyword: str
    limits: dict[str, Any]
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class Contract:
    """One kind's contract, ready to be applied to any number of payloads."""

    def __init__(self, schema: object) -> None:
        """Raises `BadInput` when `schema` is not a JSON Schema, or one that needs something from elsewhere."""
        if not isinstance(schema, dict):
            raise BadInput("A contract is a JSON object, between { and }.", "The example shows one.")
        try:
            self._validator = jsonschema_rs.validator_for(
                schema, mask=VALUE, offline=True, pattern_options=jsonschema_rs.RegexOptions(), validate_formats=True
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            raise BadInput(f"This is not a JSON Schema: {_in_words(error)}.", "The example shows one.") from error

    def breaches(self, payload: dict[str, Any]) -> list[Breach]:
        """Everything in `payload` that breaks the contract; empty when it keeps to it."""
        return [
            Breach(".".join(map(str, error.instance_path)), error.kind.name, error.kind.as_dict(), error.message)
            for error in self._validator.iter_errors(payload)
        ]


def _in_words(error: Exception) -> str:
    message = str(getattr(error, "message", error)).splitlines()[0]
    where = ".".join(str(part) for part in getattr(error, "instance_path", []))
    if "Retrieval is disabled" in message or "Unknown meta-schema" in message:
        message = "it refers to a schema elsewhere, and nothing is fetched from elsewhere"
    return f"{where}: {message}".removeprefix(": ").rstrip(".")
