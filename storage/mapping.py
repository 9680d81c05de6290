"""From values to rows and back, by the names of their fields."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Table

from storage.statements import Row, Values

V = TypeVar("V")


class Mapping(Generic[V]):
    """A dataclass whose fields are columns of the same name, but for those `apart`."""

    def __init__(self, kind: type[V], *, apart: Iterable[str] = ()) -> None:
        self._kind: Callable[..., V] = kind
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        self.names = tuple(name for name in names if name not in set(apart))
        self._get = attrgetter(*self.names)

    def columns(self, table: Table) -> list[Column[Any]]:
        return [table.c[name] for name in self.names]

    def row(self, value: V, **others: Any) -> dict[str, Any]:
        row = dict(zip(self.names, self._get(value), strict=True))
        row.update(others)
        return row

    def value(self, row: Row, **others: Any) -> V:
        """The value in the first columns of `row`."""
        return self._kind(**dict(zip(self.names, row, strict=False)), **others)


def where_version(row: dict[str, Any], organization: str, *key: str) -> Values:
    """The parameters of a versioned update: which row, as it was seen before."""
    seen = {f"this_{name}": row[name] for name in key}
    return {**row, **seen, "organization": organization, "seen_version": row["version"] - 1}
