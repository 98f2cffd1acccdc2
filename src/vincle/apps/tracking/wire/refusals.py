"""Why a whole request is not taken, where only tracking says so."""

from vincle.flow.incoming.refusals import Refusal


class UnknownKey(Refusal):
    """401: no write key, or one that is not in force."""

    def __init__(self) -> None:
        super().__init__(401, "invalid_write_key", "The write key is missing, unknown or revoked.")


class ForeignOrigin(Refusal):
    """403: a web page of an origin that this source does not list."""

    def __init__(self) -> None:
        super().__init__(403, "origin_not_allowed", "This source does not take events from web pages of this origin.")
