"""What programs call the things that happen to maintenance."""

from collections.abc import Mapping

from core.domain import events as e

MAINTENANCE_EVENTS: Mapping[type[e.MaintenanceEvent], str] = {
    e.MaintenanceScheduled: "maintenance.scheduled",
    e.MaintenanceEdited: "maintenance.updated",
    e.MaintenanceStartingSoon: "maintenance.starting_soon",
    e.MaintenanceDue: "maintenance.due",
    e.MaintenanceLapsed: "maintenance.lapsed",
    e.MaintenanceStarted: "maintenance.started",
    e.MaintenanceExtended: "maintenance.extended",
    e.MaintenanceEndingSoon: "maintenance.ending_soon",
    e.MaintenanceOverran: "maintenance.overran",
    e.MaintenanceCompleted: "maintenance.completed",
    e.MaintenanceCanceled: "maintenance.canceled",
    e.OccurrenceSkipped: "maintenance.occurrence_skipped",
    e.ProgressPosted: "maintenance.progress_posted",
    e.SuppressedAlertsRaised: "maintenance.alerts_raised",
    e.MaintenanceEffectBuried: "maintenance.not_shown",
}
"""Flat, and in the order of a life."""


def name_of(event: e.MaintenanceEvent) -> str:
    return MAINTENANCE_EVENTS[type(event)]
