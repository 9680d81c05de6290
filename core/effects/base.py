"""What effects are about: an incident or a maintenance window."""

from dataclasses import dataclass

from core.domain.ids import IncidentId, MaintenanceId


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEffect:
    incident_id: IncidentId

    @property
    def subject_id(self) -> str:
        """Effects of one subject are shown in the order in which they came to be."""
        return self.incident_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceEffect:
    maintenance_id: MaintenanceId

    @property
    def subject_id(self) -> str:
        return self.maintenance_id
