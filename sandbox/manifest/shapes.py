"""What a part of a manifest must look like, and the sentences that say how it does not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class Shape(Protocol):
    def problems(self, value: Any, where: str) -> Iterator[str]:
        """A sentence for each way in which the value is not of this shape."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Lengths count characters; `pattern` is searched, and `like` shows what it asks for."""

    fewest: int = 0
    most: int | None = None
    pattern: str = ""
    like: str = ""
    one_of: tuple[str, ...] = ()

    def problems(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} must be a text."
        elif len(value) < self.fewest:
            yield f"{where} must have at least {self.fewest} characters; it has {len(value)}."
        elif self.most is not None and len(value) > self.most:
            yield f"{where} may have at most {self.most} characters; it has {len(value)}."
        elif self.one_of and value not in self.one_of:
            yield f"{where} must be one of {', '.join(self.one_of)}."
        elif self.pattern and not re.search(self.pattern, value):
            yield f"{where} must look like {self.like}; {value!r} does not."


@dataclass(frozen=True, slots=True)
class Flag:
    def problems(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{where} must be true or false."


@dataclass(frozen=True, slots=True)
class Whole:
    def problems(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{where} must be a whole number."


@dataclass(frozen=True, slots=True)
class Anything:
    """A part that the sandbox has no use for, and does not judge."""

    def problems(self, value: Any, where: str) -> Iterator[str]:
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    each: Shape
    fewest: int = 0
    most: int | None = None
    unique: bool = False

    def problems(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} must be a list."
            return
        if len(value) < self.fewest:
            yield f"{where} must not be empty: leave it out instead."
        if self.most is not None and len(value) > self.most:
            yield f"{where} may have at most {self.most} entries; it has {len(value)}."
        if self.unique:
            yield from _repetitions(value, where)
        for index, item in enumerate(value):
            yield from self.each.problems(item, f"{where}[{index}]")


def _repetitions(value: list[Any], where: str) -> Iterator[str]:
    for index, item in enumerate(value):
        if item in value[:index]:
            yield f"{where}[{index}] repeats {item!r}: name it once."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """Named parts; a name that is not among them is a mistake."""

    parts: Mapping[str, Shape]
    required: tuple[str, ...] = ()

    def problems(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where or 'The manifest'} must be a mapping."
            return
        inside = f"{where}." if where else ""
        for name in self.required:
            if name not in value:
                yield f"{inside}{name} is missing."
        for name, item in value.items():
            if name in self.parts:
                yield from self.parts[name].problems(item, f"{inside}{name}")
            else:
                yield f"{inside}{name} is not a part of a manifest: correct its name or delete it."
