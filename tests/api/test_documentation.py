"""The examples of the pages for users work as they stand."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from api.calling import program_of
from vincle.api.problems import BROKEN, KINDS, METHOD
from vincle.web.scopes import SCOPES

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
POSTED = re.compile(r"curl -X POST http://127\.0\.0\.1:8000(\S+).*?-d '(.*?)'\n", re.DOTALL)


@pytest.mark.django_db
def test_what_the_page_says_to_send_is_taken(olga):
    secret = program_of(olga).secret
    examples = POSTED.findall(PAGE)
    answers = [
        Client().post(path, body, content_type="application/json", headers={"Authorization": f"Bearer {secret}"})
        for path, body in examples
    ]
    assert [201, 200] == [each.status_code for each in answers]
    assert ["/api/v1/people", "/api/v1/interactions"] == [path for path, _body in examples]
    assert 1 == json.loads(answers[1].content)["entered"]


def test_the_page_names_every_scope_and_every_problem():
    known = [*SCOPES, *(kind.name for kind in (*KINDS.values(), METHOD))]
    assert [] == [name for name in known if f"`{name}`" not in PAGE]
    assert f"`{BROKEN.name}`" not in PAGE
