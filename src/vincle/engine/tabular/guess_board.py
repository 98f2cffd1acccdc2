"""The table on which a guess is laid out: columns that are still free, and what has been said of the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vincle.engine.tabular.guesses import Question, Reason
from vincle.engine.tabular.header_words import fit
from vincle.engine.tabular.profiles import Dates, Profile

Test = Callable[[Profile], bool]


@dataclass(slots=True)
class Board:
    """Columns in the order of the file; each has one role at most."""

    columns: list[Profile]
    dates: dict[str, Dates]
    reasons: dict[str, Reason] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def free(self) -> list[Profile]:
        """The columns without a role."""
        return [column for column in self.columns if column.name not in self.reasons]

    def take(self, column: Profile, role: str, why: str) -> Profile:
        """Give a column its role."""
        self.reasons[column.name] = Reason(role, why)
        return column

    def ask(self, question: Question) -> None:
        """Add a question for a person."""
        self.questions.append(question)

    def fitting(self, phrases: frozenset[str], test: Test, least: float = 1.0) -> list[tuple[float, Profile]]:
        """Free columns whose name fits and whose cells pass the test, best first; (how well, column)."""
        scored = [(fit(column.words, phrases), column) for column in self.free()]
        return sorted(
            ((score, column) for score, column in scored if score >= least and test(column)),
            key=lambda pair: (-pair[0], -pair[1].filled),
        )

    def best(self, phrases: frozenset[str], test: Test, least: float = 1.0) -> Profile | None:
        """The free column that fits best."""
        return next((column for _, column in self.fitting(phrases, test, least)), None)

    def is_date(self, column: Profile) -> bool:
        """Whether the cells of a column are dates."""
        return self.dates.get(column.name, _NO_DATES).share >= 0.8


_NO_DATES = Dates(0.0)


def choices(columns: Iterable[Profile]) -> tuple[tuple[str, str], ...]:
    """Columns as choices of a question, each shown with some of its values."""
    return tuple((column.name, f"“{column.name}” ({_examples(column)})") for column in columns)


def _examples(column: Profile) -> str:
    shown = [value if len(value) <= 40 else f"{value[:39]}…" for value in dict.fromkeys(column.values[:3])]
    return ", ".join(shown) or "empty"


def anything(_: Profile) -> bool:
    """A test that every column passes."""
    return True


def numeric(column: Profile) -> bool:
    """Nearly all cells are numbers or amounts."""
    return column.numbers >= 0.9


def few(column: Profile) -> bool:
    """A handful of short values that repeat: words for something, not descriptions of it."""
    limit = 200 if len(column.values) >= 100 else 30
    repeats = column.variety <= 0.5 or len(column.values) < 20
    return bool(column.values) and column.distinct <= limit and repeats and column.length <= 60
