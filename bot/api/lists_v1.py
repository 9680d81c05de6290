"""The shapes of `/api/v1` around one thing and around many."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")


class OneMeta(BaseModel):
    total: int = Field(examples=[1])
    page: int = Field(examples=[1])


class ManyMeta(BaseModel):
    total: int = Field(description="All that match, on whatever page.")
    limit: int
    offset: int
    page: int


class Many(BaseModel, Generic[T]):
    """A list, under the names that both products have for it."""

    data: list[T]
    items: list[T]
    meta: ManyMeta
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")


class One(BaseModel, Generic[T]):
    """A single thing. Its keys stand beside `data` as well."""

    data: T
    meta: OneMeta
