"""The workspace in a file, so that a demo finds it again."""

import asyncio
import json
import os
from pathlib import Path

from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.snapshot import restore, snapshot
from sandbox.model.workspace import Workspace

# Changes come in flurries; one write for each would be waste.
SETTLE_SECONDS = 0.5


class BadState(Exception):
    """The file does not hold a workspace; the sentence names it."""


class Keeper:
    """Loads the file at the start, and writes it shortly after every change."""

    def __init__(self, workspace: Workspace, path: Path | None) -> None:
        self._workspace = workspace
        self._path = path
        self._due: asyncio.TimerHandle | None = None

    def load(self) -> None:
        if self._path is None or not self._path.exists():
            return
        try:
            restore(self._workspace, read_json(self._path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as problem:
            sentence = f"{self._path} does not hold a sandbox workspace: {problem}."
            raise BadState(sentence) from problem

    def hear(self, _change: Change) -> None:
        if self._path is not None and self._due is None:
            self._due = asyncio.get_running_loop().call_later(SETTLE_SECONDS, self.save)

    def save(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if self._path is not None:
            write_whole(self._path, snapshot(self._workspace))


def write_whole(path: Path, state: Json) -> None:
    """Write a file so that a reader, or a crash, never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
