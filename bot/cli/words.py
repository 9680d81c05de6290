"""What may be written after an option, checked before anything is opened."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import orjson

from core.domain.account import Role, UserState, email_address, role_named, state_named
from core.domain.integration import source_named
from core.domain.network import networks_named
from core.errors import InvalidInput
from core.permissions import normal_scope

T = TypeVar("T")

SPANS = frozenset({"group_window", "hold", "grace", "flap_window", "quiet_after"})
LISTS = frozenset({"group_by", "topics"})

_SPAN = re.compile(r"(\d{1,5})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def scope(word: str) -> str:
    return _refused_as_usage(normal_scope, word)


def source(word: str) -> str:
    return _refused_as_usage(source_named, word)


def email(word: str) -> str:
    return _refused_as_usage(email_address, word)


def role(word: str) -> Role:
    return _refused_as_usage(role_named, word)


def state(word: str) -> UserState:
    return _refused_as_usage(state_named, word)


def network(word: str) -> str:
    return _refused_as_usage(lambda text: networks_named([text], field="network")[0], word)


def per_minute(word: str) -> int:
    """As many requests as a plan may allow."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}|1000000", word):
        raise ArgumentTypeError(f"“{word}” is not a number from 1 to 1,000,000.")
    return int(word)


def span(word: str) -> timedelta:
    """`90d`, `12h`, `30m` or `2w`."""
    match = _SPAN.fullmatch(word.strip().lower())
    if match is None or not int(match[1]):
        raise ArgumentTypeError(f"“{word}” is not a span of time; write it as 90d, 12h or 30m.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def seconds(word: str) -> int:
    """`90s`, `30m`, `2h`, `1d`, or 0."""
    text = word.strip().lower()
    if text in ("0", "0s"):
        return 0
    match = re.fullmatch(r"(\d{1,7})s", text)
    try:
        return int(match[1]) if match else int(span(text).total_seconds())
    except ArgumentTypeError as error:
        message = f"“{word}” is not a span of time; write it as 90s, 30m, 2h or 1d."
        raise ArgumentTypeError(message) from error


def position(word: str) -> int:
    """A place in an order."""
    if not re.fullmatch(r"[1-9][0-9]{0,5}", word):
        raise ArgumentTypeError(f"“{word}” is no position; the first one is 1.")
    return int(word)


def label(word: str) -> tuple[str, str]:
    """`team=payments`."""
    name, equals, value = word.partition("=")
    if not equals or not name.strip():
        raise ArgumentTypeError(f"“{word}” is no label; write it as team=payments.")
    return name.strip(), value.strip().strip('"')


def hours(word: str) -> tuple[str, str]:
    """`09:00-17:00`, each end as it is written."""
    start, dash, end = word.partition("-")
    if not dash:
        raise ArgumentTypeError(f"“{word}” are no hours; write them as 09:00-17:00.")
    return start.strip(), end.strip()


def listed(word: str) -> list[str]:
    """What commas part."""
    return [part.strip() for part in word.split(",") if part.strip()]


def setting(word: str) -> tuple[str, Any]:
    """`grace=2m`, `group_by=service,cluster`, or `severities={"page": "critical"}`."""
    name, equals, value = word.partition("=")
    plain = name.strip().lower().replace("-", "_")
    if not equals or not plain:
        raise ArgumentTypeError(f"“{word}” is no setting; write it as grace=2m.")
    if plain in SPANS:
        return plain, int(value) if value.strip().isdecimal() else seconds(value)
    if value.strip()[:1] in ("{", "["):
        return plain, _json(value)
    if plain in LISTS:
        return plain, listed(value)
    return plain, int(value) if value.strip().isdecimal() else value.strip()


def payload_id(word: str) -> int:
    """The number of a payload, as `tocsin integrations payloads` shows it."""
    if not re.fullmatch(r"[0-9]{1,18}", word):
        raise ArgumentTypeError(
            f"“{word}” is not the number of a payload; `tocsin integrations payloads` shows them."
        )
    return int(word)


def parcel_id(word: str) -> int:
    """The number of a parcel, as `tocsin outbox list` shows it."""
    if not re.fullmatch(r"[0-9]{1,18}", word):
        raise ArgumentTypeError(
            f"“{word}” is not the number of a parcel; `tocsin outbox list` shows those there are."
        )
    return int(word)


def slug(word: str) -> str:
    """An organisation's short name."""
    if not _SLUG.fullmatch(word):
        raise ArgumentTypeError(
            f"“{word}” is not an organisation's short name; use small letters, digits and dashes."
        )
    return word


def _refused_as_usage(check: Callable[[str], T], word: str) -> T:
    try:
        return check(word)
    except InvalidInput as refusal:
        raise ArgumentTypeError(str(refusal)) from refusal


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ArgumentTypeError(f"“{text}” is not valid JSON: {error}.") from error
