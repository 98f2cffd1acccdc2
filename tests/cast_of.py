"""The people of every story told by the tests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from vincle.apps.accounts import actions, queries
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.web.permissions import Role

PASSWORD = "girona-eggs-114"
LONG_AGO = datetime(2024, 1, 8, 9, tzinfo=UTC)

PEOPLE: dict[str, tuple[str, str]] = {
    "olga": ("Olga Serra", Role.OWNER),
    "marta": ("Marta Vidal", Role.MANAGER),
    "anna": ("Anna Puig", Role.AGENT),
    "pol": ("Pol Riera", Role.MARKETER),
    "quim": ("Quim Bosch", Role.EDUCATOR),
    "laia": ("Laia Soler", Role.ANALYST),
    "ramon": ("Ramon Font", Role.AUDITOR),
    "biel": ("Biel Forà", ""),
}


def somebody(key: str) -> User:
    """One of the cast, made when first asked for; everybody's password is `PASSWORD`."""
    email = f"{key}@example.org"
    user = queries.user_by_email(email)
    if user is None:
        name, role = PEOPLE[key]
        actions.add_user(actor=COMMAND_LINE, now=LONG_AGO, name=name, email=email, role=role)
        User.objects.filter(email=email).update(password=_hashed())
        user = User.objects.get(email=email)
    return user


@cache
def _hashed() -> str:
    # Once: a good hash is slow.
    return make_password(PASSWORD)


@dataclass(frozen=True)
class Cast:
    """The whole cast: one of every role, and an outsider."""

    members: dict[str, User]

    @classmethod
    def gathered(cls) -> "Cast":
        return cls({key: somebody(key) for key in PEOPLE})

    def with_role(self, role: str) -> User:
        """Who has this role; "" is the outsider."""
        return next(user for user in self.members.values() if user.role == role)
