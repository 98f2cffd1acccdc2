"""Colleagues as other rooms see them."""

from dataclasses import dataclass

from vincle.apps.accounts import queries
from vincle.apps.accounts.models import User


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here."""

    id: int
    name: str
    email: str
    role: str
    is_active: bool

    @classmethod
    def of(cls, user: User) -> "Colleague":
        return cls(user.pk, user.name, user.email, user.role, user.is_active)


def colleagues() -> list[Colleague]:
    """Everybody who works or worked here, those with access first, by name."""
    return [Colleague.of(user) for user in queries.staff()]


def colleague_by_number(number: int) -> Colleague | None:
    """One of them, by number."""
    user = queries.user(number)
    return Colleague.of(user) if user else None


def colleague_by_email(email: str) -> Colleague | None:
    """One of them, by e-mail in any capitals."""
    user = queries.user_by_email(email)
    return Colleague.of(user) if user else None


def colleague_by_id(number: int) -> Colleague | None:
    """One of them, by number."""
    user = queries.user(number)
    return Colleague.of(user) if user else None
