"""A file arrives: it is kept, looked at, and its columns are understood."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources.actions.trail import record_import, refuse_begun
from vincle.apps.sources.importing import file, keeping
from vincle.apps.sources.models import Import
from vincle.flow.models import Source
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.ids import uuid7
from vincle.kernel.words import slug


def receive(
    path: Path,
    *,
    actor: Actor,
    now: datetime,
    name: str = "",
    source: str = "",
    options: dict[str, str] | None = None,
    keep: bool = False,
) -> Import:
    """A file to be brought in. `source` names where it comes from (else the file's name does); `keep` moves it into
    the home, as an upload must be.

    An unfinished import of the same content from the same source is taken up again instead of making another. Raises
    `BadInput`, and keeps nothing, when the file cannot be read.
    """
    if not path.is_file():
        raise NotFound(f"There is no file “{path}”.")
    shown = shown_name(name or path.name)
    this = Import(
        uid=uuid7(),
        name=shown,
        digest=file.sha256_of(path),
        size=path.stat().st_size,
        options=options or {},
        author=actor.name,
        created_at=now,
    )
    this.path = keeping.keep(path, uid=this.uid, name=shown) if keep else str(path.absolute())
    try:
        with file.opened(this) as reader:
            this.notes = list(reader.notes)
        return _register(this, source or shown.split(".", 1)[0], actor=actor, now=now)
    except BaseException:
        if keep:
            keeping.forget(this)
        raise


def _register(this: Import, source: str, *, actor: Actor, now: datetime) -> Import:
    with transaction.atomic():
        this.source = source_named(source, now=now)
        begun = Import.objects.filter(
            digest=this.digest, source=this.source, state__in=[Import.State.RUNNING, Import.State.FAILED]
        ).first()
        if begun is not None and keeping.path_of(begun).is_file():
            if keeping.is_kept(this):
                keeping.forget(this)
            return begun
        this.save()
        record_import(this, "import.received", actor=actor, now=now)
    return this


def shown_name(name: str) -> str:
    """A file's name as pages show it: without folders, without what cannot be seen."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in bare if letter.isprintable())[:255] or "file"


def source_named(words: str, *, now: datetime) -> Source:
    """The source of that name, made when it is new."""
    name = slug(words)[:80] or "file"
    source, _ = Source.objects.get_or_create(name=name, defaults={"label": words.strip()[:200], "created_at": now})
    return source


def choose_mapping(this: Import, *, toml: str, actor: Actor, now: datetime) -> Import:
    """Fix how the file's columns are understood; `BadInput` when the mapping does not fit the file."""
    refuse_begun(this)
    file.check_mapping(this, toml)
    with transaction.atomic():
        this.mapping, this.state = toml, Import.State.RECEIVED
        this.save(update_fields=["mapping", "state"])
        record_import(this, "import.mapped", actor=actor, now=now)
    return this


def understand_anew(this: Import, *, options: dict[str, str], source: str, actor: Actor, now: datetime) -> Import:
    """Read the file in another way: another sheet, separator, encoding, or as coming from another source.

    The columns are understood again from the start. Raises `BadInput`, and changes nothing, when it cannot be read so.
    """
    refuse_begun(this)
    before = this.options
    this.options = {name: value for name, value in options.items() if value}
    try:
        with file.opened(this) as reader:
            this.notes = list(reader.notes)
    except BadInput:
        this.options = before
        raise
    with transaction.atomic():
        if source:
            this.source = source_named(source, now=now)
        this.mapping, this.state = "", Import.State.RECEIVED
        this.save(update_fields=["options", "notes", "source", "mapping", "state"])
        record_import(this, "import.mapped", actor=actor, now=now)
    return this


def discard(this: Import) -> None:
    """Forget an import that never began, such as one that was only checked, and its file when it was uploaded."""
    if this.batch is None and this.state not in {Import.State.RUNNING, Import.State.DONE, Import.State.UNDONE}:
        if keeping.is_kept(this):
            keeping.forget(this)
        this.delete()
