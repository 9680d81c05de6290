"""A Redis of the tests' own, which can be stopped and started again."""

import subprocess
import time
from pathlib import Path
from socket import create_connection

from tests.processes import free_port
from tests.programs import redis_server

READY_WITHIN = 10.0


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self._program = redis_server()
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Returns when it answers; with nothing of what it knew before."""
        self._process = subprocess.Popen(
            [
                self._program, "--port", str(self._port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", str(self._folder),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + READY_WITHIN
        while not self._answers():
            assert self._process.poll() is None, "redis-server ended before it answered"
            assert time.monotonic() < deadline, "redis-server did not answer in time"
            time.sleep(0.01)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
