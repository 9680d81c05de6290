"""Values of columns as JSON can say them, and back, each held to what its column may have."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Any, NoReturn

import orjson
from sqlalchemy import Boolean, Column, Integer, LargeBinary

from storage.types import Convert, Real, Structure, Terms, UtcDateTime, Word, json_text

MOST = 2**53
"""Of a number that JSON carries whole."""


def written(column: Column[Any], value: Any) -> Any:
    """As JSON can say it."""
    match column.type:
        case UtcDateTime():
            return value.isoformat()
        case LargeBinary():
            return b64encode(value).decode()
        case Terms():
            return sorted(value)
        case Structure():
            return orjson.loads(json_text(value))
        case Word():
            return str(value)
        case _:
            return value


def read(column: Column[Any], value: Any) -> Any:  # noqa: C901 - one case per type
    """As the column has it; `ValueError` or `TypeError` for anything else."""
    match column.type:
        case UtcDateTime():
            at = datetime.fromisoformat(value)
            return at.astimezone(UTC) if at.tzinfo else _refuse(value)
        case LargeBinary():
            return b64decode(value, validate=True)
        case Terms():
            return frozenset(map(_text, value))
        case Structure(make=make):
            return _structure(make, value) if isinstance(value, list | dict) else _refuse(value)
        case Word(kind=kind):
            return kind(value)
        case Boolean():
            return value if isinstance(value, bool) else _refuse(value)
        case Integer():
            fits = type(value) is int and 0 <= value <= MOST
            return value if fits else _refuse(value)
        case Real():
            return float(value) if type(value) in (int, float) else _refuse(value)
        case _:
            return _text(value)


def _structure(make: Convert, value: Any) -> Any:
    """As it is, if whoever reads it later can make something of it."""
    try:
        make(value)
    except (AttributeError, KeyError) as error:
        raise ValueError(f"{str(value)[:40]} is no such value") from error
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _refuse(value)


def _refuse(value: Any) -> NoReturn:
    raise ValueError(f"{str(value)[:40]} is no such value")
