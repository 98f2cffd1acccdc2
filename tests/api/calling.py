"""A program that calls the API, for its tests."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.apps.tokens.facade import add_token
from vincle.kernel import clock
from vincle.web.scopes import SCOPES, SEES_CONFIDENTIAL

BASE = "/api/v1"


@dataclass(frozen=True)
class Program:
    """A program with a token."""

    secret: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        return Client().get(BASE + path, headers=self._headers(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        return Client().post(BASE + path, text, content_type="application/json", headers=self._headers(headers))

    def read(self, path: str) -> Any:
        """What is read, when it is there."""
        response = self.get(path)
        assert 200 == response.status_code, response.content
        return response.json()

    def do(self, path: str, body: Any = None, **headers: str) -> Any:
        """What a POST answers, when it is done."""
        response = self.post(path, body, **headers)
        assert response.status_code in {200, 201}, response.content
        return response.json()

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.secret}"} | named


def program_of(user: User, *scopes: str, name: str = "Shop", lasts: timedelta = timedelta(days=90)) -> Program:
    """A program that somebody let in, for these scopes, or for every operation."""
    wanted = scopes or [each for each in SCOPES if each != SEES_CONFIDENTIAL]
    made = add_token(actor=COMMAND_LINE, now=clock.now(), maker_id=user.pk, name=name, scopes=wanted, lasts=lasts)
    return Program(made.secret)


def problem(response: HttpResponse) -> tuple[int, str, str]:
    """Status, kind and sentence of an answer that says what went wrong."""
    assert "application/problem+json" == response["Content-Type"], response.content
    told = json.loads(response.content)
    assert response.status_code == told["status"]
    return response.status_code, told["type"].rpartition("#problem-")[2], told["detail"]
