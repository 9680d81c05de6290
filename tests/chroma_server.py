"""A Chroma server of the tests' own, which can be stopped and started again."""

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.local_server import LocalServer

CHROMA = "import sys, chromadb_rust_bindings; chromadb_rust_bindings.cli(['chroma', *sys.argv[1:]])"
"""What its command does, without the seconds in which that imports what a server does not need."""


class ChromaServer(LocalServer):
    """It keeps what it knows in `folder`."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def _command(self) -> Sequence[str | Path]:
        return [
            sys.executable, "-c", CHROMA, "run", "--path", self._folder / "chroma",
            "--host", "127.0.0.1", "--port", str(self._port),
        ]  # fmt: skip

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/api/v2/heartbeat", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, TimeoutError, ConnectionError):
            return False
