"""What other rooms, and the command line, may call."""

from vincle.apps.accounts.actions import (
    Invitation,
    add_user,
    change_organisation,
    change_role,
    deactivate,
    invite,
    issue_login_link,
    reactivate,
    record,
    set_password,
)
from vincle.apps.accounts.actor import COMMAND_LINE, Actor
from vincle.apps.accounts.audit import name as name_action
from vincle.apps.accounts.colleagues import (
    Colleague,
    colleague_by_email,
    colleague_by_id,
    colleague_by_number,
    colleagues,
)
from vincle.apps.accounts.entries import Entry, entries_since, latest_entries
from vincle.apps.accounts.forgetting import LONG_ENOUGH, entries_about, without_names, without_words
from vincle.apps.accounts.own import OwnPart, add_own_part
from vincle.apps.accounts.queries import anybody_here, organisation

__all__ = [
    "COMMAND_LINE",
    "LONG_ENOUGH",
    "Actor",
    "Colleague",
    "Entry",
    "Invitation",
    "OwnPart",
    "add_own_part",
    "add_user",
    "anybody_here",
    "change_organisation",
    "change_role",
    "colleague_by_email",
    "colleague_by_id",
    "colleague_by_number",
    "colleagues",
    "deactivate",
    "entries_about",
    "entries_since",
    "invite",
    "issue_login_link",
    "latest_entries",
    "name_action",
    "organisation",
    "reactivate",
    "record",
    "set_password",
    "without_names",
    "without_words",
]
