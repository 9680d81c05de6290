"""A folder of its own for every program, whether started as a process or called as a function."""

import logging
import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.cli import main
from tests.integration.bot.program import OWN, Outcome, Program


class Called:
    """The same command line as `Program`, without the second or two a process takes to start."""

    def __init__(self, folder: Path, environment: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._environment = environment

    def run(self, *words: str, **variables: str) -> Outcome:
        out, err = StringIO(), StringIO()
        with self._environment.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.chdir(self.folder)
            for name in [name for name in os.environ if name.startswith(OWN)]:
                patched.delenv(name)
            for name, value in {"TOCSIN_SEARCH": "words", **variables}.items():
                patched.setenv(name, value)
            code = _exit_code(list(words))
        return Outcome(code=code, out=out.getvalue(), err=err.getvalue())


def _exit_code(words: list[str]) -> int:
    try:
        return main(words)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.fixture
def tocsin(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Called]:
    """Logging is the process's own, so it is put back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Called(tmp_path, monkeypatch)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
