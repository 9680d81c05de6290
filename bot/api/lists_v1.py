"""The shapes of `/api/v1` around one thing and around many."""

from typing import Generic, TypeVar

from pydantic import Field

from bot.api.shape import Shape

T = TypeVar("T")


class OneMeta(Shape):
    total: int = Field(examples=[1])
    page: int = Field(examples=[1])


class ManyMeta(Shape):
    total: int = Field(description="All that match, on whatever page.")
    limit: int
    offset: int
    page: int


class Many(Shape, Generic[T]):
    """A list, under the names that both products have for it."""

    data: list[T]
    items: list[T]
    meta: ManyMeta
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")


class One(Shape, Generic[T]):
    """A single thing. Its keys stand beside `data` as well."""

    data: T
    meta: OneMeta
