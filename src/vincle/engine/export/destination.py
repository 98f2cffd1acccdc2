"""Files that appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vincle.kernel.errors import BadInput


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the name when everything went well, and is gone when not."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.unlink(missing_ok=True)
        yield draft
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            f"{path} cannot be written: {reason}.", "Nothing was changed; name another place, or make room."
        ) from error
    finally:
        draft.unlink(missing_ok=True)
