"""Which commands there are, in the order a newcomer meets them. Knows them by name, so that help costs nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives (`module:attribute` of a `typer.Typer`) and what it is for, in one line."""

    place: str
    summary: str

    def load(self) -> Callable[..., object]:
        """Import it; the result takes `args` and `prog_name`, and ends the process."""
        import typer.main

        module, _, attribute = self.place.partition(":")
        return typer.main.get_command(getattr(import_module(module), attribute))


def _here(module: str, summary: str) -> Command:
    return Command(f"vincle.cli.commands.{module}:app", summary)


COMMANDS = {
    "demo": _here("demo", "Walk through real relationships: a home with the data of a grocery chain."),
    "init": _here("init", "Make a home, or bring one up to date."),
    "user": _here("user", "Add the people who work with it, give them roles and links to sign in."),
    "import": Command(
        "vincle.cli.commands.imports:import_app", "Bring in a file: CSV, Excel, JSON Lines, Parquet, XES."
    ),
    "imports": Command("vincle.cli.commands.imports:imports_app", "List what was imported; take an import back."),
    "source": _here("source", "Let websites, apps and servers send events; see, rotate and revoke their keys."),
    "token": _here("token", "Let programs use the REST API; see and revoke their tokens."),
    "person": _here("person", "Find people, see one whole, make one of two and undo it."),
    "relation": _here("relation", "Say how people relate, to each other and to organisations; end it, take it back."),
    "duplicates": _here("duplicates", "Find people who are probably there twice, at home or in any file."),
    "journeys": _here("journeys", "What really happens along a journey, from any file of events."),
    "value": _here("value", "What relationships are worth: who stays, how often they come, what they spend."),
    "consent": _here("consent", "What somebody consents to, for each purpose and channel; note what they say."),
    "restrict": _here("restrict", "Keep what is known of a person and do nothing with it."),
    "retention": _here("retention", "Erase people who have not been seen for long; look first whom."),
    "erase": Command("vincle.cli.commands.privacy:erase_app", "Take a person out for good, with a certificate."),
    "access-export": Command("vincle.cli.commands.privacy:access_app", "Write everything kept of a person to one ZIP."),
    "serve": _here("serve", "Open the web application, with its background work."),
    "work": _here("work", "Do background work only, beside other processes that serve."),
    "status": _here("status", "What is in the log, and how fresh everything is."),
    "export": _here("export", "Write the log to a file: CSV, Parquet, JSON Lines, XES, OCEL 2.0."),
    "replay": _here("replay", "Rebuild from the log everything that follows from it."),
    "backup": _here("backup", "Write the whole home to one file."),
    "restore": _here("restore", "Make a home again from a backup, on SQLite or PostgreSQL."),
    "doctor": _here("doctor", "Check the installation and say what to do."),
}
