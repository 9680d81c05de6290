"""What the databases' own errors mean to those who asked."""

import sqlite3

from asyncpg import exceptions as postgres

from core.errors import Conflict, CoreError, InvalidInput, Unavailable
from core.language import to_say

BUSY = to_say("The database is too busy; try again in a moment.")
UNREACHABLE = to_say("The database cannot be reached; try again in a moment.")
OLD_SCHEMA = "The database is not up to date; run `tocsin migrate` and try again."
UNSTORABLE = "The text contains characters that cannot be stored, such as a null character."
LOST_RACE = "Somebody else changed this at the same moment; try again."

DRIVER_ERRORS: tuple[type[Exception], ...] = (
    sqlite3.Error,
    postgres.PostgresError,
    postgres.InterfaceError,
    postgres.InternalClientError,
    OSError,
    UnicodeEncodeError,
)
_LOST = (
    sqlite3.IntegrityError,
    postgres.IntegrityConstraintViolationError,
    postgres.SerializationError,
    postgres.DeadlockDetectedError,
)
_UNSTORABLE = (
    UnicodeEncodeError,
    postgres.DataError,
)
_AWAY = (
    sqlite3.OperationalError,
    sqlite3.DatabaseError,
    postgres.PostgresConnectionError,
    postgres.InterfaceError,
    postgres.InternalClientError,  # the server's goodbye crossed a new question on its way
    postgres.OperatorInterventionError,
    postgres.InsufficientResourcesError,
    postgres.CannotConnectNowError,
    postgres.InvalidCatalogNameError,
    postgres.InvalidAuthorizationSpecificationError,
    OSError,
)


def meaning(error: BaseException) -> CoreError | None:
    """The refusal that stands for a driver's error; None for a mistake of our own."""
    if isinstance(error, _LOST):
        return Conflict(LOST_RACE)
    if isinstance(error, _UNSTORABLE):
        return InvalidInput(UNSTORABLE, field="text")
    if isinstance(error, postgres.LockNotAvailableError):
        return Unavailable(BUSY)
    if isinstance(error, postgres.UndefinedTableError | postgres.UndefinedColumnError):
        return Unavailable(OLD_SCHEMA)
    if isinstance(error, sqlite3.ProgrammingError):
        return None
    if isinstance(error, sqlite3.OperationalError):
        return Unavailable(_operational(str(error)))
    return Unavailable(UNREACHABLE) if isinstance(error, _AWAY) else None


def _operational(message: str) -> str:
    if message.startswith("no such"):
        return OLD_SCHEMA
    return BUSY if "locked" in message or "busy" in message else UNREACHABLE


class explained:  # noqa: N801 - read as a verb: `with explained():`
    """What a driver raises inside becomes a refusal of the core."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, DRIVER_ERRORS):
            refusal = meaning(error)
            if refusal is not None:
                raise refusal from error
