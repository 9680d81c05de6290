"""An embedded index has one bot, and one worker: two would each miss what the other writes."""

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import CoreError, Unavailable

BOT, WORKER = "bot.lock", "worker.lock"
PATIENCE = 10.0
"""Seconds for a worker whose bot was killed: it ends by itself, a little later than its bot."""
LOOK_EVERY = 0.1


class IndexInUse(CoreError):
    """Another bot has that index."""


@contextmanager
def sole_index(folder: Path | None) -> Iterator[None]:
    """Held by the bot until the block is left, or until the process ends in whatever way. None is
    a Chroma server, which several may use. Raises `IndexInUse`."""
    lock = _lock_in(folder) if folder else None
    if lock is None:
        yield
        return
    with lock:
        if not _taken(lock):
            raise IndexInUse(
                f"Another Tocsin uses the search index in {folder}; stop it first, let "
                "TOCSIN_DATA_DIR name a folder of its own, or let TOCSIN_CHROMA_URL name a "
                "Chroma server, which several may share."
            )
        yield


def _lock_in(folder: Path) -> IO[str] | None:
    """None where nothing can be written: the bot goes on, and its worker says what is wrong."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / BOT).open("a")
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


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
