"""An embedded index has one bot, and one worker: two would each miss what the other writes.

A command holds neither the bot's lock nor what would keep a bot from it: its worker has the index
for a while, and that of a bot which starts meanwhile waits.
"""

import asyncio
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from core.errors import CoreError, Unavailable

BOT, COMMAND, WORKER = "bot.lock", "command.lock", "worker.lock"
PATIENCE = 10.0
"""Seconds for a worker whose bot was killed: it ends by itself, a little later than its bot."""
LOOK_EVERY = 0.1
GLANCES = 25
GLANCE = 0.02
"""Seconds between the looks of a bot that starts: a command may just be looking who is there."""


class IndexInUse(CoreError):
    """Another bot has that index."""


class BotLock:
    """Held until it is closed, or until the process ends in whatever way."""

    def __init__(self, folder: Path, file: IO[str]) -> None:
        self._folder = folder
        self._file = file

    def again(self) -> None:
        """Whoever removes the folder removes the lock with it; then it is taken again. Raises
        `IndexInUse` when another bot came first."""
        if _is(self._file, self._folder / BOT):
            return
        file = _lock_in(self._folder, BOT)
        if file is None:
            return  # nobody else can take it either
        if not _taken(file):
            file.close()
            raise IndexInUse(_another(self._folder))
        self._file.close()
        self._file = file

    def close(self) -> None:
        self._file.close()


@contextmanager
def sole_index(folder: Path | None) -> Iterator[BotLock | None]:
    """Held by the bot until the block is left. None is a Chroma server, which several may use.
    Raises `IndexInUse`."""
    file = _lock_in(folder, BOT) if folder else None
    if folder is None or file is None:
        yield None
        return
    with closing(BotLock(folder, file)) as lock:
        if not _taken_at_last(file):
            raise IndexInUse(_another(folder))
        yield lock


@contextmanager
def index_left(folder: Path | None) -> Iterator[bool]:
    """Whether it is left to a command, which then is the only one until the block is left: neither
    a bot nor another command has it. A bot may start meanwhile."""
    file = _lock_in(folder, COMMAND) if folder else None
    if folder is None or file is None:
        yield True
        return
    with closing(file):
        yield _taken(file) and not _bot_in(folder)


def _bot_in(folder: Path) -> bool:
    file = _lock_in(folder, BOT)
    if file is None:
        return False
    with closing(file):
        return not _taken(file, fcntl.LOCK_SH)


def _another(folder: Path) -> str:
    return (
        f"Another Tocsin uses the search index in {folder}; stop it first, let "
        "TOCSIN_DATA_DIR name a folder of its own, or let TOCSIN_CHROMA_URL name a "
        "Chroma server, which several may share."
    )


def _is(file: IO[str], path: Path) -> bool:
    """Whether what was opened is still what is found there."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _lock_in(folder: Path, name: str) -> IO[str] | None:
    """None where nothing can be written: the bot goes on, and its worker says what is wrong."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / name).open("a")
    except OSError:
        return None


async def hold(folder: Path, *, patience: float = PATIENCE) -> IO[str]:
    """The worker's lock, to be closed when the index is. Raises `Unavailable`."""
    lock = (folder / WORKER).open("a")
    for _ in range(max(1, round(patience / LOOK_EVERY))):
        if _taken(lock):
            return lock
        await asyncio.sleep(LOOK_EVERY)
    lock.close()
    raise Unavailable(f"Another process still writes to the search index in {folder}.")


def _taken_at_last(lock: IO[str]) -> bool:
    for _ in range(GLANCES):
        if _taken(lock):
            return True
        time.sleep(GLANCE)
    return False


def _taken(lock: IO[str], how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
