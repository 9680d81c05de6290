"""What must be shown of maintenance."""

from dataclasses import dataclass

from core.domain.ids import EntryId
from core.effects.base import MaintenanceEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshMaintenanceCard(MaintenanceEffect):
    """Its card is there and true, in each of its channels and with each person it is told to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMaintenanceNotice(MaintenanceEffect):
    """A line of its history is to be read in the thread under each of its cards."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class TellMaintenanceOwner(MaintenanceEffect):
    """Its owner, or whoever scheduled it, hears in person what could not be done."""

    entry_id: EntryId
