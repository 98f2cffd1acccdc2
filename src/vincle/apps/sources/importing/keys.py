"""Under which keys the work on an import is queued. Each kind of work has its own, so that what is asked for just
before the job of the last is put away is not lost."""

from vincle.apps.sources.models import Import


def check_key(this: Import) -> str:
    """Of checking it."""
    return f"import-check-{this.pk}"


def run_key(this: Import) -> str:
    """Of bringing it in."""
    return f"import-run-{this.pk}"


def undo_key(this: Import) -> str:
    """Of taking it back."""
    return f"import-undo-{this.pk}"
