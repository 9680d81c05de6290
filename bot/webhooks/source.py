"""What a monitoring tool must have to ring here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.alert import Alert


class NotUnderstood(Exception):
    """A payload that is no notification of its source; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`parse` is given what was sent and when it came.

    `title` is what the timeline calls it. `require` refuses, at the door, what `parse` would not
    understand later; without it the source has a door of its own, at the API of its product.
    """

    name: str
    title: str
    parse: Callable[[Any, datetime], list[Alert]]
    require: Callable[[Any], object] | None = None
