"""What every command has: who wishes it, and the key under which it happens once."""

from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from core.domain.actor import Caller
from core.domain.ids import (
    IncidentId,
)
from core.domain.incident import Incident

R = TypeVar("R")

TOLD_APART: Final[dict[str, Any]] = {"told_apart": True}
"""Of a field that is shown nowhere and yet tells one request from another under the same key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[R]):
    """A wish, and whose.

    `key` makes it happen once: the same key with the same request again answers
    with the same thing as it is now, and changes nothing. Another request under the
    same key is refused, unless `key_decides`: then it gets the first one's thing too.
    """

    caller: Caller
    key: str | None = None
    key_decides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCommand(Command[Incident]):
    """A change of one incident.

    `expected_version` refuses it with `Conflict` when the incident was changed
    since it was read.
    """

    incident_id: IncidentId
    expected_version: int | None = None
