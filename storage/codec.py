"""Events and effects as JSON and back, by the types of their fields."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import orjson

from core.domain.actor import Actor
from core.domain.events import AccountFact, Event, IncidentFact
from core.effects import KINDS, Effect
from storage.types import json_text

Read: TypeAlias = Callable[[Any], Any] | None

_EVENTS: Mapping[str, type[Event]] = {
    kind.__name__: kind for union in (IncidentFact, AccountFact) for kind in get_args(union)
}


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


def _made(kind: Any, body: Mapping[str, Any]) -> Any:
    """A value of `kind`; what an older or newer version wrote beside its fields is left out."""
    return kind(
        **{
            name: read(body[name]) if read and body[name] is not None else body[name]
            for name, read, optional in _plan(kind)
            if not (optional and name not in body)
        }
    )


@cache
def _plan(kind: Any) -> tuple[tuple[str, Read, bool], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, _read(hints[one.name]), _optional(one)) for one in fields(kind))


def _optional(one: Field[Any]) -> bool:
    return one.default is not MISSING or one.default_factory is not MISSING


def _read(hint: Any) -> Read:
    """How a field of this type is read; None where JSON has it as it is."""
    hint = _present(hint)
    if get_origin(hint) is tuple:
        return tuple
    if hint is datetime:
        return datetime.fromisoformat
    if hint is Actor:
        return _actor
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None


def _present(hint: Any) -> Any:
    """`X` of `X | None`, free of the name of an identifier."""
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return getattr(hint, "__supertype__", hint)


def _actor(body: Mapping[str, Any]) -> Actor:
    actor: Actor = _made(Actor, body)
    return actor
