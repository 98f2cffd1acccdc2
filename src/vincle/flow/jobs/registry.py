"""Which tasks exist: each has one name, by which jobs and schedules call it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from django.utils.module_loading import autodiscover_modules

from vincle.kernel.errors import NotFound

TaskFunction = Callable[..., None]

_tasks: dict[str, "Task"] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """A function that background work may call, as `run(context, **arguments)`."""

    name: str
    run: TaskFunction
    attempts: int
    every_seconds: int | None
    atomic: bool


def task(
    name: str, *, attempts: int = 5, every_seconds: int | None = None, atomic: bool = False
) -> Callable[[TaskFunction], TaskFunction]:
    """Register the decorated function under `name`, which must be the only one of its name.

    A task may be started again after a worker died in the middle of it, so what it does twice must count once.
    `atomic=True` gives that for work done wholly in the database: the task and the note that it is done are one
    transaction. `attempts` bounds how often it is tried; `every_seconds` makes it come back by itself, which needs
    a function without arguments.
    """

    def register(function: TaskFunction) -> TaskFunction:
        if name in _tasks:
            raise ValueError(f"two tasks are called {name}")
        _tasks[name] = Task(name, function, attempts, every_seconds, atomic)
        return function

    return register


def find(name: str) -> Task:
    """The task of that name; `NotFound` when no installed part has one."""
    load()
    try:
        return _tasks[name]
    except KeyError:
        raise NotFound(f"There is no background task called “{name}”.") from None


def names() -> list[str]:
    """The names of all tasks of this version."""
    load()
    return sorted(_tasks)


def scheduled() -> list[Task]:
    """The tasks that come back by themselves."""
    load()
    return [each for each in _tasks.values() if each.every_seconds]


@cache
def load() -> None:
    """Import every `jobs` module: of each room, of each part of the flow, and those VINCLE_TASK_MODULES names."""
    import vincle.flow

    autodiscover_modules("jobs")
    for folder in vincle.flow.__path__:
        for part in sorted(Path(folder).glob("*/jobs.py")):
            import_module(f"vincle.flow.{part.parent.name}.jobs")
    for extra in os.environ.get("VINCLE_TASK_MODULES", "").split(","):
        if extra.strip():
            import_module(extra.strip())
