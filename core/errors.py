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

from collections.abc import Callable, Iterable, Mapping


class CoreError(Exception):
    """The request was understood and refused."""


class NotFound(CoreError):
    """No such thing."""


class NotPermitted(CoreError):
    """You may not do that."""


class IllegalTransition(CoreError):
    """That step is not possible from here."""


class InvalidInput(CoreError):
    """That value is not acceptable. `field` is the name the caller used for it; `others` are the
    (field, message) of what else is wrong with the same request."""

    def __init__(self, message: str, *, field: str, others: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.field = field
        self.others = tuple(others)

    @property
    def flaws(self) -> tuple[tuple[str, str], ...]:
        """Everything that is wrong, as (field, message)."""
        return ((self.field, str(self)), *self.others)

    def reworded(self, words: Callable[[str], str]) -> "InvalidInput":
        """The same, each message as `words` puts it."""
        others = [(field, words(message)) for field, message in self.others]
        return InvalidInput(words(str(self)), field=self.field, others=others)

    def renamed(self, names: Mapping[str, str]) -> "InvalidInput":
        """The same in the words of the caller, where they have other names for the fields."""
        others = [(names.get(field, field), message) for field, message in self.others]
        return InvalidInput(str(self), field=names.get(self.field, self.field), others=others)


class Conflict(CoreError):
    """Somebody changed it before you did."""


class KeyReused(CoreError):
    """That idempotency key belongs to another request."""


class Unavailable(CoreError):
    """Nothing was done; the same request may succeed in a moment."""
