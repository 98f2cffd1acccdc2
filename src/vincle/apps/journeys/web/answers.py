"""A question about moments that matter, and what came of it in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from vincle.apps.journeys import queries
from vincle.apps.journeys.asking import Question
from vincle.apps.journeys.queries import Found, Journeys, kinds_named
from vincle.apps.journeys.web.forms import QuestionForm
from vincle.apps.journeys.words import CLEAR, figures_words, moment_words
from vincle.engine.effects import FEWEST
from vincle.flow.models import Kind

ASKED = ("outcome", "first_days", "within_days", "again")  # in an address
SHOWN = 15  # of those that are clear, and of those that may be chance


@dataclass(frozen=True)
class Told:
    """One step, or two after one another, in a sentence with its figures; `apart` could not be compared."""

    words: str
    figures: str
    apart: int
    is_more: bool


@dataclass(frozen=True)
class Answer:
    """What came of a question: what is clear, what may be chance, of which steps too few had them to tell."""

    said: Mapping[str, Any]
    outcome: str
    clear: list[Told]
    chance: list[Told]
    few: list[str]
    hidden: int


def context(found: Journeys, kinds: dict[str, Kind], given: QueryDict) -> dict[str, Any]:
    """What the card needs: the form, and what is known of the question it holds."""
    if "outcome" not in given:
        return {"form": QuestionForm(journeys=found, kinds=kinds)}
    form = QuestionForm(given, journeys=found, kinds=kinds)
    if not form.is_valid():
        return {"form": form}
    kept = queries.newest_moments(form.question)
    return {
        "form": form,
        "question": form.question,
        "answering": queries.under_way(form.question.name),
        "found": kept,
        "fewest": 2 * FEWEST,
        "answer": _answer(kept, form.question) if kept and kept.said else None,
    }


def _answer(kept: Found, question: Question) -> Answer:
    said = kept.said or {}
    rows = said["moments"]
    names = [name for row in rows for name in (row["step"], row["former"]) if name]
    kinds = kinds_named([question.outcome, *names])
    outcome = kinds[question.outcome].label
    told = [(row, _told(row, kinds, outcome, question.case)) for row in rows if row["estimate"] is not None]
    clear = [each for row, each in told if row["q"] < CLEAR]
    chance = [each for row, each in told if row["q"] >= CLEAR]
    few = [_named(row, kinds) for row in rows if row["estimate"] is None]
    hidden = len(clear[SHOWN:]) + len(chance[SHOWN:])
    return Answer(said, outcome, clear[:SHOWN], chance[:SHOWN], few, hidden)


def _told(row: Mapping[str, Any], kinds: Mapping[str, Kind], outcome: str, case: str) -> Told:
    words = moment_words(row, kinds, outcome, case)
    return Told(words, figures_words(row), row["apart"], row["estimate"] > 0)


def _named(row: Mapping[str, Any], kinds: Mapping[str, Kind]) -> str:
    step = str(kinds[row["step"]].label)
    return f"{kinds[row['former']].label} → {step}" if row["former"] else step
