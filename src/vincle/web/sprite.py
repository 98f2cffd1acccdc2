"""The icons of the interface, gathered from Tabler Icons into one SVG sprite.

To add an icon: put its name in `static/vincle/vendor/icons.txt` and run, beside an unpacked `@tabler/icons` package,

    python -m vincle.web.sprite PATH/TO/icons/outline
"""

import re
import sys
from functools import cache
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "static" / "vincle" / "vendor"
NAMES = VENDOR / "icons.txt"
SPRITE = VENDOR / "icons.svg"

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r"<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\"\s*/>")
_BREAK = re.compile(r"\s*\n\s*")
_SYMBOL = re.compile(r'<symbol id="([^"]+)"')


def listed() -> list[str]:
    """The names in icons.txt, in order."""
    return NAMES.read_text("utf-8").split()


@cache
def drawn() -> frozenset[str]:
    """The names that can be drawn: what `<c-icon name="...">` accepts."""
    return frozenset(_SYMBOL.findall(SPRITE.read_text("utf-8")))


def build(folder: Path) -> str:
    """The sprite's text, from the outline icons in `folder`; raises FileNotFoundError for a name without a drawing."""
    symbols = []
    for name in listed():
        body = _BODY.search((folder / f"{name}.svg").read_text("utf-8"))
        paths = "".join(_BREAK.split(_FRAME.sub("", body.group(1) if body else "")))
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    SPRITE.write_text(build(Path(sys.argv[1])), "utf-8")
