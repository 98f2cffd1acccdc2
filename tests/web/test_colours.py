"""Every ink of the style sheet can be read on every ground it stands on, in light and in dark."""

import re

import pytest

from web.test_avatars import contrast
from web.test_static import STATIC

READ_ON = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft", "muted", "teal-ink", "warm-ink", "gold-ink")
        for ground in ("surface", "ground", "raised")
    ),
    ("ink-soft", "sunk"),
    ("muted", "sunk"),
    ("on-teal", "teal"),
    ("on-teal", "teal-hover"),
    ("teal-ink", "teal-wash"),
    ("warm-ink", "warm-wash"),
    ("gold-ink", "gold-wash"),
]


def _tokens(block: str) -> dict[str, str]:
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
    return {
        name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:]) for name, value in found.items()
    }


_SHEET = (STATIC / "tokens.css").read_text("utf-8")
LIGHT = _tokens(_SHEET.partition(":root {")[2].partition("}")[0])
DARK = LIGHT | _tokens(_SHEET.partition('[data-bs-theme="dark"] {')[2].partition("}")[0])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ_ON, ids=[f"{ink} on {ground}" for ink, ground in READ_ON])
def test_ink_on_ground(ink, ground, theme):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["chart-well", "chart-warm", "chart-gold", "chart-plain", "line-strong"])
def test_marks_that_carry_meaning_stand_out_from_the_surface(mark, theme):
    wanted = 1.5 if mark == "line-strong" else 2.0 if mark == "chart-plain" else 3.0
    assert contrast(theme[mark], theme["surface"]) >= wanted
