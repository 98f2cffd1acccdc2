"""People as vCards: what an address book shows of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vincle.apps.people.queries import directory
from vincle.apps.people.queries.contents import contact_points, shown_values
from vincle.apps.people.queries.criteria import Criteria
from vincle.engine.cards import Card, write_card
from vincle.flow.models import Identity, Person


def card_lines(criteria: Criteria, *, version: str) -> Iterator[str]:
    """The cards of who matches, a thousand people at a time."""
    for chunk in directory.in_chunks(criteria):
        yield "".join(write_card(card, version=version) for card in cards_of(chunk))


def write_cards(path: Path, criteria: Criteria, *, version: str) -> int:
    """The same into a file; returns how many cards."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for chunk in directory.in_chunks(criteria):
            count += len(chunk)
            file.writelines(write_card(card, version=version) for card in cards_of(chunk))
    return count


def cards_of(people: Sequence[Person]) -> list[Card]:
    """A card for each of them, in their order: what sources say that a card has a place for, e-mails, telephones."""
    numbers = [person.pk for person in people]
    contacts, values = contact_points(numbers), shown_values(numbers)
    return [_card(person, contacts[person.pk], values[person.pk]) for person in people]


def _card(person: Person, contacts: Iterable[tuple[Identity, bool]], values: dict[str, str]) -> Card:
    found: dict[str, list[str]] = defaultdict(list)
    for identity, is_preferred in contacts:
        found[identity.namespace].append(identity.value)
        if is_preferred:
            found["preferred"].append(identity.value)
    return Card(
        uid=f"urn:uuid:{person.uid}",
        emails=tuple(found["email"]),
        phones=tuple(found["phone"]),
        preferred=tuple(found["preferred"]),
        attributes={**_in_place(values), "name": person.name},
        revised=person.last_at,
    )


def _in_place(values: dict[str, str]) -> dict[str, str]:
    """Attributes for which a card has one place together."""
    surnames = [values.get("family_name", ""), values.get("second_family_name", "")]
    lines = [values.get("address", ""), values.get("address_line_2", ""), values.get("po_box", "")]
    return {
        **values,
        "family_name": " ".join(filter(None, surnames)),
        "address": ", ".join(filter(None, lines)),
        "region": values.get("region") or values.get("province", ""),
        "job_title": values.get("job_title") or values.get("job", ""),
    }
