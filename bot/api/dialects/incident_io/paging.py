"""incident.io's pages: a size, and the id of the last entry seen."""

from collections.abc import Sequence
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar

from pydantic import Field, model_validator

from bot.api.shape import Shape
from core.errors import InvalidInput

USUAL = 25
MOST_INCIDENTS = 500
MOST_UPDATES = 250
MOST_WINDOWS = 50
MOST_USERS = 10_000

After: TypeAlias = Annotated[str | None, Field(description="The id of the last entry seen.")]


class Entry(Protocol):
    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entry)


class Blankless(Shape):
    """A query in which what is blank counts as absent."""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        return {name: value for name, value in given.items() if value not in ("", [""], [])}


class PaginationMeta(Shape):
    """On the last page there is no `after`."""

    page_size: int
    after: str | None = Field(None, description="Where the next page begins; absent on the last.")


class PaginationMetaWithTotal(PaginationMeta):
    total_record_count: int


def meta(page_size: int, after: str | None) -> dict[str, Any]:
    """Without the key `after` where no page follows: a null one sends clients round for ever."""
    return {"page_size": page_size} if after is None else {"page_size": page_size, "after": after}


def page_after(entries: Sequence[E], after: str | None, size: int) -> tuple[list[E], str | None]:
    """Of a list that is short enough to be read whole; `InvalidInput` when `after` is not in it."""
    ids = [entry.id for entry in entries]
    if after is not None and after not in ids:
        raise InvalidInput("There is no entry with that id to go on after.", field="after")
    start = ids.index(after) + 1 if after else 0
    page = list(entries[start : start + size])
    return page, page[-1].id if page and start + size < len(entries) else None
