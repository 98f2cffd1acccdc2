"""Why a whole request is not taken: the HTTP status, a code for programs, a sentence for people."""


class Refusal(Exception):
    """A request that cannot be taken. Segment's libraries read `code` and `message`, and retry when one is missing."""

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
        super().__init__(413, "too_large", "A request may hold 4 MB, unpacked; send less at a time.")


class NotNow(Refusal):
    """503: nothing was kept; the same request is welcome a little later."""

    def __init__(self) -> None:
        super().__init__(503, "try_again", "It could not be kept just now. Nothing of it was; try again.")
