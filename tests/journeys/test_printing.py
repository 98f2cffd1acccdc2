"""A map on paper and as a picture: what stands in it, and that nothing written in it can do anything."""

import re
import struct
from typing import Any

import msgspec
import pytest
from django.test import RequestFactory
from django.utils import translation

from journeys.drawn_charts import chart_of
from journeys.papers import said_by
from vincle.apps.journeys.patterns import patterns
from vincle.apps.journeys.printing.download import download
from vincle.apps.journeys.printing.picture import picture
from vincle.apps.journeys.printing.sheet import sheet_of
from vincle.engine.journeys.journey import Journey, from_data

pytestmark = pytest.mark.once

HOSTILE = '#read("/etc/passwd") #import "@preview/cetz:0.1.0": * $x^2$ *bold* <size> // no \\u{41} `raw`'


def client(language: str = "en") -> Journey:
    return from_data(patterns()[0].document(language))


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page\b", pdf))


def test_a_map_says_its_lanes_and_touchpoints_on_one_page_of_a3() -> None:
    drawn = picture(client("ca"), format="pdf", language="ca")
    said = said_by(drawn)
    for words in ("Informació prèvia", "Resolució de problemes", "Reparació, amb nom", "Tenir preus"):
        assert words in said
    assert b"/MediaBox[0 0 1190.551" in drawn
    assert pages_of(drawn) == 1


def test_the_file_says_what_it_is_and_is_tagged_for_screen_readers() -> None:
    drawn = picture(client("ca"), format="pdf", language="ca")
    assert b"/Title(Viatge del client)" in drawn
    assert b"/Lang(ca)" in drawn
    assert b"/Marked true" in drawn


def test_the_real_figures_stand_beside_the_design() -> None:
    journey = client()
    said = said_by(picture(journey, format="pdf", language="en", chart=chart_of(journey)))
    for words in (
        "1,204 people · until 12 Nov 2026 · 71% follow the design", "602 · 50% (47.2% to 52.8%) · 3 days",
        "−0.4 (−0.6 to −0.2)", "602 people, 900 times", "Not designed: Review", "2 more kinds not designed", "€12,340",
        "Before any stage: 12 people, 80 times",
    ):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("kind", ["pdf", "png", "svg"])
def test_the_same_journey_gives_the_same_bytes(kind: Any) -> None:
    journey = client()
    assert picture(journey, format=kind, language="en") == picture(journey, format=kind, language="en")


def test_what_people_write_is_text_and_does_nothing() -> None:
    hostile = {
        "key": "a", "name": HOSTILE, "wants": f"{HOSTILE}\u0000\u0007", "touchpoints": [{"key": "t", "name": HOSTILE}],
    }  # fmt: skip
    journey = msgspec.convert({"name": HOSTILE, "about": HOSTILE, "stages": [hostile]}, Journey)  # not even checked
    said = said_by(picture(journey, format="pdf", language="en"))
    for words in ('#read("/etc/passwd")', "*bold*", "$x^2$", "<size>", "\\u{41}", "`raw`"):
        assert words in said
    assert "root:" not in said


def test_a_long_word_is_broken_and_not_lost() -> None:
    journey = from_data({"name": "A", "stages": [{"key": "a", "name": "A", "wants": "w" * 4000}]})
    said = said_by(picture(journey, format="pdf", language="en"))
    assert "w" * 4000 in said.replace("\u200b", "")


def test_many_stages_are_shared_out_among_pages() -> None:
    one = client().stages[0]
    nine = msgspec.structs.replace(
        client(), aim=None, stages=tuple(msgspec.structs.replace(one, key=f"s{n}") for n in range(9))
    )
    assert pages_of(picture(nine, format="pdf", language="en")) == 2


def test_the_largest_map_stays_within_bounds_and_says_that_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vincle.apps.journeys.printing.picture.MOST_LETTERS", 30_000)
    monkeypatch.setattr("vincle.apps.journeys.printing.picture.MOST_DOTS", 2_000_000)
    cards = [{"key": f"t{n}", "name": "A touchpoint", "words": "Many words. " * 300} for n in range(20)]
    stages = [{"key": f"s{n}", "name": f"Stage {n}", "touchpoints": cards} for n in range(30)]
    journey = from_data({"name": "Everything", "stages": stages})
    drawn = picture(journey, format="png", language="en")
    width, height = struct.unpack(">II", drawn[16:24])
    assert width * height <= 2_020_000
    assert "Long texts are cut here" in said_by(picture(journey, format="pdf", language="en"))


def test_lanes_that_say_nothing_are_not_there() -> None:
    journey = from_data({"name": "A", "stages": [{"key": "a", "name": "A", "wants": "To start"}]})
    assert sheet_of(journey).lanes == {"wants": "What they want"}


def test_it_is_kept_under_the_name_of_the_journey_in_the_language_of_the_reader() -> None:
    journey = client("ca")
    with translation.override("ca"):
        response = download(RequestFactory().get("/"), journey, "svg", chart_of(journey))
    assert response.headers["Content-Disposition"] == 'attachment; filename="viatge-del-client.svg"'
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
