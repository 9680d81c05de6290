"""Routing rules: what becomes of alerts, decided by the first rule that fits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.domain.ids import IncidentId, ServiceId
from core.domain.record import Record
from core.domain.severity import Severity


class Routing(StrEnum):
    DECLARE = "declare"
    """It calls somebody, as without any rule; the rule may say how."""
    ATTACH = "attach"
    """It joins an incident that is there, while that lives."""
    NOTIFY = "notify"
    """A channel is told, and nobody called."""
    DROP = "drop"
    """It is recorded, and left alone; the rule says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A part of the week: days are 1 (Monday) to 7, none meaning any; minutes of the day, where
    an end before the start is on the next day."""

    time_zone: str
    days: tuple[int, ...] = ()
    start: int = 0
    end: int = 1_440


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule(Record):
    """What is empty fits everything. `position` orders them, the lowest first.

    `sources` are kinds of sources or ids of integrations. `group_by` and `group_window` go before
    those of the source where the rule declares; `severity` and `incident_id` likewise.
    """

    NOUN: ClassVar[str] = "routing rule"
    PREFIX: ClassVar[str] = "rul"

    name: str
    position: int
    routing: Routing
    enabled: bool = True
    sources: tuple[str, ...] = ()
    service_ids: tuple[ServiceId, ...] = ()
    severities: tuple[Severity, ...] = ()
    matchers: tuple[str, ...] = ()
    hours: Hours | None = None
    reason: str = ""
    channel: str = ""
    incident_id: IncidentId | None = None
    severity: Severity | None = None
    group_by: tuple[str, ...] = ()
    group_window: int | None = None
    hold: int | None = None

    @property
    def label(self) -> str:
        return self.name
