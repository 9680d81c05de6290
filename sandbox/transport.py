"""How Slack reaches the app, as its settings say; each can be changed while the sandbox runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.json_types import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportSettings:
    """`socket_mode` decides alone: an app is reached over sockets or over HTTP, never both.

    `socket_seconds` is how long a socket lives; `delivery_latency` how long everything travels,
    which counts towards the three seconds. `delayed_events` goes on with events every hour for a
    day. The last three are Slack's numbers, and smaller ones bring their effects within reach.
    """

    socket_mode: bool = False
    socket_seconds: float = limits.SOCKET_SECONDS
    delivery_latency: float = 0.0
    delayed_events: bool = False
    ack_on_another_socket: bool = limits.ACK_ON_ANOTHER_SOCKET_COUNTS
    events_per_hour: int = limits.EVENTS_PER_HOUR
    events_before_disabling: int = limits.EVENTS_BEFORE_DISABLING

    def changed(self, wanted: Json) -> "TransportSettings":
        """With those of the wanted settings that belong here; `Refusal` names a bad one."""
        known = {one.name for one in fields(self)} & set(wanted)
        for name in known:
            is_good, mend = CHECKS[name]
            if not is_good(wanted[name]):
                raise Refusal("invalid_request", f"`{name}` must be {mend}.")
        return replace(self, **{name: wanted[name] for name in known})


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_latency(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value < limits.LONGEST_WAIT_SECONDS


def _is_lifetime(value: Any) -> bool:
    return _is_latency(value) and value > limits.SOCKET_WARNING_SECONDS


FLAG = (_is_flag, "true or false")
COUNT = (_is_count, "a whole number, at least 1")
CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "socket_mode": FLAG,
    "socket_seconds": (
        _is_lifetime,
        f"a number of seconds above {limits.SOCKET_WARNING_SECONDS:g}, for the warning in time",
    ),
    "delivery_latency": (_is_latency, "a number of seconds, at least 0"),
    "delayed_events": FLAG,
    "ack_on_another_socket": FLAG,
    "events_per_hour": COUNT,
    "events_before_disabling": COUNT,
}
