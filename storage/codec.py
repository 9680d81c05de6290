"""Events, effects and records as JSON and back, by the types of their fields."""

from collections import abc
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, partial
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import orjson

from core.domain.events import Event
from core.effects import KINDS, Effect
from storage.types import json_text

Read: TypeAlias = Callable[[Any], Any] | None
"""How a value that is there is read; None where JSON has it as it is."""

_EVENTS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


def event_text(event: Event) -> str:
    return json_text(event)


def event_from(kind: str, text: str) -> Event:
    event: Event = _made(_EVENTS[kind], orjson.loads(text))
    return event


def effect_text(effect: Effect) -> str:
    return json_text(effect)


def effect_from(kind: str, text: str) -> Effect:
    effect: Effect = _made(KINDS[kind], orjson.loads(text))
    return effect


def fields_from(kind: Any, text: str) -> dict[str, Any]:
    """The fields of `kind` that were written; what was written beside them is left out."""
    return _given(kind, orjson.loads(text))


def _made(kind: Any, body: Mapping[str, Any]) -> Any:
    return kind(**_given(kind, body))


def _given(kind: Any, body: Mapping[str, Any]) -> dict[str, Any]:
    """Of an older or a newer version there may be fewer or more."""
    return {
        name: read(body[name]) if read and body[name] is not None else body[name]
        for name, read in _plan(kind)
        if name in body
    }


@cache
def _plan(kind: Any) -> tuple[tuple[str, Read], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, _read(hints[one.name])) for one in fields(kind))


def _read(hint: Any) -> Read:
    hint = _present(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_of([_read(one) for one in inner if one is not Ellipsis], ... in inner)
    if origin in (dict, abc.Mapping):
        return _values(_read(inner[1]))
    if hint is datetime:
        return datetime.fromisoformat
    if is_dataclass(hint):
        return partial(_made, hint)
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None


def _tuple_of(reads: list[Read], however_many: bool) -> Callable[[Any], Any]:
    if not any(reads):
        return tuple
    if however_many:
        [each] = reads
        return lambda items: tuple(each(item) for item in items) if each else tuple(items)
    return lambda items: tuple(
        read(item) if read else item for read, item in zip(reads, items, strict=True)
    )


def _values(read: Read) -> Read:
    return (lambda body: {name: read(value) for name, value in body.items()}) if read else None


def _present(hint: Any) -> Any:
    """`X` of `X | None`, free of the name of an identifier."""
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return getattr(hint, "__supertype__", hint)
