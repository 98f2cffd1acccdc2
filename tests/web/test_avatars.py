"""Initials and colours of faces."""

import re

import pytest

from vincle.web.avatars import TONES, initials, tone
from web.test_static import STATIC


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mercè Roca", "MR"),
        ("maria josep de la torre", "MT"),
        ("Iu", "I"),
        ("olga.serra@example.org", "OS"),
        ("  ", "?"),
        ("", "?"),
        ("…", "?"),
        ("Núria (Girona) Òdena", "NÒ"),
        ("李 小龙", "李小"),
    ],
)
def test_initials(name, expected):
    assert expected == initials(name)


def test_somebody_always_has_the_same_colour():
    assert tone("olga@example.org") == tone("olga@example.org")


def test_all_colours_are_used():
    assert set(range(len(TONES))) == {tone(f"person {number}") for number in range(200)}


@pytest.mark.parametrize("pair", TONES, ids=[ground for ground, _ink in TONES])
def test_initials_can_be_read_on_their_colour(pair):
    assert contrast(*pair) >= 4.5


def test_the_style_sheet_has_these_very_colours():
    sheet = (STATIC / "components.css").read_text("utf-8")
    pairs = re.findall(r"\.face-tone-\d+ \{ background: (#\w+); color: (#\w+)", sheet)
    short = {"#fff": "#ffffff"}
    assert list(TONES) == [(short.get(ground, ground), short.get(ink, ink)) for ground, ink in pairs]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
