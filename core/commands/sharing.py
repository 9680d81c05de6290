"""Telling how an incident stands while moving it: one wish, one update."""

from dataclasses import dataclass

from core.commands.base import Command
from core.domain.ids import IncidentId, UpdateId
from core.domain.state import Phase, State


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUpdate:
    """Which one was made; it is read where updates are read."""

    id: UpdateId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareUpdate(Command[SharedUpdate]):
    """`text` is told once the incident is in the state and has the severity; what is None stays.

    `expected_version` and `resolve_first` are as `EditIncident` has them.
    """

    incident_id: IncidentId
    text: str
    expected_version: int | None = None
    state: State | None = None
    phase: Phase | None = None
    resolve_first: bool = False
    status_id: str | None = None
    severity: str | None = None
    severity_id: str | None = None
