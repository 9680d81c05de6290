"""Every event as one sentence that people read; plain text, escaped by whoever shows it."""

from typing import assert_never

from core.domain import events as e
from core.domain.alert_narration import alerts_named, narrate_alerts
from core.domain.likeness import Verdict
from core.domain.maintenance_narration import narrate_maintenance
from core.domain.wording import because, joined, listed, minute, spoken

__all__ = ["narrate", "spoken"]


def narrate(event: e.Event) -> str:
    """A sentence without the time of day: `Alice Archer acknowledged the incident.`"""
    if isinstance(event, e.IncidentEvent):
        return _incident(event)
    if isinstance(event, e.MaintenanceEvent):
        return narrate_maintenance(event)
    if isinstance(event, e.IntegrationEvent | e.DependenciesChanged):
        return narrate_alerts(event)
    return _record(event) if isinstance(event, e.RecordEvent) else _account(event)


def _incident(event: e.IncidentFact) -> str:  # noqa: C901, PLR0915 - one line per event
    who = event.by.name
    match event:
        case e.IncidentDeclared(draft=True):
            return f"{who} drafted an incident: {event.title}"
        case e.IncidentDeclared(over=True):
            return f"{who} recorded a {event.severity.label} incident afterwards: {event.title}"
        case e.IncidentDeclared():
            return f"{who} declared a {event.severity.label} incident: {event.title}"
        case e.IncidentPublished():
            return f"{who} published the incident."
        case e.IncidentAcknowledged():
            return f"{who} acknowledged the incident."
        case e.IncidentReopened():
            return because(f"{who} reopened the incident", event.reason)
        case e.IncidentSnoozed():
            until = f" until {minute(event.until)}" if event.until else ""
            return f"{who} snoozed the incident{until}."
        case e.IncidentSuppressed():
            return because(f"{who} suppressed the incident", event.reason)
        case e.IncidentResolved():
            return because(f"{who} resolved the incident", event.summary)
        case e.IncidentClosed():
            return f"{who} closed the incident."
        case e.IncidentCanceled():
            return because(f"{who} canceled the incident", event.reason)
        case e.IncidentDeleted():
            return f"{who} deleted the incident."
        case e.IncidentEdited():
            return f"{who} changed {listed(event.fields)}."
        case e.SeverityChanged():
            return f"{who} changed the severity from {event.before.label} to {event.after.label}."
        case e.IncidentAssigned(assignee_id=None):
            return f"{who} left the incident unassigned."
        case e.IncidentAssigned():
            own = event.assignee_id == event.by.user_id
            return f"{who} took the incident." if own else f"{who} assigned {event.assignee_name}."
        case e.UpdatePosted():
            return f"{who} posted an update ({event.phase}): {event.text}"
        case e.NoteAdded():
            return f"{who} noted: {event.text}"
        case e.ChannelLinked():
            return f"The channel #{event.channel_name} was opened."
        case e.AlertsFired(worse=True):
            return f"{alerts_named(event.count, event.names)} got worse."
        case e.AlertsFired():
            return f"{alerts_named(event.count, event.names)} joined the incident."
        case e.AlertsCleared():
            return f"{alerts_named(event.count, event.names)} ended."
        case e.AlertsFlapping():
            said = alerts_named(event.count, event.names)
            return f"{said} {'comes and goes' if event.count == 1 else 'come and go'}."
        case e.AlertsSteady():
            said = alerts_named(event.count, event.names)
            if event.count == 1:
                return f"{said} is steady again and {'goes on' if event.firing else 'stays away'}."
            return f"{said} are steady again and {'go on' if event.firing else 'stay away'}."
        case e.AlertDismissed():
            return f"{who} said that the alert {event.name} is no incident."
        case e.AlertSplit():
            return f"{who} moved the alert {event.name} to {event.other}."
        case e.LikenessesFound():
            return f"It looks like {joined(event.others)}."
        case e.LikenessJudged(verdict=None):
            return f"{who} took back what was said of {event.other}."
        case e.LikenessJudged(verdict=Verdict.SAME_CAUSE):
            return f"{who} said that {event.other} has the same cause."
        case e.LikenessJudged():
            return f"{who} said that {event.other} is not related."
        case e.ProcedureRun():
            return f"{who} started the procedure “{event.title}”."
        case e.EffectBuried():
            return f"{event.reason}"
        case _:
            assert_never(event)


def _account(event: e.AccountFact) -> str:  # noqa: C901 - one line per event
    who = event.by.name
    match event:
        case e.ServiceAdded():
            return f"{who} added the service {event.name}."
        case e.UserAdded():
            return f"{who} added {event.name} as {event.role}."
        case e.UserLinked():
            return f"{event.name} was recognised in Slack."
        case e.PasswordChanged():
            return f"{who} changed the password of {event.name}."
        case e.ApiKeyCreated():
            return f"{who} created the API key {event.name}."
        case e.ApiKeyRevoked():
            return f"{who} revoked the API key {event.name}."
        case e.IntegrationCreated():
            return f"{who} added the alert source {event.name}."
        case e.WebhookSwitchedOff():
            return f"The outgoing webhook {event.name} was switched off. {event.reason}"
        case _:
            assert_never(event)


def _record(event: e.RecordFact) -> str:
    who, what = event.by.name, f"the {event.noun} {event.name}"
    match event:
        case e.RecordCreated():
            return f"{who} created {what}."
        case e.RecordChanged():
            return f"{who} changed {listed(event.fields)} of {what}."
        case e.RecordDeleted():
            return f"{who} deleted {what}."
        case _:
            assert_never(event)
