"""What a guess is: a mapping, a reason for each column, and the questions that a person must answer."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import Literal, cast

from vincle.engine.tabular.header_words import words_of
from vincle.engine.tabular.mapping import DateOrder, Mapping, What, Who
from vincle.kernel.errors import BadInput
from vincle.kernel.words import slug


@dataclass(frozen=True, slots=True)
class Reason:
    """The role given to a column ('who', 'when', 'amount', 'property' ...) and a short sentence why."""

    role: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the file does not tell.

    `choices` are (value, how a person reads it); none when only the mapping itself can tell. When `needed`, nothing may
    be imported before it is answered; otherwise `default` is what the mapping does already.
    """

    key: str
    text: str
    choices: tuple[tuple[str, str], ...]
    default: str | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping to be looked at before it is used; `reasons` by column."""

    mapping: Mapping
    reasons: Dict[str, Reason]
    questions: tuple[Question, ...] = ()

    def answered(self, answers: Dict[str, str]) -> Mapping:
        """The mapping with the answers (question's key -> chosen value) put in.

        Raises `BadInput` for an answer that was not offered.
        """
        mapping = self.mapping
        asked = {question.key: question for question in self.questions}
        for key, value in answers.items():
            question = asked.get(key)
            offered = {choice for choice, _ in question.choices} if question else set()
            if question is None or (offered and value not in offered):
                raise BadInput(f"“{value}” is no answer to “{key}”.", f"Offered are {', '.join(sorted(offered))}.")
            mapping = _with(mapping, key, value)
        return mapping


def _with(mapping: Mapping, key: str, value: str) -> Mapping:
    when, amount = mapping.when, mapping.amount
    if key == "who":
        return replace(mapping, who=(Who(value, slug(words_of(value), separator="_") or "id"),))
    if key == "what":
        return replace(mapping, what=What(column=value))
    if key == "when":
        return replace(mapping, when=replace(when, column=value, moment=None))
    if key == "when.date_order":
        return replace(mapping, when=replace(when, date_order=cast("DateOrder", value)))
    if key == "amount.decimal" and amount is not None:
        return replace(mapping, amount=replace(amount, decimal=cast("Literal['.', ',']", value)))
    raise BadInput(f"“{key}” cannot be answered here.", "Change the mapping itself.")
