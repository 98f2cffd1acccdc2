"""Every test of this folder may write files."""

from pathlib import Path

import pytest

from engine.tabular.files import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file: its name, then its text (as UTF-8 unless `encoding` says otherwise) or its bytes."""

    def written(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written
