"""What every source is asked: how its tool speaks, rightly and wrongly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson

PADDING = "x" * 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as the tool makes it."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


Send: TypeAlias = Callable[[Any], Sent]


def as_json(payload: Any) -> Sent:
    return Sent(body=orjson.dumps(payload), headers={"Content-Type": "application/json"})


def widened(payload: Any) -> Any:
    """With a field that nobody has heard of, in the body and in every entry of a list."""
    if isinstance(payload, list):
        return [widened(entry) for entry in payload]
    entries = {name: widened(value) for name, value in payload.items() if _is_list(value)}
    return {**payload, **entries, "x_unheard_of": {"deep": [1, None, "x"]}}


def heavier(payload: Any) -> Any:
    """With five megabytes in a field that nobody has heard of."""
    if isinstance(payload, list):
        return [*payload[:-1], heavier(payload[-1])]
    return {**payload, "x_padding": PADDING}


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One source: payloads in the words of its tool, `send` makes a request of one.

    `firing`, `repeated` and `resolved` are about the same alert, said one after the other.
    `malformed` are payloads that the door has to refuse with 4xx. `forge` makes of a request that
    is right one whose signature is wrong; None where the token alone lets it in. `secret` and
    `settings` are those of the alert source. `widen` and `weigh` add to a payload what nobody has
    heard of: they are to be replaced where a payload is not one JSON value. `fetch` is what
    the door gets where a payload refers to something, such as a certificate. `status` is what a
    stored delivery is answered with.
    """

    source: str
    firing: Any
    repeated: Any
    resolved: Any
    malformed: tuple[Any, ...]
    send: Send = as_json
    forge: Callable[[Sent], Sent] | None = None
    secret: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    widen: Callable[[Any], Any] = widened
    weigh: Callable[[Any], Any] = heavier
    fetch: Mapping[str, bytes] = field(default_factory=dict)
    status: int = 202
