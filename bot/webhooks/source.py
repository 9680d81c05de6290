"""What a monitoring tool must have to ring here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.domain.alert import Alert


class NotUnderstood(Exception):
    """A payload that is no notification of its source; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`require` refuses, at the door, what `parse` would not understand later.

    `title` is what the timeline calls it.
    """

    name: str
    title: str
    require: Callable[[Any], object]
    parse: Callable[[Any], list[Alert]]
