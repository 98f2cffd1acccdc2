"""Names made from the names of files; whatever a path looks like, only its last part counts."""

import re
from pathlib import Path

from vincle.kernel.words import slug

REJECTED = ".rejected.csv"

_ENDINGS = re.compile(
    r"(?:\.(?:csv|tsv|tab|txt|dat|xlsx|xlsm|jsonl|ndjson|json|parquet|vcf|vcard|xes|jsonocel|ocel|sqlite|sqlite3|db|gz|rejected))+$",
    re.IGNORECASE,
)
_LONGEST = 60


def source_name(path: Path | str) -> str:
    """The name of a source for a file: 'Vendes 2024.csv.gz' is 'vendes_2024', and so are its mended rejects."""
    last = re.split(r"[/\\]", str(path).replace("\0", ""))[-1]
    name = slug(_ENDINGS.sub("", last), separator="_")[:_LONGEST].strip("_") or "import"
    return name if name[0].isalpha() else f"file_{name}"


def rejects_path(path: Path, folder: Path) -> Path:
    """Where the rejects of a file go: a plain name inside `folder`, whatever the file is called."""
    return folder / f"{source_name(path)}{REJECTED}"
