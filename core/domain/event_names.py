"""What programs call the things that happen, and who may be told of them."""

from collections.abc import Mapping

from core.domain import events as e
from core.domain.actor import Permission

INCIDENT_EVENTS: Mapping[type[e.IncidentEvent], str] = {
    e.IncidentDeclared: "incident.declared",
    e.IncidentPublished: "incident.published",
    e.IncidentAcknowledged: "incident.acknowledged",
    e.IncidentAssigned: "incident.assigned",
    e.SeverityChanged: "incident.severity_changed",
    e.IncidentEdited: "incident.updated",
    e.UpdatePosted: "incident.update_posted",
    e.NoteAdded: "incident.note_added",
    e.ChannelLinked: "incident.channel_opened",
    e.AlertsFired: "incident.alerts_fired",
    e.AlertsCleared: "incident.alerts_ended",
    e.AlertsFlapping: "incident.alerts_flapping",
    e.AlertsSteady: "incident.alerts_steady",
    e.AlertDismissed: "incident.alert_dismissed",
    e.AlertSplit: "incident.alert_split",
    e.LikenessesFound: "incident.likenesses_found",
    e.LikenessJudged: "incident.likeness_judged",
    e.ProcedureRun: "incident.procedure_run",
    e.IncidentSnoozed: "incident.snoozed",
    e.IncidentSuppressed: "incident.suppressed",
    e.IncidentResolved: "incident.resolved",
    e.IncidentReopened: "incident.reopened",
    e.IncidentClosed: "incident.closed",
    e.IncidentCanceled: "incident.canceled",
    e.IncidentDeleted: "incident.deleted",
    e.RoleGiven: "incident.role_given",
    e.IncidentMerged: "incident.merged",
    e.IncidentAbsorbed: "incident.absorbed",
    e.IncidentRelated: "incident.linked",
    e.IncidentUnrelated: "incident.unlinked",
    e.MembersChanged: "incident.members_changed",
    e.MessageKept: "incident.message_kept",
    e.MessageDropped: "incident.message_dropped",
    e.EntryRevised: "incident.timeline_corrected",
    e.ReminderDue: "incident.reminder_due",
    e.ReminderPutOff: "incident.reminder_put_off",
    e.ChannelArchiveDue: "incident.channel_archive_due",
    e.ChannelChanged: "incident.channel_changed",
    e.EffectBuried: "incident.not_shown",
}
"""Flat, and in the order of a life."""

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

OTHER_EVENTS: Mapping[type[e.Fact], str] = {
    e.ServiceAdded: "service.created",
    e.DependenciesChanged: "service.dependencies_changed",
    e.IntegrationCreated: "integration.created",
    e.IntegrationChanged: "integration.updated",
    e.IntegrationDeleted: "integration.deleted",
    e.IntegrationQuiet: "integration.quiet",
    e.AlertsNotified: "integration.alerts_told",
    e.WebhookSwitchedOff: "webhook_endpoint.switched_off",
    e.UserAdded: "user.created",
    e.UserLinked: "user.linked",
    e.PasswordChanged: "user.password_changed",
    e.ApiKeyCreated: "api_key.created",
    e.ApiKeyRevoked: "api_key.revoked",
}

NOUNS: Mapping[str, str] = {
    "procedure": "procedure",
    "execution": "execution",
    "article": "article",
    "metric": "metric",
    "follow-up": "follow_up",
    "role": "incident_role",
    "severity": "severity_option",
    "status": "status_option",
    "custom field": "custom_field",
    "field option": "field_option",
    "calendar feed": "calendar_feed",
    "invitation": "invitation",
    "organisation": "organization",
    "routing rule": "routing_rule",
    "silence": "silence",
    "heartbeat": "heartbeat",
    "webhook endpoint": "webhook_endpoint",
    "user": "user",
    "postmortem": "postmortem",
    "incident settings": "incident_settings",
}
"""Of the plain nouns, as sentences and as programs have them. Who follows what is no program's
business."""

_DONE: Mapping[type[e.RecordEvent], str] = {
    e.RecordCreated: "created",
    e.RecordChanged: "updated",
    e.RecordDeleted: "deleted",
}

FAMILIES: Mapping[str, Permission] = {
    "incident": Permission.READ_INCIDENTS,
    "maintenance": Permission.READ_MAINTENANCES,
    "service": Permission.READ_SERVICES,
    "integration": Permission.READ_INTEGRATIONS,
    "routing_rule": Permission.READ_INTEGRATIONS,
    "heartbeat": Permission.READ_INTEGRATIONS,
    "webhook_endpoint": Permission.READ_INTEGRATIONS,
    "calendar_feed": Permission.READ_INTEGRATIONS,
    "silence": Permission.READ_INCIDENTS,
    "follow_up": Permission.READ_INCIDENTS,
    "postmortem": Permission.READ_INCIDENTS,
    "incident_settings": Permission.READ_ORGANIZATIONS,
    "procedure": Permission.READ_PROCEDURES,
    "execution": Permission.READ_PROCEDURES,
    "article": Permission.READ_ARTICLES,
    "metric": Permission.READ_METRICS,
    "incident_role": Permission.READ_ORGANIZATIONS,
    "severity_option": Permission.READ_ORGANIZATIONS,
    "status_option": Permission.READ_ORGANIZATIONS,
    "custom_field": Permission.READ_ORGANIZATIONS,
    "field_option": Permission.READ_ORGANIZATIONS,
    "organization": Permission.READ_ORGANIZATIONS,
    "user": Permission.READ_USERS,
    "invitation": Permission.READ_USERS,
    "api_key": Permission.ADMINISTER,
}
"""What a name begins with, and what somebody must be allowed to see who is told of it."""

UNTOLD = frozenset({e.EffectBuried, e.MaintenanceEffectBuried})
"""That something could not be shown in Slack is nobody's else business."""

EVENTS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *(name for kind, name in INCIDENT_EVENTS.items() if kind not in UNTOLD),
            *(name for kind, name in MAINTENANCE_EVENTS.items() if kind not in UNTOLD),
            *OTHER_EVENTS.values(),
            *(f"{noun}.{done}" for noun in NOUNS.values() for done in _DONE.values()),
        )
    )
)
"""What can be wanted."""


def name_of(event: e.Event) -> str:
    """`incident.resolved`; empty for a noun that nobody is told of."""
    if isinstance(event, e.RecordEvent):
        noun = NOUNS.get(event.noun)
        return f"{noun}.{_DONE[type(event)]}" if noun else ""
    if isinstance(event, e.MaintenanceEvent):
        return MAINTENANCE_EVENTS[type(event)]
    if isinstance(event, e.IncidentEvent):
        return INCIDENT_EVENTS[type(event)]
    return OTHER_EVENTS[type(event)]


def family_of(name: str) -> str:
    return name.partition(".")[0]
