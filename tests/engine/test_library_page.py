"""The page about the library runs as it stands."""

import re
from pathlib import Path

import pytest

from engine.export.conftest import ROWS
from engine.mirrored import mirror
from vincle.engine.views import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "library.md"


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VINCLE_HOME", str(mirror(tmp_path, ROWS).path))
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile("\n".join(examples), str(PAGE), "exec"), {})  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert 'Anna "la <Roca>" & filla tea 2' in said
    assert "[{'people': 1}]" in said
    assert "{'events': 2}" in said
    assert (tmp_path / "orders.csv").is_file()


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_table_of_views_lists_the_columns_there_are(view: str, tmp_path: Path) -> None:
    import vincle.engine as ve

    with ve.open(mirror(tmp_path, {})) as log:
        columns = log.sql(f"SELECT * FROM {view}").columns
    [line] = re.findall(rf"^\| `{view}` \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert columns == re.findall(r"`(\w+)`", line)
