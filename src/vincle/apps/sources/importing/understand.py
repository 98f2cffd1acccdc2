"""How a file is understood, column by column, in plain sentences."""

from dataclasses import dataclass, field

from vincle.apps.sources.importing import file
from vincle.apps.sources.models import Import
from vincle.engine import tabular
from vincle.engine.tabular.mapping import Rows

_ROLES = {
    "who": "who it is about",
    "when": "when it happened",
    "what": "what happened",
    "channel": "the channel",
    "place": "the place",
    "amount": "the money",
    "quantity": "how many",
    "currency": "the currency",
    "score": "how satisfied they were",
    "text": "their words",
    "staff": "who on our side",
    "message id": "the number of the event",
    "attribute": "what is known of the person",
    "object": "what it was about",
    "objects": "what it was about",
    "label": "what that is called",
    "property": "kept as it is",
    "ignored": "left out",
}


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file would be brought in: a line for each column, the mapping as TOML, and the questions that must be
    answered first, with how to answer them on the command line."""

    lines: list[str]
    toml: str
    questions: list[str] = field(default_factory=list)
    answer_with: str = ""


def understand(this: Import, *, date_order: str | None = None, rows: Rows | None = None) -> Understood:
    """Guess what the columns of a file mean. `date_order` (dmy, mdy) answers how dates are written, if that is asked;
    `rows` says what each row is, which else is guessed too.

    Raises `BadInput` when the file cannot be read.
    """
    guess, mapping = file.guessed(this, date_order=date_order, rows=rows)
    answered = {"when.date_order"} if mapping.when.date_order else set()
    open_questions = [question for question in guess.questions if question.key not in answered]
    needed = [question for question in open_questions if question.needed]
    return Understood(
        lines=[
            *(_line(column, reason) for column, reason in guess.reasons.items()),
            *(question.text for question in open_questions if not question.needed),
        ],
        toml=mapping.to_toml(),
        questions=[_asked(question) for question in needed],
        answer_with=_how_to_answer([question.key for question in needed]),
    )


def _line(column: str, reason: tabular.Reason) -> str:
    return f"“{column}”: {_ROLES.get(reason.role, reason.role)}. {reason.why}"


def _asked(question: tabular.Question) -> str:
    choices = " or ".join(words for _, words in question.choices)
    return f"{question.text} ({choices})" if choices and question.key != "when.date_order" else question.text


def _how_to_answer(keys: list[str]) -> str:
    if not keys:
        return ""
    if keys == ["when.date_order"]:
        return "Say --day-first or --month-first."
    return "Write the guess with --save-map FILE, answer in that file, and give it back with --map FILE."
