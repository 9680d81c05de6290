"""What may be written after an option, checked before anything is opened."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from core.domain.account import Role, UserState, email_address, role_named, state_named
from core.domain.integration import source_named
from core.domain.network import networks_named
from core.errors import InvalidInput
from core.permissions import normal_scope

T = TypeVar("T")

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
