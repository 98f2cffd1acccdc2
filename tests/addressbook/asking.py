"""Asking the address book as devices do."""

import base64
from typing import Any
from xml.etree import ElementTree as ET

from django.test import Client

from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.models import User
from vincle.apps.addressbook import actions

SPACES = {"d": "DAV:", "card": "urn:ietf:params:xml:ns:carddav", "cs": "http://calendarserver.org/ns/"}
BOOK = "/dav/books/people/"
_OPENING = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())


class Device:
    """A telephone with its password."""

    def __init__(self, user: User, password: str = "") -> None:
        self.password = password or actions.make_password(actor=Actor.of(user), now=NOW, device="my telephone")
        self.basic = base64.b64encode(f"{user.email}:{self.password}".encode()).decode()
        self.client = Client()

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Any:
        """One request; `{x}` in the body opens the names of WebDAV."""
        sent = body.replace("{x}", _OPENING).encode() if isinstance(body, str) else body
        return self.client.generic(
            method, path, sent, "application/xml", headers={"Authorization": f"Basic {self.basic}", **headers}
        )

    def told(self, method: str, path: str, body: str = "", **headers: str) -> ET.Element:
        """The multistatus it is answered with."""
        response = self.ask(method, path, body, **headers)
        assert response.status_code == 207, (response.status_code, response.content)
        return ET.fromstring(response.content)  # noqa: S314 - our own server


def find(*names: str) -> str:
    """A PROPFIND for these properties."""
    return f"<d:propfind {{x}}><d:prop>{''.join(f'<{name}/>' for name in names)}</d:prop></d:propfind>"


def changes(token: str = "", limit: int | None = None) -> str:
    """A sync-collection report."""
    most = f"<d:limit><d:nresults>{limit}</d:nresults></d:limit>" if limit else ""
    return (
        f"<d:sync-collection {{x}}><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>{most}"
        "<d:prop><d:getetag/></d:prop></d:sync-collection>"
    )


def texts(found: ET.Element, path: str) -> list[str]:
    """The texts at a path, in order."""
    return [each.text or "" for each in found.iterfind(path, SPACES)]


def statuses(found: ET.Element) -> dict[str, str]:
    """href -> the code of what is said of it as a whole."""
    return {
        each.findtext("d:href", "", SPACES): status.split()[1]
        for each in found.iterfind("d:response", SPACES)
        if (status := each.findtext("d:status", "", SPACES))
    }


def two_people() -> None:
    """Mercè and Joan can be reached; whoever has only a number of the shop is not in the book."""
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=[("email", "merce@example.org")]),
        happened("C2", "2026-05-02 10:00", name="Joan Serra", links=[("phone", "+34600111222")]),
        happened("C3", "2026-05-02 10:00", name="Nobody Reachable"),
    )
