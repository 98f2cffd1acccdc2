"""A question about moments that matter, and what came of it in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from vincle.apps.journeys import queries
from vincle.apps.journeys.queries import Journeys, kinds_named
from vincle.apps.journeys.saying import Speaker, steps_in
from vincle.apps.journeys.web.forms import QuestionForm, in_address
from vincle.apps.journeys.words import ALIKE, CLEAR, distance
from vincle.engine.effects import FEWEST
from vincle.flow.models import Kind

ASKED = (
    "kind",
    "outcome",
    "first_days",
    "within_days",
    "again",
    "exposures",
    "heeded",
    "randomised_by",
    "chosen",
)  # fmt: skip; in an address
SHOWN = 15  # of those that are clear, and of those that may be chance


@dataclass(frozen=True)
class Alike:
    """How far both sides are from each other in something that is heeded, as they are and as they are compared."""

    name: str
    before: str
    after: str
    still: bool


@dataclass(frozen=True)
class Told:
    """One exposure in a sentence with its figures; `apart` could not be compared. `is_well`: it is for the better."""

    words: str
    figures: str
    apart: int
    is_well: bool
    alike: list[Alike]

    @property
    def unlike(self) -> list[str]:
        """In what both sides still are not alike."""
        return [each.name for each in self.alike if each.still]


@dataclass(frozen=True)
class Answer:
    """What came of a question: what is clear, what may be chance, of which steps too few had them to tell."""

    said: Mapping[str, Any]
    followed: str
    heeded: list[str]
    lot: str
    clear: list[Told]
    chance: list[Told]
    few: list[str]
    few_hidden: int
    hidden: int

    @property
    def is_money(self) -> bool:
        return self.said.get("unit") == "money"

    @property
    def is_randomised(self) -> bool:
        return bool(self.said["kind"] == "randomised")

    @property
    def with_staff(self) -> bool:
        return any(row.get("what") == "staff" for row in self.said["moments"])


def context(found: Journeys, kinds: dict[str, Kind], given: QueryDict) -> dict[str, Any]:
    """What the card needs: the form, and what is known of the question it holds."""
    if "outcome" not in given:
        days = {name: given[name] for name in ("first_days", "within_days") if given.get(name, "").isdecimal()}
        return {"form": QuestionForm(journeys=found, kinds=kinds, initial=days)}
    form = QuestionForm(given, journeys=found, kinds=kinds)
    if not form.is_valid():
        return {"form": form}
    kept = queries.newest_moments(form.question)
    return {
        "form": form,
        "question": form.question,
        "address": urlencode({"case": form.question.case} | in_address(form.question), doseq=True),
        "answering": queries.under_way(form.question.name),
        "found": kept,
        "fewest": 2 * FEWEST,
        "answer": _answer(kept.said, form) if kept and kept.said else None,
    }


def answer_of(said: Mapping[str, Any], speaker: Speaker, *, first: float, within: float) -> Answer:
    """What the engine says of so many first days and days after, in the words of the speaker."""
    rows = said["moments"]
    told = [(row, _told(row, speaker)) for row in rows if row["estimate"] is not None]
    clear = [each for row, each in told if row["q"] < CLEAR]
    chance = [each for row, each in told if row["q"] >= CLEAR]
    few = [speaker.named(row) for row in rows if row["estimate"] is None]
    return Answer(
        said,
        speaker.followed(first, within),
        [speaker.heeded(name) for name in said["adjusted_for"]],
        speaker.heeded(said.get("randomised_by") or ""),
        clear[:SHOWN],
        chance[:SHOWN],
        few[:SHOWN],
        len(few[SHOWN:]),
        len(clear[SHOWN:]) + len(chance[SHOWN:]),
    )


def _answer(said: Mapping[str, Any], form: QuestionForm) -> Answer:
    question = form.question
    kinds = kinds_named([*filter(None, [question.outcome]), *steps_in(said)])
    speaker = Speaker(question.case, said, kinds, form.field_words)
    return answer_of(said, speaker, first=question.first_days, within=question.within_days)


def _told(row: Mapping[str, Any], speaker: Speaker) -> Told:
    alike = [
        Alike(speaker.heeded(name), distance(before), distance(after), after > ALIKE)
        for name, (before, after) in row.get("balance", {}).items()
    ]
    return Told(speaker.sentence(row), speaker.figures(row), row["apart"], speaker.is_well(row), alike)
