"""What every setting may be: its name, what is looked for, and how the refusal says it."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.app_address import problem_with
from sandbox.errors import Refusal
from sandbox.facts import limits
from sandbox.facts.tiers import OFF, PROFILES
from sandbox.json_types import Json, is_finite
from sandbox.preferences import UPLOADS
from sandbox.web_api.call import unforbiddable

Check = tuple[Callable[[Any], bool], str]

FLAG: Check = (lambda value: isinstance(value, bool), "true or false")


def check_settings(wanted: Json) -> None:
    """`Refusal` for the first setting that is unknown or cannot be what it shall be."""
    if unknown := sorted(set(wanted) - set(CHECKS)):
        known = ", ".join(sorted(CHECKS))
        raise Refusal("invalid_request", f"There is no setting {unknown[0]}, only {known}.")
    for name, value in wanted.items():
        is_good, shape = CHECKS[name]
        if not is_good(value):
            raise Refusal("invalid_request", f"{name} is {shape}.")
    if methods := unforbiddable(wanted.get("restricted_actions", ())):
        sentence = f"restricted_actions: preferences cannot forbid {methods[0]}."
        raise Refusal("invalid_request", sentence)


def _one_of(*names: str) -> Check:
    return lambda value: isinstance(value, str) and value in names, f"one of {', '.join(names)}"


def _is_count(value: Any) -> bool:
    return is_finite(value) and isinstance(value, int) and value >= 1


def _is_burst(value: Any) -> bool:
    return value is None or (is_finite(value) and value > 0)


def _is_window(value: Any) -> bool:
    return value is None or (is_finite(value) and value >= 0)


def _is_latency(value: Any) -> bool:
    return is_finite(value) and 0 <= value < limits.LONGEST_WAIT_SECONDS


def _is_patience(value: Any) -> bool:
    return _is_latency(value) and value > 0


def _is_lifetime(value: Any) -> bool:
    return _is_latency(value) and value > limits.SOCKET_WARNING_SECONDS


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and (not value or not problem_with(value))


COUNT: Check = (_is_count, "a whole number, at least 1")
CHECKS: Mapping[str, Check] = {
    "rate_limits": _one_of(OFF, *PROFILES),
    "rate_burst": (_is_burst, "a number above 0, or null"),
    "distributed": FLAG,
    "restricted_actions": (_are_texts, "a list of texts"),
    "broadcasts_allowed": FLAG,
    "app_url": (
        _is_address,
        "a text such as http://127.0.0.1:3000, without a path, or an empty one",
    ),
    "is_paid": FLAG,
    "edit_window_seconds": (_is_window, "a number, not less than 0, or null"),
    "canvases": FLAG,
    "uploads": _one_of(*UPLOADS),
    "socket_mode": FLAG,
    "socket_seconds": (
        _is_lifetime,
        f"a number of seconds above {limits.SOCKET_WARNING_SECONDS:g}, for the warning in time",
    ),
    "delivery_latency": (_is_latency, "a number of seconds, at least 0"),
    "answer_seconds": (_is_patience, "a number of seconds above 0"),
    "delayed_events": FLAG,
    "ack_on_another_socket": FLAG,
    "events_per_hour": COUNT,
    "events_before_disabling": COUNT,
}  # fmt: skip
