"""A Redis of the tests' own, which can be stopped and started again."""

from collections.abc import Sequence
from pathlib import Path
from socket import create_connection

from tests.local_server import LocalServer
from tests.programs import redis_server


class RedisServer(LocalServer):
    """Each start is with nothing of what it knew before."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._program = redis_server()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def _command(self) -> Sequence[str | Path]:
        return [
            self._program, "--port", str(self._port), "--bind", "127.0.0.1",
            "--save", "", "--appendonly", "no", "--dir", self._folder,
        ]  # fmt: skip

    def _answers(self) -> bool:
        try:
            with create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
