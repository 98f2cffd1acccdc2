"""Errors a person can read: what happened, that nothing was lost, what to do."""


class VincleError(Exception):
    """An error whose text may be shown as it stands.

    `message` is one clear sentence; `hint`, when given, says what to do next.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInput(VincleError):
    """What came in from outside cannot be used: a file, an option, a form, an event."""

    exit_code = 2


class NotFound(VincleError):
    """What was asked for does not exist here."""

    exit_code = 3


class NotReady(VincleError):
    """The installation lacks something: a home folder, a migration, a service, an optional package."""

    exit_code = 4


class Refused(VincleError):
    """A rule of the house forbids it: a permission, an append-only table, a confidential record."""

    exit_code = 5
