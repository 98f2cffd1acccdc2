"""What a person says of a file's columns on the page, read back into choices and settings."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence

from vincle.apps.sources.importing.columns import Choice, Role, Settings, name_for
from vincle.apps.sources.importing.file import name_in_mappings
from vincle.apps.sources.models import Import
from vincle.engine.tabular.mapping import Rows
from vincle.kernel.errors import BadInput
from vincle.kernel.words import slug

NEW_KIND = "+"  # "something else", with words of one's own
_ANSWERS = {"when.date_order": "date_order", "amount.decimal": "decimal", "who": "who"}  # question -> field
SHOWN = 60  # columns with fields on the page; a file may have two thousand


def with_answers(data: Dict[str, str]) -> dict[str, str]:
    """What the page says, where an answer to a question wins over the field that says the same."""
    answers = {field: data[f"answer-{key}"] for key, field in _ANSWERS.items() if f"answer-{key}" in data}
    return {**data, **answers}


def rows_said(data: Dict[str, str], before: Rows) -> Rows:
    """What each row is, as the page says."""
    said = data.get("rows", before)
    if said == "people":
        return "people"
    if said == "happenings":
        return "happenings"
    raise BadInput(f"A row of a file cannot be “{said[:40]}”.")


def choices_said(data: Dict[str, str], columns: Sequence[str], before: Sequence[Choice]) -> list[Choice]:
    """The role of each column as the page says; of columns it does not show, as `before`."""
    return [_choice(data, place, column, before[place]) for place, column in enumerate(columns)]


def settings_said(data: Dict[str, str], this: Import, before: Settings) -> Settings:
    """What the page says beside the columns; what it has no field for is as `before`."""
    kind, label = _kind(data, this, before)
    return Settings(
        kind=kind,
        label=label,
        kinds=_kinds(data, before),
        moment=_moment(data, before),
        date_order=data.get("date_order", before.date_order),
        timezone=data.get("timezone") or before.timezone,
        channel=data.get("channel", before.channel).strip()[:40],
        place=data.get("place", before.place).strip()[:200],
        currency=data.get("currency", before.currency).strip().upper(),
        decimal=data.get("decimal", before.decimal),
        low=_number(data.get("low"), before.low),
        high=_number(data.get("high"), before.high),
    )


def _choice(data: Dict[str, str], place: int, column: str, before: Choice) -> Choice:
    said = data.get(f"role-{place}")
    if said is None:
        return before
    try:
        role = Role(said)
    except ValueError as error:
        raise BadInput(f"“{column}” cannot be taken for “{said[:40]}”.") from error
    detail = data.get(f"detail-{place}", "").strip()[:60]
    if role != before.role and detail == before.detail:
        detail = ""  # it was said of the former role
    if role == Role.WHO:
        detail = slug(detail, separator="_") or name_for(column)
        detail = detail if detail[0].isalpha() else f"id_{detail}"
    elif role in {Role.ATTRIBUTE, Role.OBJECT}:
        detail = slug(detail, separator="_") or name_for(column)
    else:
        detail = ""
    return Choice(column, role, detail)


def _kind(data: Dict[str, str], this: Import, before: Settings) -> tuple[str, str]:
    said = data.get("kind")
    if said is None:
        return before.kind, before.label
    if said != NEW_KIND:
        return said.strip(), before.label if said == before.kind else ""
    words = " ".join(data.get("kind_words", "").split())[:80]
    name = slug(words, separator="_")
    return (f"{name_in_mappings(this.source)}.{name[:60]}", words) if name else ("", "")


def _moment(data: Dict[str, str], before: Settings) -> str:
    """The page shows the day only: one that was not changed keeps its hour, so that what two files of one day say
    stands in the order they came."""
    said = data.get("moment", before.moment).strip()
    return before.moment if said == before.moment[:10] else said


def _kinds(data: Dict[str, str], before: Settings) -> dict[str, str]:
    found = dict(before.kinds)
    for place in range(SHOWN):
        words = data.get(f"word-{place}")
        if words is None:
            break
        chosen = data.get(f"wordkind-{place}", "")
        if chosen:
            found[words] = chosen
        else:
            found.pop(words, None)
    return found


def _number(said: str | None, before: float) -> float:
    try:
        number = float((said or "").replace(",", "."))
    except ValueError:
        return before
    return number if -1e9 < number < 1e9 else before
