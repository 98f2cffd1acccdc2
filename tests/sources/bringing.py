"""Bringing a file in through its pages, step by step."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sources.pages import form_on
from sources.stories import work
from vincle.apps.sources.models import Import

SALES = (
    "email,name,date,what,shop,amount,currency,comment",
    "merce@example.org,Mercè Roca,2026-05-03 10:20,Purchase,Girona,38.40,EUR,",
    "joan@example.org,Joan Ferrer,2026-05-04 12:41,Purchase,Girona,12.00,EUR,",
    "joan@example.org,Joan Ferrer,2026-05-11 09:15,Complaint,Phone,,,The eggs came broken",
    "rosa@example.org,Rosa Mas,2026-05-06 17:30,Wine tasting,Girona,,,",
)
BROKEN = (
    *SALES,
    *(f"pau@example.org,Pau Vila,2026-06-{day:02} 09:00,Purchase,Girona,3.00,EUR," for day in range(1, 11)),
    ",Nobody,2026-05-06 17:30,Purchase,Girona,3.00,EUR,",
    "rosa@example.org,Rosa Mas,2026-02-31,Purchase,Girona,3.00,EUR,",
    "anna@example.org,Anna Vila,2026-02-30,Purchase,Girona,3.00,EUR,",
)


def at(name: str, this: Import) -> str:
    """The address of one of an import's pages."""
    return reverse(f"sources:{name}", args=[this.uid])


def bytes_of(lines: tuple[str, ...]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def arrive(client: Client, *lines: str, name: str = "sales.csv", source: str = "Shop") -> Import:
    """Send a file by the page; it waits for its columns."""
    sent = {"file": SimpleUploadedFile(name, bytes_of(lines or SALES)), "source": source}
    response = client.post(reverse("sources:upload"), sent)
    assert response.status_code == 302, response.content.decode()
    return Import.objects.order_by("-id")[0]


def columns(client: Client, this: Import, **changes: str) -> dict[str, str]:
    """What the columns' page would send, with some fields changed."""
    return {**form_on(client.get(at("columns", this)), "sheet-form"), **changes}


def role_of(client: Client, this: Import, column: str) -> str:
    """The name of the field that says what a column is taken for."""
    sheet = client.get(at("columns", this)).context["sheet"]
    return next(f"role-{line.place}" for line in sheet.lines if line.choice.column == column)


def check(client: Client, this: Import, **changes: str) -> Import:
    """Send the columns, and do the check that follows."""
    response = client.post(at("columns", this), columns(client, this, **changes))
    assert response.status_code == 302, response.context["sheet"].obstacle
    work()
    this.refresh_from_db()
    return this


def bring_in(client: Client, this: Import) -> Import:
    """Press the button, and do the work that follows."""
    client.post(at("import_run", this))
    work()
    this.refresh_from_db()
    return this


def whole(client: Client, *lines: str, **more: Any) -> Import:
    """All steps at once."""
    return bring_in(client, check(client, arrive(client, *lines, **more)))


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()
