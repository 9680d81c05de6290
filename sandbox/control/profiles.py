"""What people may say of themselves: each field of a profile with what is looked for in it."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import category
from zoneinfo import available_timezones

from sandbox.errors import Refusal
from sandbox.json_types import Json

FULL_NAME = 80
# Slack publishes no number for a title; an address is bounded by the rules of mail.
TITLE = 255
ADDRESS = 254
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
# Control characters, among them new lines, and halves of characters.
UNWRITABLE = ("Cc", "Cs")


def profile_in(wanted: Json) -> Json:
    """Those of the wanted fields that belong to a profile; `Refusal` names the first bad one."""
    parts = {name: wanted[name] for name in FIELDS if name in wanted}
    for name, value in parts.items():
        is_good, shape = FIELDS[name]
        if not is_good(value):
            raise Refusal("invalid_request", f"{name} is {shape}.")
    return parts


def _is_line(value: Any, most: int) -> bool:
    """Whether it is a text of one line, in characters that can be written."""
    if not isinstance(value, str) or len(value) > most:
        return False
    return not any(category(one) in UNWRITABLE for one in value)


def _is_full_name(value: Any) -> bool:
    return _is_line(value, FULL_NAME) and bool(value.strip())


def _is_email(value: Any) -> bool:
    return value == "" or (_is_line(value, ADDRESS) and bool(EMAIL.fullmatch(value)))


def _is_zone(value: Any) -> bool:
    return isinstance(value, str) and value in available_timezones()


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "real_name": (_is_full_name, f"a text of 1 to {FULL_NAME} characters"),
    "email": (_is_email, "a text such as dana@example.com, or an empty one"),
    "tz": (_is_zone, "a text that names a time zone, such as Europe/Berlin"),
    "title": (lambda value: _is_line(value, TITLE), f"a text of {TITLE} characters at most"),
    "is_restricted": (_is_flag, "true or false"),
    "deleted": (_is_flag, "true or false"),
}
