"""Everything the columns' page shows: the sheet of a file, what each column is taken for, how the first rows read."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from django.core.cache import cache

from vincle.apps.sources.importing import file
from vincle.apps.sources.importing.columns import (
    Choice,
    Role,
    Settings,
    choices_of,
    is_complete,
    mapping_of,
    settings_of,
)
from vincle.apps.sources.importing.reading import read
from vincle.apps.sources.models import Import
from vincle.apps.sources.web.concealing import Row, shown_reading, shown_rows
from vincle.apps.sources.web.mapping_form import NEW_KIND, SHOWN, choices_said, rows_said, settings_said, with_answers
from vincle.apps.sources.web.roles import DATE_ORDERS, ROLE_GROUPS
from vincle.engine import tabular
from vincle.engine.tabular.mapping import Rows
from vincle.flow.models import Kind
from vincle.kernel.errors import BadInput
from vincle.kernel.house import house
from vincle.web.permissions import Words

SAMPLED = 200
ROWS_READ = 10
EXAMPLES = 3
WORDS_SHOWN = 15
REMEMBERED = 15 * 60


@dataclass(frozen=True)
class ColumnLine:
    """One column on the page: some of its values, what it is taken for, and why it was guessed so."""

    place: int
    choice: Choice
    examples: list[str]
    why: str

    @property
    def is_property(self) -> bool:
        return self.choice.role == Role.PROPERTY


@dataclass(frozen=True)
class WordLine:
    """One of the words for what happened, the kind it would be, and the one somebody chose for it."""

    words: str
    times: int
    kind: str
    chosen: str


@dataclass
class Sheet:
    """A file's columns as they are understood at this moment. `rows` are the first that may be shown."""

    this: Import
    columns: tuple[str, ...]
    rows: list[dict[str, str | None]]
    guess: tabular.Guess
    choices: list[Choice]
    settings: Settings
    base: tabular.Mapping
    problem: BadInput | None = None
    _mapping: tabular.Mapping | None = field(default=None, init=False)

    @classmethod
    def begun(cls, this: Import) -> "Sheet":
        """As it was kept, else as it is guessed."""
        columns, rows = _columns_and_rows(this)
        kept = tabular.Mapping.from_toml(this.mapping) if this.mapping else None
        guess, guessed = _guessed(this, kept.rows if kept else None)
        base = kept or guessed
        return cls(this, columns, rows, guess, choices_of(base, columns), _unsaid(settings_of(base), guess, this), base)

    @classmethod
    def said(cls, this: Import, data: dict[str, str]) -> "Sheet":
        """As the page says; raises `BadInput` for what no page of ours says."""
        data = with_answers(data)
        columns, rows = _columns_and_rows(this)
        base = tabular.Mapping.from_toml(data.get("base", ""))
        wanted = rows_said(data, base.rows)
        guess, guessed = _guessed(this, wanted)
        if wanted != base.rows:  # what the columns were taken for was said of rows of another kind
            return cls(this, columns, rows, guess, choices_of(guessed, columns), settings_of(guessed), guessed)
        choices = choices_said(data, columns, choices_of(base, columns))
        settings = settings_said(data, this, settings_of(base))
        asked = data.get("who", "")
        if asked in columns:
            place = columns.index(asked)
            choices[place] = Choice(asked, Role.WHO, choices[place].detail)
        return cls(this, columns, rows, guess, choices, settings, base)

    def __post_init__(self) -> None:
        try:
            self._mapping = mapping_of(self.choices, self.settings, self.base)
        except BadInput as error:
            self.problem = error

    @property
    def toml(self) -> str:
        """The mapping to go on from."""
        return (self._mapping or self.base).to_toml()

    @cached_property
    def open_questions(self) -> list[tabular.Question]:
        """What must be answered before anything enters."""
        return [question for question in self.guess.questions if question.needed and not self._answers(question)]

    @cached_property
    def notes(self) -> list[tabular.Question]:
        """What was taken for granted and may be wrong."""
        mapping = self._mapping
        return [
            question
            for question in self.guess.questions
            if not question.needed and mapping is not None and _as_guessed(question.key, mapping, self.guess.mapping)
        ]

    @property
    def is_ready(self) -> bool:
        """Whether the whole file can be checked."""
        return self._mapping is not None and is_complete(self._mapping) and not self.open_questions and not self._failed

    @cached_property
    def lines(self) -> list[ColumnLine]:
        """The columns with fields: all of them, or the first and those that mean something."""
        return [self._line(place) for place in self._shown]

    @property
    def hidden_columns(self) -> int:
        """How many columns are not on the page."""
        return len(self.columns) - len(self._shown)

    @property
    def reading(self) -> list[Row]:
        """The first rows as they would enter; empty when they cannot be read yet."""
        return self._reading[0]

    @property
    def obstacle(self) -> BadInput | None:
        """Why the rows cannot be read yet."""
        return self.problem or self._reading[1]

    @cached_property
    def words(self) -> list[WordLine]:
        """The words in the column that says what happened, the most frequent first."""
        column = next((choice.column for choice in self.choices if choice.role == Role.WHAT), None)
        if column is None:
            return []
        counted = Counter(words for row in self.rows if (words := (row.get(column) or "").strip()))
        source, known = file.name_in_mappings(self.this.source), file.words_of_kinds()
        return [
            WordLine(words, times, file.kind_of_words(words, source, known), self.settings.kinds.get(words, ""))
            for words, times in counted.most_common(WORDS_SHOWN)
        ]

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kinds to choose from, by their words."""
        return sorted(Kind.objects.all()[:500], key=lambda kind: kind.label.casefold())

    @property
    def kind_choice(self) -> str:
        """What the choice of one kind for all rows shows."""
        known = {kind.name for kind in self.kinds}
        return self.settings.kind if not self.settings.kind or self.settings.kind in known else NEW_KIND

    @property
    def arrives(self) -> bool:
        """Whether these are samples of what a program sends by itself: what says no moment happens when it arrives."""
        return file.arrives(self.this)

    @property
    def of_people(self) -> bool:
        """Whether each row is a person, and nothing that happened."""
        return self.base.rows == "people"

    def has(self, role: str) -> bool:
        """Whether any column is taken for that."""
        return any(choice.role == role for choice in self.choices)

    @property
    def without_what(self) -> bool:
        return not self.of_people and not self.has(Role.WHAT)

    @property
    def without_when(self) -> bool:
        return not self.has(Role.WHEN)

    @property
    def with_amount(self) -> bool:
        return self.has(Role.AMOUNT)

    @property
    def without_currency(self) -> bool:
        return self.with_amount and not self.has(Role.CURRENCY)

    @property
    def with_score(self) -> bool:
        return self.has(Role.SCORE)

    @property
    def without_place(self) -> bool:
        return not self.of_people and not self.has(Role.PLACE) and not self.has(Role.CHANNEL)

    @property
    def role_groups(self) -> list[tuple[Words, list[tuple[str, Words]]]]:
        return ROLE_GROUPS

    @property
    def date_orders(self) -> list[tuple[str, Words]]:
        return DATE_ORDERS

    @property
    def _failed(self) -> bool:
        return self._reading[1] is not None

    @cached_property
    def _shown(self) -> list[int]:
        meaning = [place for place, choice in enumerate(self.choices) if choice.role != Role.PROPERTY]
        return sorted({*range(min(SHOWN, len(self.columns))), *meaning[:SHOWN]})

    def _line(self, place: int) -> ColumnLine:
        choice = self.choices[place]
        values = dict.fromkeys(value for row in self.rows if (value := row.get(choice.column)))
        examples = [value if len(value) <= 32 else f"{value[:31]}…" for value in list(values)[:EXAMPLES]]
        reason = self.guess.reasons.get(choice.column)
        guessed = choices_of(self.guess.mapping, [choice.column])[0].role
        return ColumnLine(place, choice, examples, reason.why if reason and guessed == choice.role else "")

    def _answers(self, question: tabular.Question) -> bool:
        if question.key == "when.date_order":
            changed = self._mapping is not None and self._mapping.when.column != self.guess.mapping.when.column
            return changed or self.settings.date_order in {value for value, _ in question.choices}
        if question.key == "amount.decimal":
            return self.settings.decimal in {".", ","} or not self.with_amount
        roles = {"who": (Role.WHO, Role.EMAIL, Role.PHONE), "when": (Role.WHEN,), "what": (Role.WHAT,)}
        return any(self.has(role) for role in roles.get(question.key, ()))

    @cached_property
    def _reading(self) -> tuple[list[Row], BadInput | None]:
        if self._mapping is None:
            return [], None
        try:
            return shown_reading(read(file.first_rows(self.this, self._mapping, ROWS_READ))[:ROWS_READ]), None
        except BadInput as error:
            return [], error


def _columns_and_rows(this: Import) -> tuple[tuple[str, ...], list[dict[str, str | None]]]:
    columns, rows = file.columns_and_rows(this, SAMPLED)
    return columns, shown_rows(rows)


def _guessed(this: Import, rows: Rows | None) -> tuple[tabular.Guess, tabular.Mapping]:
    """The guess, remembered for as long as somebody is likely to look at it: it is asked for at every change."""
    key = f"sources.guess.{this.uid}.{sha256(repr((this.options, this.source_id, house(), rows)).encode()).hexdigest()}"
    found: tuple[tabular.Guess, tabular.Mapping] | None = cache.get(key)
    if found is None:
        found = file.guessed(this, rows=rows)
        cache.set(key, found, REMEMBERED)
    return found


def _unsaid(settings: Settings, guess: tabular.Guess, this: Import) -> Settings:
    """A guess must not look like an answer: what is asked and was never answered is left open."""
    asked = {question.key for question in guess.questions if question.needed}
    if "amount.decimal" in asked and not this.mapping:
        settings = replace(settings, decimal="")
    return settings


def _as_guessed(key: str, mapping: tabular.Mapping, guessed: tabular.Mapping) -> bool:
    part = key.partition(".")[0]
    return getattr(mapping, part, None) == getattr(guessed, part, None)
