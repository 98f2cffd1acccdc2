"""What happened, in the source's words and in ours."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.tabular import KINDS, kind_of
from vincle.engine.tabular.channels import channel_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Purchase", "order.placed"), ("order", "order.placed"), ("FACTURA", "order.placed"),
        ("Refund", "order.returned"),
        ("devolució", "order.returned"), ("E-mail", "email.received"), ("correu electrònic", "email.received"),
        ("Phone call", "call.received"), ("Trucada", "call.received"), ("Page_View", "page.viewed"),
        ("Sign-up", "account.opened"), ("Baja", "account.closed"), ("NPS", "survey.answered"),
        ("queixa", "complaint.made"),
        ("Anul·lació", "order.cancelled"),
    ],
)  # fmt: skip
def test_well_known_words_are_kinds_of_the_catalogue(words: str, kind: str) -> None:
    assert kind == kind_of(words, "shop")


@pytest.mark.parametrize("words", ["order.placed", "yoga.lesson_taken", "a.b.c2"])
def test_a_dotted_name_is_a_kind_already(words: str) -> None:
    assert words == kind_of(words, "shop")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Taller de ioga", "centre.taller_de_ioga"),
        ("W_Completeren aanvraag", "centre.w_completeren_aanvraag"),
        ("Order.Placed!", "order.placed"),
        ("x" * 300, "centre." + "x" * 60),
    ],
)
def test_other_words_are_kinds_of_the_source(words: str, kind: str) -> None:
    assert kind == kind_of(words, "centre")


def test_words_in_another_script_keep_apart() -> None:
    first, second = kind_of("注文", "shop"), kind_of("返品", "shop")
    assert first != second
    assert first.startswith("shop.kind_")


def test_words_of_the_catalogue_come_first() -> None:
    assert "yoga.taken" == kind_of("Taller de Ioga", "centre", {"taller de ioga": "yoga.taken"})


@given(words=st.text(min_size=1), source=st.text(min_size=1))
def test_every_kind_is_a_dotted_name_that_fits(words: str, source: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+", kind_of(words, source))
    assert len(kind_of(words, source)) <= 120


def test_the_table_speaks_of_dotted_kinds_only() -> None:
    assert [] == [kind for kind in KINDS.values() if not re.fullmatch(r"[a-z]+\.[a-z]+", kind)]
    assert "" not in KINDS


@pytest.mark.parametrize(
    ("words", "channel"),
    [
        ("Web", "web"),
        ("Telèfon", "phone"),
        ("In store", "shop"),
        ("Presencial", "counter"),
        ("Self-service", "self_service"),
    ],
)
def test_channels_are_known_by_many_names(words: str, channel: str) -> None:
    assert channel == channel_of(words)
