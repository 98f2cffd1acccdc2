"""How the client asks: with its token, again when that is safe, and with the server's own words when it is refused."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from vincle_client.converting import from_plain, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

T_co = TypeVar("T_co", covariant=True)
_NOT_CHANGED = 304
_AGAIN = {429, 502, 503, 504}


class Problem(Exception):
    """The server says no: `status`, `kind` ("input", "scope" ...), `detail` in a sentence, `hint` what to do, `errors`
    where in the request it lies."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        self.status = status
        self.kind = str(told.get("type", "")).rpartition("#problem-")[2]
        self.detail = str(told.get("detail", f"The server answered {status}."))
        self.hint = str(told.get("hint", ""))
        self.errors: list[dict[str, str]] = list(told.get("errors", []))
        super().__init__(f"{self.detail} {self.hint}".strip())


class Unreachable(Exception):
    """No answer came, however often it was tried."""


class NotChanged(Exception):
    """What was asked for with `if_none_match` is what the caller has already."""


class _Page(Protocol[T_co]):
    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next(self) -> str | None: ...


class Asking:
    """One server and one token. `attempts`: how often something is tried that was not answered, or not now."""

    def __init__(self, base: str, token: str, *, seconds: float = 30.0, attempts: int = 4) -> None:
        self.base = base.rstrip("/") + "/api/v1"
        self.seconds = seconds
        self.attempts = attempts
        self.answered: dict[str, str] = {}
        """The headers of the last answer, by their names in small letters: its `etag`."""
        self._token = token

    def pages(self, ask: Callable[..., _Page[T_co]], **question: Any) -> Iterator[T_co]:
        """All that a list holds, page after page: `pages(client.list_people, search="roca")`."""
        cursor = ""
        while True:
            page = ask(**question, cursor=cursor)
            yield from page.items
            if not page.next:
                return
            cursor = page.next

    def _ask(
        self,
        method: str,
        path: str,
        answers: Mapping[int, Any],
        *,
        query: Mapping[str, Any] | None = None,
        given: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Any:
        url = self.base + urllib.parse.quote(path)
        asked = {name: _written(value) for name, value in (query or {}).items() if value not in (None, "")}
        if asked:
            url += "?" + urllib.parse.urlencode(asked)
        body = None if given is None else json.dumps(plain(given)).encode()
        said = {name: value for name, value in (headers or {}).items() if value is not None}
        if method == "POST":
            said.setdefault("Idempotency-Key", str(uuid.uuid4()))  # so that it may be sent again
        status, text = self._sent(method, url, body, said)
        if status == _NOT_CHANGED:
            raise NotChanged
        if status not in answers:
            raise Problem(status, _told(text))
        return from_plain(answers[status], json.loads(text))

    def _sent(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        whole = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"} | dict(headers)
        if body is not None:
            whole["Content-Type"] = "application/json"
        for attempt in range(1, self.attempts + 1):
            pause = 0.2 * 2**attempt
            request = urllib.request.Request(url, data=body, headers=whole, method=method)  # noqa: S310
            try:
                with urllib.request.urlopen(request, timeout=self.seconds) as response:  # noqa: S310
                    self.answered = {name.lower(): value for name, value in response.headers.items()}
                    return response.status, response.read()
            except urllib.error.HTTPError as error:
                with error:
                    self.answered = {name.lower(): value for name, value in error.headers.items()}
                    if error.code not in _AGAIN or attempt == self.attempts:
                        return error.code, error.read()
                    wait = error.headers.get("Retry-After", "")
                    pause = min(float(wait), 60.0) if wait.isdecimal() else pause
            except (OSError, urllib.error.URLError) as error:
                if attempt == self.attempts:
                    raise Unreachable(f"{self.base} does not answer: {error}") from error
            time.sleep(pause)
        raise Unreachable(f"{self.base} does not answer.")


def _written(value: Any) -> str:
    return str(plain(value))


def _told(text: bytes) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
