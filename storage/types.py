"""Column types that keep what a database would lose: time zones, enumerations, structures."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import orjson
from sqlalchemy import DateTime, Dialect, Float, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.types import TypeEngine

from core.errors import InvalidInput
from storage.failures import UNSTORABLE
from storage.search_terms import Sought

E = TypeVar("E", bound=StrEnum)
Convert: TypeAlias = Callable[[Any], Any]
"""Of values that are there: NULL is None on either side."""

_NOTHING = "[]"
_EMPTY: Mapping[type, str] = {tuple: _NOTHING, list: _NOTHING, dict: "{}"}
"""Most lists are empty; that is known without looking."""


def json_text(value: Any) -> str:
    """`InvalidInput` where somebody's text is none: half a character cannot be stored."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError as error:
        raise InvalidInput(UNSTORABLE, field="text") from error


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in Python, always UTC; on SQLite a text of fixed width, so that it sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        native = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(native)

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _utc_text if dialect.name == "sqlite" else _as_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert | None:
        return datetime.fromisoformat if dialect.name == "sqlite" else None


class Word(TypeDecorator[E]):
    """One of the values of an enumeration, as plain text on disk."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def bind_processor(self, dialect: Dialect) -> Convert:
        return str.__str__

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        known: Mapping[str, E] = {member.value: member for member in self.kind}
        return known.__getitem__


class Structure(TypeDecorator[Any]):
    """A JSON value as text, the same on both databases; `make` shapes what is read."""

    impl = Text
    cache_ok = True

    def __init__(self, make: Convert = dict) -> None:
        super().__init__()
        self.make = make

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _as_structure

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda text: self.make(() if text == _NOTHING else orjson.loads(text))


class Real(TypeDecorator[float]):
    """A number as both drivers give it; SQLAlchemy's own would ask for the type in the answer."""

    impl = Float
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert | None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert | None:
        return None


class Terms(TypeDecorator[frozenset[str]]):
    """Words, each of letters and digits only: a text on SQLite, a `tsvector` on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TSVECTOR())

    def bind_processor(self, dialect: Dialect) -> Convert:
        return " ".join

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return lambda text: frozenset(text.replace("'", "").split())


class TermQuery(TypeDecorator[Sought]):
    """A question to the index of terms, as each database wants it.

    Terms are of letters and digits only, so that in quotes none of them means anything else.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TSQUERY())

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _sought_on_sqlite if dialect.name == "sqlite" else _sought_on_postgresql


class TextList(TypeDecorator[list[str]]):
    """Several texts in one parameter, however many they are: one statement serves them all."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(Text()))

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _as_json if dialect.name == "sqlite" else _as_texts


def moments_of(texts: Iterable[str]) -> tuple[datetime, ...]:
    """What `Structure` makes of moments that were written as texts."""
    return tuple(_as_utc(datetime.fromisoformat(text)) for text in texts)


def _as_structure(value: Any) -> str:
    return json_text(value) if value else _EMPTY.get(type(value)) or json_text(value)


def _utc_text(moment: datetime) -> str:
    return _text_of(_as_utc(moment))


@lru_cache(maxsize=1_024)
def _text_of(moment: datetime) -> str:
    """Remembered, for one moment is written into many columns; only of UTC, for the two that a
    clock elsewhere shows when it is put back are equal to each other."""
    return moment.isoformat(timespec="microseconds")


def _as_utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} says no time zone, so nobody can know when it is.")
    return moment.astimezone(UTC)


def _as_texts(texts: Iterable[str]) -> list[str]:
    return [str(text) for text in texts]


def _sought_on_sqlite(sought: Sought) -> str:
    words = (" AND " if sought.together else " OR ").join(
        f'"{term}"*' if sought.begun else f'"{term}"' for term in sought.terms
    )
    kinds = " OR ".join(f'"{kind}"' for kind in sought.kinds)
    return f"({words}) AND ({kinds})" if kinds else words


def _sought_on_postgresql(sought: Sought) -> str:
    words = (" & " if sought.together else " | ").join(
        f"'{term}':*" if sought.begun else f"'{term}'" for term in sought.terms
    )
    kinds = " | ".join(f"'{kind}'" for kind in sought.kinds)
    return f"({words}) & ({kinds})" if kinds else words


def _as_json(texts: Iterable[str]) -> str:
    return json_text(_as_texts(texts))
