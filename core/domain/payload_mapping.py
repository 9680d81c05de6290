"""What stands where in a payload that nobody knows beforehand: expressions of JMESPath, bounded.

An expression comes from an administrator and a payload from anybody, so neither may cost more
than a little time and memory, whatever they are.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from jmespath.visitor import TreeInterpreter

from core.domain.alert import AlertStatus
from core.errors import InvalidInput

MAPPED = (
    "alerts",
    "title",
    "key",
    "status",
    "severity",
    "service",
    "group",
    "summary",
    "description",
    "link",
    "starts_at",
    "ends_at",
    "labels",
)
"""What can be mapped. `alerts` is a list, in each entry of which the others are looked for."""

IGNORED = "ignored"
MEANINGS = (AlertStatus.FIRING, AlertStatus.ACKNOWLEDGED, AlertStatus.RESOLVED, IGNORED)
"""What a status at the source can mean here; what is ignored says nothing."""

LONGEST = 500
MOST_STEPS, STRIDE = 300_000, 16
"""Of one look-up: nodes visited, and so many entries listed or characters made at a time."""

_KNOWN_FUNCTIONS: frozenset[str] = frozenset(Functions.FUNCTION_TABLE)


_PREAMBLE = re.compile(r"^(Invalid|Bad) jmespath expression: ", re.IGNORECASE)


class Unselectable(Exception):
    """An expression that does not fit this payload; the message says why."""


def require_mapping(mapping: Mapping[str, str]) -> Mapping[str, str]:
    """`InvalidInput` for a field that there is not, or an expression that cannot be read."""
    for name, expression in mapping.items():
        field = f"mapping.{name}"
        if name not in MAPPED:
            raise InvalidInput(
                f"“{name[:80]}” cannot be mapped; use {', '.join(MAPPED)}.", field=field
            )
        if not isinstance(expression, str) or len(expression) > LONGEST:
            raise InvalidInput(
                f"An expression is text of at most {LONGEST} characters.", field=field
            )
        _require_readable(expression, field)
    return mapping


def require_meanings(values: Mapping[str, str]) -> Mapping[str, str]:
    """`InvalidInput` for a status that is to mean what nothing here means."""
    for word, meaning in values.items():
        if meaning not in MEANINGS:
            raise InvalidInput(
                f"“{word[:80]}” cannot mean “{str(meaning)[:80]}”; use {', '.join(MEANINGS)}.",
                field=f"values.{word}",
            )
    return values


def selected(expression: str, payload: Any) -> Any:
    """What the expression finds, None where that is nothing; `Unselectable` where it fails."""
    try:
        return _Bounded().visit(_tree(expression), payload)
    except (JMESPathError, RecursionError, TypeError, ValueError) as error:
        raise Unselectable(_first_line(error)) from error


def _require_readable(expression: str, field: str) -> None:
    try:
        unknown = sorted(set(_called(_tree(expression))) - _KNOWN_FUNCTIONS)
    except (JMESPathError, RecursionError) as error:
        raise InvalidInput(
            f"“{expression[:80]}” is not an expression of JMESPath: {_first_line(error)}.",
            field=field,
        ) from error
    if unknown:
        raise InvalidInput(f"JMESPath has no function {unknown[0]}().", field=field)


@lru_cache(maxsize=1_024)
def _tree(expression: str) -> Any:
    return jmespath.compile(expression).parsed


def _called(tree: Any) -> Iterator[str]:
    """The functions an expression calls."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node["type"] == "function_expression":
            yield node["value"]
        waiting += node["children"]


def _first_line(error: Exception) -> str:
    """jmespath's own words without the drawing below them."""
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return _PREAMBLE.sub("", line).rstrip(".:")


class _Bounded(TreeInterpreter):
    """Counts what an expression does, and stops it in time."""

    def __init__(self) -> None:
        super().__init__()
        self._left = MOST_STEPS

    def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
        found = super().visit(node, *args, **kwargs)
        made = node["type"] not in ("field", "current", "identity", "literal", "subexpression")
        self._left -= 1 + (len(found) // STRIDE if made and isinstance(found, str | list) else 0)
        if self._left < 0:
            raise ValueError("it takes too much work")
        return found
