"""The entrance: finds the command that is asked for, and tells errors in one sentence."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from vincle import __version__
from vincle.cli import trouble
from vincle.cli.catalogue import COMMANDS

ENDING = """\
Every command tells more with --help. The home folder is --home DIR, else VINCLE_HOME, else var/vincle.

Exit codes: 0 done · 1 failed · 2 unusable input · 3 not found · 4 not ready · 5 refused · 130 interrupted

Example: vincle demo
"""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `vincle` with `arguments` (by default those of the process) and end the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    words = [word for word in words if word != "--debug"]
    if not words or words[0] in {"--help", "-h", "help"}:
        sys.stdout.write(overview())
        sys.exit(0)
    if words[0] == "--version":
        sys.stdout.write(f"vincle {__version__}\n")
        sys.exit(0)
    command = COMMANDS.get(words[0])
    if command is None:
        sys.stderr.write(_unknown(words[0]))
        sys.exit(2)
    with trouble.told(words, debug=debug):
        command.load()(args=words[1:], prog_name=f"vincle {words[0]}")
    sys.exit(0)


def overview() -> str:
    """What `vincle --help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    heading = "Vincle: one append-only log of everything that happens with the people you serve."
    return "\n".join([heading, "", "Usage: vincle COMMAND [OPTIONS]", "", *lines, "", ENDING])


def _unknown(word: str) -> str:
    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"Did you mean “vincle {near[0]}”?" if near else "“vincle --help” lists the commands."
    return f"There is no command “{word}”. {hint}\n"
