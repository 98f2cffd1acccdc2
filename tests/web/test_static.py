"""What the browser loads: ours or vendored, named in NOTICE, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import vincle
from vincle.web import sprite

PACKAGE = Path(vincle.__file__).parent
STATIC = PACKAGE / "web" / "static" / "vincle"
VENDOR = STATIC / "vendor"
NOTICE = PACKAGE.parent.parent / "NOTICE"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
OURS = sorted(
    path for path in PACKAGE.rglob("static/**/*") if path.suffix in {".css", ".js"} and VENDOR not in path.parents
)

ICON = re.compile(r'(?:<c-icon name|\bicon)="([a-z0-9-]+)"')
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:\ssrc=|type=\"application/json\"))", re.IGNORECASE
)


def _id(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_id)
def test_a_template_has_no_inline_script_or_style(path):
    assert [] == INLINE.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_id)
def test_a_template_can_be_compiled(path):
    get_template(str(path).rpartition("/templates/")[2])


@pytest.mark.parametrize("path", TEMPLATES, ids=_id)
def test_every_icon_a_template_names_can_be_drawn(path):
    assert set() == set(ICON.findall(path.read_text("utf-8"))) - sprite.drawn()


@pytest.mark.parametrize("path", [*OURS, *TEMPLATES], ids=_id)
def test_nothing_is_asked_of_another_host(path):
    assert [] == re.findall(r"(?:src|href|url|import|fetch)\W{1,3}(?:https?:)?//", path.read_text("utf-8"))


def test_the_sprite_has_every_listed_icon():
    assert set(sprite.listed()) == sprite.drawn()


def test_the_icons_are_listed_in_order():
    assert sorted(set(sprite.listed())) == sprite.listed()


@pytest.mark.parametrize("path", sorted(path for path in VENDOR.iterdir() if path.is_file()), ids=_id)
def test_a_vendored_file_is_below_a_megabyte(path):
    assert path.stat().st_size < 1_000_000


def test_every_licence_text_is_named_in_the_notice():
    notice = NOTICE.read_text("utf-8")
    assert [] == [path.name for path in (VENDOR / "licenses").iterdir() if path.name not in notice]


def test_what_the_vendored_files_say_of_their_version_is_what_the_notice_says():
    tabler = re.search(r"Tabler v([\d.]+)", (VENDOR / "tabler.min.css").read_text("utf-8"))
    htmx = re.search(r'version:"([\d.]+)"', (VENDOR / "htmx.min.js").read_text("utf-8"))
    echarts = re.search(r'version="(6[\d.]+)"', (VENDOR / "echarts.common.min.js").read_text("utf-8"))
    versions = [match.group(1) if match else "" for match in (tabler, htmx, echarts)]
    notice = NOTICE.read_text("utf-8")
    assert [True, True, True] == [bool(version) and version in notice for version in versions]
