"""Reading a page as a browser would: what a form would send, what notices say."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class _Form(HTMLParser):
    """Gathers the fields of one form, with the values they have."""

    wanted: str
    values: dict[str, str] = field(default_factory=dict)
    action: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = False
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("id") == self.wanted
            self.action = said.get("action", self.action) if self._inside else self.action
        if not self._inside:
            return
        name = said.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if self._select not in self.values or "selected" in said:
                self.values[self._select] = said.get("value", "")
        elif tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "input" and name:
            self._input(name, said)

    def _input(self, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind == "file" or (kind in {"radio", "checkbox"} and "checked" not in said):
            return
        self.values[name] = said.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def form_on(response: Any, form_id: str) -> dict[str, str]:
    """What the form of that id on a page would send if nobody touched it."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    return parser.values


def undo_on(response: Any) -> str:
    """The address behind the Undo of the first notice on a page."""
    before = response.content.decode().split("data-toast-undo")[0]
    return before.rpartition('action="')[2].partition('"')[0].replace("&amp;", "&")
