"""Segment's and RudderStack's libraries for JavaScript, from npm's registry into a cache, as a lock file pins them."""

import hashlib
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

PINNED = Path(__file__).parent
SECONDS = 180  # a bound for waiting, never something to measure
_NPM_CI = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries", "1"]


@pytest.fixture(scope="session")
def libraries(pytestconfig: pytest.Config) -> Path:
    """The folder whose `node_modules` holds the libraries; without them the test is skipped, saying why."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no node: Debian's packages nodejs and npm are not installed")
    pinned = [PINNED / "package.json", PINNED / "package-lock.json"]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in pinned)).hexdigest()[:12]
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("javascript") / digest
    if not folder.is_dir():
        _fetch(pinned, folder)
    return folder


def say(script: str, *words: str, libraries: Path) -> str:
    """What a module prints that node runs beside the libraries."""
    done = subprocess.run(
        ["node", "--input-type=module", "-", *words],
        cwd=libraries,
        input=script,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout.strip()


def _fetch(pinned: list[Path], folder: Path) -> None:
    """Whole or not at all, also when several processes do so at once."""
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as made:
        for file in pinned:
            shutil.copy(file, made)
        try:
            done = subprocess.run(_NPM_CI, cwd=made, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip("npm's registry does not answer")
        if done.returncode:
            pytest.skip(f"npm's registry does not give the libraries: {done.stderr.strip()[:200]}")
        with suppress(OSError):  # another process was first
            Path(made).rename(folder)
