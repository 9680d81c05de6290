"""A throw-away PostgreSQL server for tests, and a fresh database in it for each."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

SUPERUSER = "tocsin"
STARTS_WITHIN = 60
CONFIGURATION = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # processes are killed here, but nobody cuts the power
    "synchronous_commit": "on",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "Pacific/Chatham",  # nothing may lean on a server that happens to speak UTC
}
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """Where it listens, and the folder its programs are in."""

    programs: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{self.port}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """A new database, empty unless made after another; answers its URL."""
        self._run("createdb", f"--template={template}", name)
        return f"{self.url}/{name}"

    def ready(self) -> bool:
        answer = subprocess.run(
            [self.programs / "pg_isready", "--quiet", *self._address("postgres")], check=False
        )
        return answer.returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *self._address(None), *arguments],
            check=True,
            capture_output=True,
        )

    def _address(self, database: str | None) -> list[str]:
        address = ["--host=127.0.0.1", f"--port={self.port}", f"--username={SUPERUSER}"]
        return [*address, f"--dbname={database}"] if database else address


@cache
def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    on_path = shutil.which("initdb")
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    found = [*installed, *([Path(on_path).resolve()] if on_path else [])]
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresServer]:
    """One server for the whole run of this process."""
    programs = postgres_programs()
    if programs is None:
        missing = "PostgreSQL is not installed; on Debian and Ubuntu: apt-get install postgresql."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with running_postgres(programs) as server:
        yield server


@contextmanager
def running_postgres(programs: Path) -> Iterator[PostgresServer]:
    """A server with a folder of its own, gone without a trace afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tocsin-postgres-"))
    try:
        yield from _served(programs, folder, _identity(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(postgres_cluster: PostgresServer) -> str:
    """Its URL, to which the name of a database is added."""
    return postgres_cluster.url


@pytest.fixture
def postgres_url(postgres_cluster: PostgresServer) -> str:
    """A database nothing was done to yet; it goes when the server does."""
    return postgres_cluster.create(f"test_{next(_numbers)}")


def _identity(folder: Path) -> dict[str, Any]:
    """Whom to run as: the server refuses root, so root becomes somebody else."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, person.pw_uid, person.pw_gid)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _served(programs: Path, folder: Path, identity: dict[str, Any]) -> Iterator[PostgresServer]:
    data = folder / "data"
    initialise = [
        str(programs / "initdb"),
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(initialise, check=True, capture_output=True, cwd=folder, **identity)
    server = PostgresServer(programs=programs, port=_free_port())
    settings = {**CONFIGURATION, "port": str(server.port), "unix_socket_directories": str(folder)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            **identity,
        )
    try:
        _wait_until_ready(server, process, folder / "log")
        yield server
    finally:
        # At once: nobody will want what it would write to the disk first.
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=STARTS_WITHIN)


def _wait_until_ready(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTS_WITHIN * 20):
        if server.ready():
            return
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"PostgreSQL did not start; its log says:\n{log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
