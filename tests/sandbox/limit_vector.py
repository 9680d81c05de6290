"""What is known of a limit: its name, its number, and a payload of any size."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.json_types import Json

Make = Callable[[int], Json]
LENGTH, ITEMS, RANGE, LEAST = "max_length", "max_items", "range", "min_items"
URL = "https://example.com/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """`limit` is the constant's name; `make(n)` is a block or a view of that size."""

    limit: str
    most: int
    make: Make
    pointer: str
    constraint: str = LENGTH
    surface: str = "message"

    @property
    def name(self) -> str:
        return f"{self.limit} at {self.pointer}"


def in_length(limit: str, most: int, pointer: str, make: Make) -> Vector:
    return Vector(limit=limit, most=most, make=make, pointer=pointer)


def in_items(limit: str, most: int, pointer: str, make: Make) -> Vector:
    return Vector(limit=limit, most=most, make=make, pointer=pointer, constraint=ITEMS)


def in_range(limit: str, most: int, pointer: str, make: Make) -> Vector:
    return Vector(limit=limit, most=most, make=make, pointer=pointer, constraint=RANGE)


def address(length: int) -> str:
    return URL + "x" * (length - len(URL))
