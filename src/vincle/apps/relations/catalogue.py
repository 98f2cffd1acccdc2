"""Kinds of relation: those every installation knows, with what leads changed, and those they added."""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vincle.apps.relations.models import RelationKind
from vincle.kernel.errors import NotFound

LANGUAGES = ("en", "ca", "es")
PEOPLE, ORGANISATION, EITHER = "people", "organisation", "either"
HOUSEHOLD, WORKS_AT = "household", "works_at"
MOST_OWN = 200

Labels = dict[str, tuple[str, str]]  # by language, as said from the first and from the second


@dataclass(frozen=True)
class Kind:
    """How two may relate. `line`: nobody can be, even through others, at both ends of it."""

    name: str
    labels: Labels = field(default_factory=dict)
    between: str = PEOPLE
    symmetric: bool = False
    line: bool = False
    builtin: bool = True
    archived: bool = False
    order: int = 1_000

    def words(self, *, forward: bool) -> str:
        """How it reads from the first to the second, or back, in the reader's language, else in any."""
        language = (get_language() or "en").split("-")[0]
        known = [self.labels[each] for each in (language, "en", *LANGUAGES) if each in self.labels]
        return known[0][0 if forward else 1] if known else self.name

    @property
    def forward(self) -> str:
        return self.words(forward=True)

    @property
    def back(self) -> str:
        return self.words(forward=False)

    @property
    def with_people(self) -> bool:
        return self.between in {PEOPLE, EITHER}

    @property
    def with_organisations(self) -> bool:
        return self.between in {ORGANISATION, EITHER}


@cache
def builtin() -> dict[str, Kind]:
    """catalogue.toml, by name, in its order."""
    told = tomllib.loads(files("vincle.apps.relations").joinpath("catalogue.toml").read_text("utf-8"))
    return {
        name: Kind(
            name,
            labels={language: (entry[language][0], entry[language][1]) for language in LANGUAGES},
            between=entry["between"],
            symmetric=entry.get("symmetric", False),
            line=entry.get("line", False),
            order=place,
        )
        for place, (name, entry) in enumerate(told.items())
    }


def kinds() -> dict[str, Kind]:
    """Every kind by its name, archived ones too: the catalogue's in their order, then those added here."""
    known = dict(builtin())
    for row in RelationKind.objects.order_by("created_at", "id")[:MOST_OWN]:
        labels = {language: (words[0], words[1]) for language, words in row.labels.items()}
        base = known.get(row.name)
        if base is not None:
            known[row.name] = replace(base, labels=labels, archived=row.archived_at is not None)
        else:
            known[row.name] = Kind(
                row.name,
                labels,
                row.between,
                symmetric=row.symmetric,
                builtin=False,
                archived=row.archived_at is not None,
            )
    return known


def kind_named(name: str) -> Kind:
    """One kind; raises `NotFound`."""
    found = kinds().get(name)
    if found is None:
        raise NotFound(_("There is no such relation here."))
    return found
