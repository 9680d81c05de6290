"""An embedded database is served by one process at a time; a second one is told so."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another process serves that database."""


@contextmanager
def sole_use(database: Path) -> Iterator[None]:
    """Held until the block is left, or until the process ends in whatever way."""
    with database.with_name(f"{database.name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(
                f"Another Tocsin is running on {database}; stop it first, or let "
                "TOCSIN_DATABASE_URL name a PostgreSQL, which several may share."
            ) from None
        yield
