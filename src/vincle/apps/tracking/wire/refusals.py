"""Why a whole request is not taken. Segment's libraries read `code` and `message`, and retry when one is missing."""


class Refusal(Exception):
    """A request that cannot be taken: the HTTP status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class Unreadable(Refusal):
    """400: it is not what this door takes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(400, code, message)


class TooLarge(Refusal):
    """413: more than is taken at once."""

    def __init__(self) -> None:
        super().__init__(413, "too_large", "A request may hold 4 MB, unpacked; send fewer events at a time.")


class UnknownKey(Refusal):
    """401: no write key, or one that is not in force."""

    def __init__(self) -> None:
        super().__init__(401, "invalid_write_key", "The write key is missing, unknown or revoked.")


class ForeignOrigin(Refusal):
    """403: a web page of an origin that this source does not list."""

    def __init__(self) -> None:
        super().__init__(403, "origin_not_allowed", "This source does not take events from web pages of this origin.")


class NotNow(Refusal):
    """503: nothing was kept; the same request is welcome a little later."""

    def __init__(self) -> None:
        super().__init__(503, "try_again", "The events could not be kept just now. Nothing of them was; try again.")
