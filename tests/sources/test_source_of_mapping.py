"""Files brought in with one mapping come from one source, however they are called."""

from pathlib import Path

from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

MAPPING = """source = "web_shop"

[[who]]
column = "who"
namespace = "customer_id"

[when]
column = "day"

[what]
kind = "order.placed"
"""


def test_what_stands_in_two_files_enters_once(live_home: LiveHome, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "may.csv").write_text("who,day\na,2024-05-01\nb,2024-05-31\n", "utf-8")
    (tmp_path / "june.csv").write_text("who,day\nb,2024-05-31\nc,2024-06-01\n", "utf-8")
    words = ("--map", str(tmp_path / "map.toml"))
    may, june, other = (
        live_home.ask("import", str(tmp_path / file), *words, *more)
        for file, more in (("may.csv", ()), ("june.csv", ()), ("june.csv", ("--source", "elsewhere")))
    )
    assert [("web-shop", 2, 0), ("web-shop", 1, 1), ("elsewhere", 2, 0)] == [
        (each["source"], each["new"], each["known"]) for each in (may, june, other)
    ]


def test_a_mapping_that_cannot_be_read_is_told_before_anything_is_kept(live_home: LiveHome, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text("source = 3", "utf-8")
    (tmp_path / "may.csv").write_text("who,day\na,2024-05-01\n", "utf-8")
    done = live_home.run("import", str(tmp_path / "may.csv"), "--map", str(tmp_path / "map.toml"))
    assert (2, True) == (done.returncode, "“source” must be a text in quotes" in done.stderr)
    assert [] == live_home.ask("imports")
