"""JSON from outside: one reader for all that apps, people and files send."""

import json
import math
from typing import Any

# Slack does not say how deep JSON may be; of what it takes, nothing is half as deep as this.
DEEPEST = 64


def read_json(text: str) -> Any:
    """What the text says; `ValueError` for what is no JSON, or could not be passed on as such."""
    try:
        content = _DECODER.decode(text)
    except RecursionError as problem:
        raise ValueError("it is nested too deeply") from problem
    _require_shallow(content)
    return content


def _require_shallow(content: Any) -> None:
    level = [content]
    for _ in range(DEEPEST):
        level = [child for one in level for child in _insides(one)]
        if not level:
            return
    raise ValueError("it is nested too deeply")


def _insides(one: Any) -> list[Any]:
    """The objects and lists right inside."""
    held = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return [value for value in held if isinstance(value, dict | list)]


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number


# Python would read NaN and Infinity, which no client could read back from an answer.
_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)
