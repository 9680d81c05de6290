"""Pages of a list: limit and offset, page numbers, or an opaque cursor; all of them always."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias

from pydantic import Field, model_validator

from bot.api.shape import Shape
from core.errors import InvalidInput

DEFAULT_LIMIT, MOST = 25, 200
LARGEST = 10**12

Number: TypeAlias = Annotated[int, Field(ge=0, le=LARGEST)]
AtLeastOne: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST)]
Position: TypeAlias = tuple[datetime, str]
"""Where a page ended: creation time and id of its last row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """What part of a list is wanted; a cursor wins over an offset."""

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    after: Position | None = None

    def meta(self, total: int) -> dict[str, int]:
        page = self.offset // self.limit + 1
        return {"total": total, "limit": self.limit, "offset": self.offset, "page": page}


class PageQuery(Shape):
    """The parameters of every list of `/api/v1`; what is blank counts as absent."""

    limit: Annotated[
        Number, Field(DEFAULT_LIMIT, description=f"Most entries; more than {MOST} are {MOST}.")
    ]
    offset: Annotated[Number | None, Field(None, description="How many to leave out first.")]
    page: Annotated[Number | None, Field(None, description="A page, from 1; offset wins over it.")]
    cursor: Annotated[
        str | None,
        Field(None, description="The next_cursor of the page before; wins over offset and page."),
    ]

    def paging(self) -> Paging:
        limit = min(max(self.limit, 1), MOST)
        if self.cursor:
            return Paging(limit=limit, after=position_of(self.cursor))
        if self.offset is not None:
            return Paging(limit=limit, offset=self.offset)
        return Paging(limit=limit, offset=(max(self.page or 1, 1) - 1) * limit)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        return {name: value for name, value in given.items() if value not in ("", [])}


def cursor_of(position: Position) -> str:
    at, id = position
    return urlsafe_b64encode(f"{at.isoformat()} {id}".encode()).decode().rstrip("=")


def position_of(cursor: str) -> Position:
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"==").decode()
        written, _, id = text.partition(" ")
        at = datetime.fromisoformat(written)
        if at.utcoffset() is None or not id.isprintable():
            raise _strange_cursor()
        return at.astimezone(UTC), id
    except (OverflowError, ValueError):
        raise _strange_cursor() from None


def _strange_cursor() -> InvalidInput:
    return InvalidInput(
        "This cursor is none of ours; use the next_cursor of an earlier answer.", field="cursor"
    )
