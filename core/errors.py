"""Everything the core can refuse to do.

* CoreError
  + NotFound            no such incident, service, user …
  + NotPermitted        this caller may not do that
  + IllegalTransition   the state machine forbids it
  + InvalidInput        a value is out of its documented range; names the field
  + Conflict            somebody else changed it first (the bus retries this one)
  + KeyReused           an idempotency key came back with another request
  + Unavailable         the database is too busy or out of reach; try again

The message of every error is written for the person who caused it: surfaces
show it verbatim and add nothing.
"""


class CoreError(Exception):
    """The request was understood and refused."""


class NotFound(CoreError):
    """No such thing."""


class NotPermitted(CoreError):
    """You may not do that."""


class IllegalTransition(CoreError):
    """That step is not possible from here."""


class InvalidInput(CoreError):
    """That value is not acceptable. `field` is the name the caller used for it."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class Conflict(CoreError):
    """Somebody changed it before you did."""


class KeyReused(CoreError):
    """That idempotency key belongs to another request."""


class Unavailable(CoreError):
    """Nothing was done; the same request may succeed in a moment."""
