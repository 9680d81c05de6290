"""Values of the model out of JSON: every field looked at, and a bad one named in a sentence."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
NAMES: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    dict: "an object",
    NoneType: "null",
}


def row_of(kind: type[T], given: Any, where: str) -> T:
    """A dataclass of the model, with what it consists of; `ValueError` names row and field."""
    row = as_object(given, where)
    parts = _fields_of(cast("Any", kind))
    if unknown := sorted(set(row) - set(parts)):
        raise ValueError(f"{where} has no {unknown[0]}")
    hints = _hints_of(cast("Any", kind))
    for name, part in parts.items():
        if name not in row and part.default is MISSING and part.default_factory is MISSING:
            raise ValueError(f"{where} needs {name}")
    return kind(**{name: value_of(hints[name], row[name], f"{where}.{name}") for name in row})


def value_of(hint: Any, given: Any, where: str) -> Any:
    """What a field of this type holds: texts, numbers, tuples of them, rows."""
    if is_dataclass(hint):
        return row_of(cast("type[Any]", hint), given, where)
    if get_origin(hint) is tuple:
        inside = get_args(hint)[0]
        items = enumerate(as_list(given, where))
        return tuple(value_of(inside, item, f"{where}[{index}]") for index, item in items)
    kinds = [get_origin(one) or one for one in _alternatives(hint)]
    # To Python true and false are numbers.
    if isinstance(given, tuple(kinds)) and (bool in kinds or not isinstance(given, bool)):
        return given
    raise ValueError(f"{where} is {' or '.join(NAMES[kind] for kind in kinds)}")


def table_of(kind: type[T], given: Any, where: str) -> dict[str, T]:
    """Rows by their ids."""
    rows = [
        row_of(kind, item, f"{where}[{index}]") for index, item in enumerate(as_list(given, where))
    ]
    return {cast("Any", row).id: row for row in rows}


def as_object(given: Any, where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{where} is an object")
    return given


def as_list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list | tuple):
        raise ValueError(f"{where} is a list")
    return list(given)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


@cache
def _fields_of(kind: type[Any]) -> dict[str, Field[Any]]:
    return {part.name: part for part in fields(kind)}


@cache
def _hints_of(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)
