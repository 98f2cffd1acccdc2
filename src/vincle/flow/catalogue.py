"""The catalogue of kinds: the ones every installation knows, and how a kind first met is described."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Count

from vincle.flow.models import Interaction, Kind

LANGUAGES = ("en", "ca", "es")


@cache
def builtin() -> dict[str, dict[str, Any]]:
    """catalogue.toml, by kind name."""
    return tomllib.loads(files("vincle.flow").joinpath("catalogue.toml").read_text("utf-8"))


def seed() -> int:
    """Put the built-in kinds into the catalogue; kinds that are there stay as people left them. Returns how many
    are new."""
    known = set(Kind.objects.values_list("name", flat=True))
    new = [describe(name, "") for name in builtin() if name not in known]
    Kind.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def counts() -> dict[str, int]:
    """How many interactions of each kind the log holds, most frequent first. Reads the whole log."""
    names = dict(Kind.objects.values_list("id", "name"))
    counted = Interaction.objects.values("kind_id").annotate(rows=Count("id")).order_by("-rows")
    return {names[row["kind_id"]]: row["rows"] for row in counted}


def describe(name: str, words: str) -> Kind:
    """An unsaved `Kind`: from the built-in catalogue, else with the source's own words in every language."""
    entry = builtin().get(name)
    if entry is None:
        label = words.strip() or name.rpartition(".")[2].replace("-", " ").replace("_", " ").capitalize()
        carries = ["money", "score", "text"]
        return Kind(name=name, labels=dict.fromkeys(LANGUAGES, label[:200]), **_carrying(carries))
    return Kind(
        name=name,
        labels={language: entry[language] for language in LANGUAGES},
        icon=entry["icon"],
        tone=entry["tone"],
        builtin=True,
        **_carrying(entry["carries"]),
    )


def _carrying(carries: list[str]) -> dict[str, bool]:
    return {f"carries_{what}": what in carries for what in ("money", "score", "text")}
