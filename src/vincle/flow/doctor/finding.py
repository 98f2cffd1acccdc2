"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Well; worth a look, everything works; something does not work."""

    OK = "ok"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's result: its subject, how it stands, what was seen, and what to do where something should be."""

    name: str
    state: State
    seen: str
    advice: str = ""


def ok(name: str, seen: str) -> Finding:
    return Finding(name, State.OK, seen)


def attention(name: str, seen: str, advice: str) -> Finding:
    return Finding(name, State.ATTENTION, seen, advice)


def broken(name: str, seen: str, advice: str) -> Finding:
    return Finding(name, State.BROKEN, seen, advice)
