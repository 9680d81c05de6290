"""An embedded database is served by one process at a time; a second one is told so."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.private_files import open_data_folder

ON_POSTGRESQL = "let TOCSIN_DATABASE_URL name a PostgreSQL, which several may share"


class InUse(Exception):
    """Another process serves that database."""


@contextmanager
def sole_use(database: Path | None, *, otherwise: str = ON_POSTGRESQL) -> Iterator[None]:
    """Held until the block is left, or until the process ends in whatever way. None is a database
    that several may use; `otherwise` says what to do instead of stopping the other process."""
    if database is None:
        yield
        return
    open_data_folder(database.parent)
    with database.with_name(f"{database.name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(
                f"Another Tocsin is running on {database}; stop it first, or {otherwise}."
            ) from None
        yield
