"""A PostgreSQL server for one test run, from the programs of Debian's package."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

# Nothing here must outlive a crash of the machine: no commit, checkpoint or dropped database waits for the disk.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off "
    "-c max_wal_size=4GB -c checkpoint_timeout=1h"
)
ACCOUNT = "postgres"  # PostgreSQL refuses to run as root


def answering(url: str) -> bool:
    """Whether a server lets us in at this address."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass(frozen=True)
class Cluster:
    """A server on a free port of the loopback, whose files vanish when it stops."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @classmethod
    def start(cls) -> "Cluster":
        """A fresh cluster, answering. Raises `RuntimeError` saying what is missing."""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            raise RuntimeError("Debian's package postgresql is not installed")
        folder = Path(tempfile.mkdtemp(prefix="vincle-postgres-"))
        cluster = cls(found[-1].parent, folder, _free_port())
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, ACCOUNT)
            cluster._run(
                "initdb",
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "-D",
                str(cluster.data),
            )
            options = f"-p {cluster.port} -k {folder} {OPTIONS}"
            cluster._run("pg_ctl", "start", "-w", "-D", str(cluster.data), "-l", str(folder / "log"), "-o", options)
        except (OSError, LookupError, subprocess.CalledProcessError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise RuntimeError(f"a private PostgreSQL could not be started ({error})") from error
        return cluster

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def stop(self) -> None:
        """End the server (the one whose number is in its data folder) and take its files away."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.data))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        as_account = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
        if as_account:
            pwd.getpwnam(ACCOUNT)
        subprocess.run(
            [*as_account, str(self.programs / program), *arguments],
            check=True,
            capture_output=True,
            timeout=120,
            cwd="/",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
