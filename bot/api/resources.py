"""The usual operations on one kind of record, which look alike wherever there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from pydantic import BaseModel

from bot.api.operations import Operation, Tag
from core.domain.actor import Permission


class Details(TypedDict, total=False):
    """What an operation may have besides; see `Operation`."""

    body: type[BaseModel]
    body_required: bool
    query: type[BaseModel]
    example: Mapping[str, Any]
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One kind of record, kept under `path`.

    `one` and `many` are its words in the names of operations, `lines` is a page of it and
    `answer` a single one; `refused` is what a change may be refused with.
    """

    path: str
    one: str
    many: str
    tag: Tag
    see: Permission
    change: Permission
    lines: type[BaseModel]
    answer: type[BaseModel]
    created: int = 201
    refused: frozenset[int] = frozenset({409})

    @property
    def each(self) -> str:
        return f"{self.path}/{{id}}"

    def list(self, summary: str, **details: Unpack[Details]) -> Operation:
        return Operation(
            method="GET",
            path=self.path,
            name=f"list_{self.many}",
            summary=summary,
            tag=self.tag,
            needs=self.see,
            answers={200: self.lines},
            **details,
        )

    def add(
        self, summary: str, *, answer: type[BaseModel] | None = None, **details: Unpack[Details]
    ) -> Operation:
        return Operation(
            method="POST",
            path=self.path,
            name=f"create_{self.one}",
            summary=summary,
            tag=self.tag,
            needs=self.change,
            answers={self.created: answer or self.answer},
            **details,
        )

    def show(self, summary: str) -> Operation:
        return Operation(
            method="GET",
            path=self.each,
            name=f"get_{self.one}",
            summary=summary,
            tag=self.tag,
            needs=self.see,
            answers={200: self.answer},
        )

    def edit(
        self, summary: str, *, conditional: bool = False, **details: Unpack[Details]
    ) -> Operation:
        """`conditional` on the version that was read."""
        return Operation(
            method="PATCH",
            path=self.each,
            name=f"update_{self.one}",
            summary=summary,
            tag=self.tag,
            needs=self.change,
            answers={200: self.answer},
            refuses=self.refused | ({412} if conditional else frozenset()),
            **details,
        )

    def delete(self, summary: str) -> Operation:
        return Operation(
            method="DELETE",
            path=self.each,
            name=f"delete_{self.one}",
            summary=summary,
            tag=self.tag,
            needs=self.change,
            answers={204: None},
            refuses=self.refused,
        )

    def step(
        self,
        word: str,
        name: str,
        summary: str,
        *,
        answers: Mapping[int, type[BaseModel] | None] | None = None,
        **details: Unpack[Details],
    ) -> Operation:
        """What is done to a single one; `word` is the last of its path."""
        return Operation(
            method="POST",
            path=f"{self.each}/{word}",
            name=name,
            summary=summary,
            tag=self.tag,
            needs=self.change,
            answers=answers or {200: self.answer},
            refuses=self.refused,
            **details,
        )
