"""Who may do what: the one registry of permissions, and how a view declares the one it needs.

Every view declares a permission with `@needs("people.view")`, or says plainly that it is open with
`@open_to_signed_in` or `@open_to_everybody`. What declares nothing is refused by `middleware.DenyByDefault`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

V = TypeVar("V", bound=Callable[..., Any])
Words = str | Promise


class Role(StrEnum):
    """What somebody does here; somebody without a role may sign in and see nothing."""

    OWNER = "owner"
    MANAGER = "manager"
    AGENT = "agent"
    MARKETER = "marketer"
    EDUCATOR = "educator"
    ANALYST = "analyst"
    AUDITOR = "auditor"


ROLE_LABELS: dict[str, Words] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.AGENT: _("Agent"),
    Role.MARKETER: _("Marketer"),
    Role.EDUCATOR: _("Educator"),
    Role.ANALYST: _("Analyst"),
    Role.AUDITOR: _("Auditor"),
}

ROLE_PURPOSES: dict[str, Words] = {
    Role.OWNER: _("Decides everything, also who works here"),
    Role.MANAGER: _("Runs the house day by day"),
    Role.AGENT: _("Serves people"),
    Role.MARKETER: _("Writes to people and brings in lists"),
    Role.EDUCATOR: _("Accompanies learners"),
    Role.ANALYST: _("Studies the data"),
    Role.AUDITOR: _("Looks at everything, changes nothing"),
}


@dataclass(frozen=True)
class Permission:
    """One thing that may be allowed: its dotted name, its words, and the roles that have it."""

    name: str
    label: Words
    roles: frozenset[Role]


OWNER, MANAGER, AGENT, MARKETER, EDUCATOR, ANALYST, AUDITOR = Role
EVERY_ROLE = frozenset(Role)
LEADS = frozenset({OWNER, MANAGER})


def _registry(*permissions: Permission) -> dict[str, Permission]:
    return {permission.name: permission for permission in permissions}


PERMISSIONS = _registry(
    Permission("today.view", _("See the first page"), EVERY_ROLE),
    Permission("journeys.view", _("See what really happens along journeys"), EVERY_ROLE),
    Permission("journeys.edit", _("Design journeys"), LEADS | {MARKETER, EDUCATOR, ANALYST}),
    Permission("journeys.comment", _("Comment on designed journeys"), EVERY_ROLE - {AUDITOR}),
    Permission("value.view", _("See what relationships are worth"), EVERY_ROLE),
    Permission("value.manage", _("Decide how relationships are valued"), LEADS | {ANALYST}),
    Permission("people.view", _("See people and what happened with them"), EVERY_ROLE),
    Permission("people.edit", _("Change what is known about a person"), LEADS | {AGENT, EDUCATOR}),
    Permission("people.change_many", _("Change what is known of many people at once"), LEADS),
    Permission("lists.edit", _("Keep views and lists of people"), EVERY_ROLE - {AUDITOR}),
    Permission("people.access_export", _("Give a person everything we have of them"), LEADS),
    Permission("people.confidential", _("See confidential people, and make people confidential"), LEADS),
    Permission("people.restrict", _("Restrict what is done with what we know of a person"), LEADS),
    Permission("people.erase", _("Erase a person for good"), LEADS),
    Permission("duplicates.view", _("See who may be here twice"), EVERY_ROLE),
    Permission("duplicates.bulk", _("Join many people at once"), LEADS),
    Permission("people.sensitive", _("See and change what is sensitive about a person"), LEADS | {AGENT}),
    Permission("fields.manage", _("Say which fields of people there are"), LEADS),
    Permission("files.view", _("See files kept about people"), EVERY_ROLE),
    Permission("files.edit", _("Keep files about people, and take them away"), LEADS | {AGENT, MARKETER, EDUCATOR}),
    Permission("notes.view", _("Read notes about people"), EVERY_ROLE),
    Permission("notes.edit", _("Write notes about people"), LEADS | {AGENT, MARKETER, EDUCATOR}),
    Permission("notes.manage", _("Change and take away notes of others"), LEADS),
    Permission("tasks.view", _("See tasks"), EVERY_ROLE),
    Permission("tasks.edit", _("Add tasks, do them and change them"), EVERY_ROLE - {AUDITOR}),
    Permission("relations.view", _("See who relates to whom"), EVERY_ROLE),
    Permission("relations.edit", _("Say who relates to whom"), LEADS | {AGENT, EDUCATOR}),
    Permission("relations.catalogue", _("Change which relations there are"), LEADS),
    Permission("organisations.view", _("See organisations and their people"), EVERY_ROLE),
    Permission("organisations.edit", _("Add and change organisations"), LEADS | {AGENT, MARKETER, EDUCATOR}),
    Permission("consent.view", _("See what people consented to"), EVERY_ROLE),
    Permission("consent.note", _("Note what people consent to"), LEADS | {AGENT, MARKETER, EDUCATOR}),
    Permission("consent.manage", _("Decide what people are asked to consent to"), LEADS),
    Permission("retention.view", _("See how long people are kept"), LEADS | {AUDITOR}),
    Permission("retention.manage", _("Decide how long people are kept"), frozenset({OWNER})),
    Permission("imports.view", _("See imports"), EVERY_ROLE - {EDUCATOR}),
    Permission("imports.run", _("Bring in files"), LEADS | {MARKETER, ANALYST}),
    Permission("imports.undo", _("Take an import back"), LEADS),
    Permission("kinds.view", _("See the catalogue of kinds"), EVERY_ROLE),
    Permission("kinds.edit", _("Change the catalogue of kinds"), LEADS | {ANALYST}),
    Permission("quarantine.view", _("See what is in quarantine"), LEADS | {ANALYST, AUDITOR}),
    Permission("quarantine.replay", _("Mend and replay what is in quarantine"), LEADS | {ANALYST}),
    Permission("tracking.view", _("See which websites and apps send events"), LEADS | {MARKETER, ANALYST, AUDITOR}),
    Permission("tracking.manage", _("Let websites and apps send events"), LEADS | {ANALYST}),
    Permission("tokens.view", _("See which programs may come in"), LEADS | {ANALYST, AUDITOR}),
    Permission("tokens.manage", _("Let programs in, by tokens of their own"), LEADS | {ANALYST}),
    Permission("tokens.manage_all", _("Let no program of anybody in any more"), frozenset({OWNER})),
    Permission("webhooks.view", _("See which programs hear what happens"), LEADS | {ANALYST, AUDITOR}),
    Permission("webhooks.manage", _("Let programs hear what happens"), LEADS),
    Permission("hooks.view", _("See which programs send what happens"), LEADS | {ANALYST, AUDITOR}),
    Permission("hooks.manage", _("Let programs send what happens, and say what it means"), LEADS),
    Permission("export.run", _("Take data out"), LEADS | {MARKETER, ANALYST}),
    Permission("settings.view", _("See the organisation and who works here"), LEADS | {AUDITOR}),
    Permission("settings.edit", _("Change the organisation"), frozenset({OWNER})),
    Permission("staff.manage", _("Invite staff and change their roles"), frozenset({OWNER})),
    Permission("audit.view", _("Read the audit log"), LEADS | {AUDITOR}),
)


def can(user: Any, permission: str) -> bool:
    """Whether `user` has `permission`; raises KeyError for a permission that is not in the registry."""
    allowed = PERMISSIONS[permission].roles
    return bool(user.is_authenticated and user.is_active and getattr(user, "role", "") in allowed)


@dataclass(frozen=True)
class Declaration:
    """What a view has said about who may come in.

    `see` is the permission to look (GET, HEAD, OPTIONS), `change` the one for everything else.
    Both are empty when the view is open to whoever is signed in, or, with `everybody`, to anyone.
    """

    see: str = ""
    change: str = ""
    everybody: bool = False

    def permission_for(self, method: str) -> str:
        return self.see if method in {"GET", "HEAD", "OPTIONS"} else self.change

    def admits(self, user: Any, method: str) -> bool:
        """Whether `user` may come in with this HTTP method."""
        if self.everybody:
            return True
        permission = self.permission_for(method)
        return can(user, permission) if permission else bool(user.is_authenticated)


EVERYBODY = Declaration(everybody=True)
SIGNED_IN = Declaration()


def needs(permission: str, *, to_change: str = "") -> Callable[[V], V]:
    """Decorate a view function or class: only who has `permission` comes in.

    `to_change` names another permission for methods that change something (POST, PUT, DELETE ...).
    """
    for name in (permission, to_change or permission):
        if name not in PERMISSIONS:
            raise LookupError(f"{name} is not in the registry of permissions (vincle/web/permissions.py)")
    return _declaring(Declaration(see=permission, change=to_change or permission))


def open_to_everybody(view: V) -> V:
    """Decorate a view that anyone may see, signed in or not: sign-in pages, health."""
    return _declaring(EVERYBODY)(view)


def open_to_signed_in(view: V) -> V:
    """Decorate a view that belongs to whoever is signed in, whatever their role: their own account."""
    return _declaring(SIGNED_IN)(view)


def declared_by(view: Callable[..., Any]) -> Declaration | None:
    """What a view declared, or None."""
    declaration = getattr(view, "declaration", None)
    return declaration if isinstance(declaration, Declaration) else None


def _declaring(declaration: Declaration) -> Callable[[V], V]:
    def decorate(view: V) -> V:
        if isinstance(view, type):
            _declare_on_class(view, declaration)
        else:
            view.declaration = declaration  # type: ignore[attr-defined]
        return view

    return decorate


def _declare_on_class(view: Any, declaration: Declaration) -> None:
    # as_view() copies what is written on dispatch to the view function it returns.
    inherited = view.dispatch

    def dispatch(self: Any, *args: Any, **kwargs: Any) -> Any:
        return inherited(self, *args, **kwargs)

    dispatch.declaration = declaration  # type: ignore[attr-defined]
    view.dispatch = dispatch
