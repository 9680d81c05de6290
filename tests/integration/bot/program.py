"""The program as a person starts it: a process of its own, with an environment of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
OWN = ("TOCSIN_", "SLACK_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """What `--json` promises: one line, one object, nothing else."""
        (line,) = self.out.splitlines()
        found = json.loads(line)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True, slots=True)
class Program:
    """Started in `folder`, where its data goes too."""

    folder: Path

    def run(self, *words: str, stdin: str = "", **variables: str) -> Outcome:
        done = subprocess.run(
            self._command(words),
            cwd=self.folder,
            env=environment(variables),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return Outcome(code=done.returncode, out=done.stdout, err=done.stderr)

    @contextmanager
    def started(self, *words: str, **variables: str) -> Iterator["Started"]:
        """Runs until the block is left; ready when its first line is there."""
        with (self.folder / "log").open("w+") as log:
            process = subprocess.Popen(
                self._command(words),
                cwd=self.folder,
                env=environment({"TOCSIN_PORT": "0", "TOCSIN_SANDBOX_PORT": "0", **variables}),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                yield Started(process, self.folder / "log")
            finally:
                process.kill()
                process.communicate()

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "bot", *words]


@dataclass(frozen=True, slots=True)
class Started:
    process: "subprocess.Popen[str]"
    log: Path

    def first_object(self) -> dict[str, Any]:
        """What it says once it is ready."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        found = json.loads(line)
        assert isinstance(found, dict)
        return found

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


def environment(variables: dict[str, str]) -> dict[str, str]:
    """The variables given and none of the settings this machine happens to have; search is by
    words unless they say otherwise, which spares a process."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    ours = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "TOCSIN_SEARCH": "words"}
    return {**foreign, **ours, **variables}
