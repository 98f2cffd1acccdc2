"""The name of a file as others gave it, so that it can do no harm where it is shown or saved."""

import re
import unicodedata

LONGEST = 120
_STRANGE = re.compile(r'[<>:"|?*%;`$&\x00-\x1f]+')


def safe_name(given: str) -> str:
    """Without folders, signs that cannot be seen, what shells and disks take for something else, and endings before
    the last one: `../in voice.pdf\\u200b.exe` becomes `in voice_pdf.exe`. Never empty, never hidden."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    plain = " ".join(_STRANGE.sub("_", seen).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST] or "file"
    ending = ending.strip()[:20]
    stem = stem.replace(".", "_").strip("_ ") or "file"
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
