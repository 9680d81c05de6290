"""Every event as one sentence that people read; plain text, escaped by whoever shows it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import assert_never

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.alert_narration import narrate_alerts, narrate_incident_alerts
from core.domain.choice_words import worded
from core.domain.edit_narration import narrate_edit
from core.domain.follow_up import FollowUp
from core.domain.likeness import Verdict
from core.domain.maintenance_narration import narrate_maintenance
from core.domain.postmortem import Postmortem
from core.domain.postmortem_narration import narrate_postmortem
from core.domain.responding_narration import narrate_responding
from core.domain.state import State
from core.domain.task_narration import narrate_task
from core.domain.wording import because, joined, listed, minute, spoken
from core.language import known, say, to_say

__all__ = ["narrate", "spoken"]


def narrate(event: e.Event) -> str:
    """A sentence without the time of day: `Alice Archer acknowledged the incident.`"""
    if isinstance(event, e.RespondingEvent):
        return narrate_responding(event)
    if isinstance(event, e.IncidentEvent):
        return _incident(event)
    if isinstance(event, e.MaintenanceEvent):
        return narrate_maintenance(event)
    if isinstance(event, e.IntegrationEvent | e.DependenciesChanged):
        return narrate_alerts(event)
    if isinstance(event, e.RecordEvent):
        return _RECORDS.get(event.noun, _record)(event)
    return _account(event)


def _incident(event: e.IncidentFact) -> str:  # noqa: C901, PLR0915 - one line per event
    who = event.by.name
    match event:
        case e.IncidentDeclared():
            return _declared(event, who)
        case e.IncidentPublished():
            return say("{who} published the incident.", who=who)
        case e.IncidentAcknowledged():
            return say("{who} acknowledged the incident.", who=who)
        case e.IncidentReopened(before=State.SNOOZED, by=Actor(surface=Surface.SCHEDULER)):
            return say("The incident was snoozed until now, and is open again.")
        case e.IncidentReopened(reason=reason):
            plain = to_say("{who} reopened the incident.")
            return because(plain, to_say("{who} reopened the incident: {reason}"), reason, who=who)
        case e.IncidentSnoozed(until=datetime() as until):
            return say("{who} snoozed the incident until {until}.", who=who, until=minute(until))
        case e.IncidentSnoozed():
            return say("{who} snoozed the incident.", who=who)
        case e.IncidentSuppressed(reason=reason):
            plain = to_say("{who} suppressed the incident.")
            return because(
                plain, to_say("{who} suppressed the incident: {reason}"), reason, who=who
            )
        case e.IncidentResolved(summary=reason):
            plain = to_say("{who} resolved the incident.")
            return because(plain, to_say("{who} resolved the incident: {reason}"), reason, who=who)
        case e.IncidentClosed():
            return say("{who} closed the incident.", who=who)
        case e.IncidentCanceled(reason=reason):
            plain = to_say("{who} canceled the incident.")
            return because(plain, to_say("{who} canceled the incident: {reason}"), reason, who=who)
        case e.IncidentDeleted():
            return say("{who} deleted the incident.", who=who)
        case e.IncidentEdited():
            return narrate_edit(event)
        case e.SeverityChanged(before=before, after=after):
            words = to_say("{who} changed the severity from {before} to {after}.")
            return say(words, who=who, before=before.label, after=after.label)
        case e.IncidentAssigned():
            return _assigned(event, who)
        case e.UpdatePosted(phase=phase, text=text):
            words = to_say("{who} posted an update ({phase}): {text}")
            return say(words, who=who, phase=worded(phase), text=text)
        case e.NoteAdded():
            return say("{who} noted: {text}", who=who, text=event.text)
        case e.ChannelLinked():
            return say("The channel #{name} was opened.", name=event.channel_name)
        case e.AlertsFired() | e.AlertsCleared() | e.AlertsFlapping() | e.AlertsSteady():
            return narrate_incident_alerts(event)
        case e.AlertDismissed(name=name):
            return say("{who} said that the alert {name} is no incident.", who=who, name=name)
        case e.AlertSplit(name=name, other=""):
            return say("{who} moved the alert {name} to another incident.", who=who, name=name)
        case e.AlertSplit(name=name, other=other):
            return say("{who} moved the alert {name} to {other}.", who=who, name=name, other=other)
        case e.LikenessesFound(others=()):
            return say("It looks like another incident.")
        case e.LikenessesFound():
            return say("It looks like {others}.", others=joined(event.others))
        case e.LikenessJudged():
            return _judged(event, who)
        case e.ProcedureRun():
            return say("{who} started the procedure “{title}”.", who=who, title=event.title)
        case e.EffectBuried():
            return known(event.reason)
        case _:
            assert_never(event)


def _declared(event: e.IncidentDeclared, who: str) -> str:
    if event.draft:
        return say("{who} drafted an incident: {title}", who=who, title=event.title)
    if event.over:
        return say(
            "{who} recorded a {severity} incident afterwards: {title}",
            who=who,
            severity=event.severity.label,
            title=event.title,
        )
    return say(
        "{who} declared a {severity} incident: {title}",
        who=who,
        severity=event.severity.label,
        title=event.title,
    )


def _judged(event: e.LikenessJudged, who: str) -> str:
    """Where the other has no name, whoever reads it may not know of it."""
    match event:
        case e.LikenessJudged(verdict=None, other=""):
            return say("{who} took back what was said of another incident.", who=who)
        case e.LikenessJudged(verdict=None, other=other):
            return say("{who} took back what was said of {other}.", who=who, other=other)
        case e.LikenessJudged(verdict=Verdict.SAME_CAUSE, other=""):
            return say("{who} said that another incident has the same cause.", who=who)
        case e.LikenessJudged(verdict=Verdict.SAME_CAUSE, other=other):
            return say("{who} said that {other} has the same cause.", who=who, other=other)
        case e.LikenessJudged(other=""):
            return say("{who} said that another incident is not related.", who=who)
        case e.LikenessJudged(other=other):
            return say("{who} said that {other} is not related.", who=who, other=other)


def _assigned(event: e.IncidentAssigned, who: str) -> str:
    if event.assignee_id is None:
        return say("{who} left the incident unassigned.", who=who)
    if event.assignee_id == event.by.user_id:
        return say("{who} took the incident.", who=who)
    return say("{who} assigned {name}.", who=who, name=event.assignee_name)


def _account(event: e.AccountFact) -> str:  # noqa: C901 - one line per event
    who = event.by.name
    match event:
        case e.ServiceAdded():
            return say("{who} added the service {name}.", who=who, name=event.name)
        case e.UserAdded():
            role = worded(event.role)
            return say("{who} added {name} as {role}.", who=who, name=event.name, role=role)
        case e.UserLinked():
            return say("{name} was recognised in Slack.", name=event.name)
        case e.PasswordChanged():
            return say("{who} changed the password of {name}.", who=who, name=event.name)
        case e.ApiKeyCreated():
            return say("{who} created the API key {name}.", who=who, name=event.name)
        case e.ApiKeyRevoked():
            return say("{who} revoked the API key {name}.", who=who, name=event.name)
        case e.IntegrationCreated():
            return say("{who} added the alert source {name}.", who=who, name=event.name)
        case e.WebhookSwitchedOff():
            words = to_say("The outgoing webhook {name} was switched off. {reason}")
            return say(words, name=event.name, reason=event.reason)
        case _:
            assert_never(event)


def _record(event: e.RecordFact) -> str:
    who, what, name = event.by.name, known(f"the {event.noun}"), event.name
    match event:
        case e.RecordCreated():
            return say("{who} created {what} {name}.", who=who, what=what, name=name)
        case e.RecordChanged():
            words = to_say("{who} changed {fields} of {what} {name}.")
            return say(words, who=who, fields=listed(event.fields), what=what, name=name)
        case e.RecordDeleted():
            return say("{who} deleted {what} {name}.", who=who, what=what, name=name)
        case _:
            assert_never(event)


_RECORDS: Mapping[str, Callable[[e.RecordFact], str]] = {
    FollowUp.NOUN: narrate_task,
    Postmortem.NOUN: narrate_postmortem,
}
"""Of these an incident's history says it in words of their own."""
