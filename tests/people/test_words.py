"""How the room says what the log holds in codes."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from vincle.apps.people.words import (
    attribute_words,
    calm,
    channel_words,
    namespace_words,
    place_words,
    score_words,
    span_words,
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("namespace", "words"),
    [
        ("email", "e-mail"),
        ("customer_id@shop", "customer number · The shop"),
        ("loyalty_card@gone", "loyalty card · gone"),
        ("a@b@c", "a · b@c"),
    ],
)
def test_a_namespace_is_said_with_its_source(namespace, words):
    assert words == namespace_words(namespace, {"shop": "The shop"})


def test_what_has_no_words_speaks_for_itself():
    assert "pigeon" == channel_words("pigeon")
    assert "shoe size" == attribute_words("shoe_size")


def test_a_place_is_said_after_its_channel():
    assert ("shop · Girona", "shop") == (place_words("shop", "Girona"), place_words("shop", ""))


@pytest.mark.parametrize(
    ("score", "tone"),
    [(-1, "warm"), (-0.6, "warm"), (-0.21, "warm"), (0, "plain"), (0.2, "plain"), (0.21, "well"), (1, "well")],
)
def test_a_score_is_said_with_a_tone(score, tone):
    words, found, _icon = score_words(score)
    assert tone == found
    assert words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2017, 3, 1), date(2017, 3, 31), "Mar 2017"),
        (date(2017, 1, 1), date(2017, 3, 31), "Jan – Mar 2017"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2015, 1, 1), date(2019, 12, 31), "2015 – 2019"),
    ],
)
def test_a_stretch_of_months_is_said_as_briefly_as_it_can_be(first, last, words):
    assert words == span_words(first, last)


@pytest.mark.parametrize(
    ("label", "calmed"), [("FLUID MILK", "Fluid milk"), ("XML", "XML"), ("Rye bread", "Rye bread"), ("", "")]
)
def test_labels_in_capitals_are_calmed(label, calmed):
    assert calmed == calm(label)
