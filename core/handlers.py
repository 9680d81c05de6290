"""Which use case carries out which command: one line per command."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from core import commands as c
from core import recalls
from core.commands import Command
from core.commands import alerting as a
from core.commands import postmortems as pm
from core.commands import roles as r
from core.commands import rooms as m
from core.commands import subscriptions as follows
from core.commands import timeline as t
from core.commands import together as g
from core.commands.hearing import TakeUp
from core.commands.reminders import PutOffReminder
from core.commands.settings import AddFormField, EditIncidentSettings
from core.domain.article import Article
from core.domain.custom_field import CustomField, FieldOption
from core.domain.follow_up import FollowUp
from core.domain.heartbeat import Heartbeat
from core.domain.incident_role import IncidentRole
from core.domain.metric import Metric
from core.domain.postmortem import Postmortem
from core.domain.procedure import Execution, Procedure
from core.domain.routing_rule import RoutingRule
from core.domain.severity_option import SeverityOption
from core.domain.silence import Silence
from core.domain.status_option import StatusOption
from core.domain.subscription import Subscription
from core.domain.webhook_endpoint import WebhookEndpoint
from core.ports import UnitOfWork
from core.recalls import Recall
from core.usecases import (
    accounts,
    alert_acts,
    alert_corrections,
    alerts,
    articles,
    burials,
    calendar,
    custom_fields,
    dependencies,
    drafts,
    edit,
    fixtures,
    follow_ups,
    form_fields,
    hearing,
    heartbeats,
    incident_roles,
    incidents,
    integrations,
    invitations,
    likenesses,
    maintenance_clock,
    maintenances,
    messages,
    metrics,
    organizations,
    people,
    postmortems,
    procedures,
    quieting,
    raising,
    reconciling,
    reminders,
    roles,
    rooms,
    routing_rules,
    services,
    sessions,
    settings_changes,
    severity_options,
    sharing,
    silences,
    status_options,
    subscriptions,
    timeline,
    timers,
    together,
    webhooks,
)

Run: TypeAlias = Callable[[Any, UnitOfWork, datetime], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class UseCase:
    """How a command is carried out, and how its result is found again under its key."""

    run: Run
    recall: Recall | None = None


HANDLERS: Mapping[type[Command[Any]], UseCase] = {
    c.DeclareIncident: UseCase(incidents.declare, recalls.incident),
    c.PublishIncident: UseCase(incidents.publish, recalls.incident),
    c.AcknowledgeIncident: UseCase(incidents.acknowledge, recalls.incident),
    c.ReopenIncident: UseCase(incidents.reopen, recalls.incident),
    c.SnoozeIncident: UseCase(incidents.snooze, recalls.incident),
    c.SuppressIncident: UseCase(incidents.suppress, recalls.incident),
    c.ResolveIncident: UseCase(incidents.resolve, recalls.incident),
    c.CloseIncident: UseCase(incidents.close, recalls.incident),
    c.CancelIncident: UseCase(incidents.cancel, recalls.incident),
    c.DeleteIncident: UseCase(incidents.delete, recalls.gone),
    c.ShareUpdate: UseCase(sharing.share, sharing.recall),
    c.PostUpdate: UseCase(messages.post_update, recalls.incident),
    c.AddNote: UseCase(messages.add_note, recalls.note),
    c.ChangeSeverity: UseCase(incidents.change_severity, recalls.incident),
    c.AssignIncident: UseCase(incidents.assign, recalls.incident),
    c.EditIncident: UseCase(edit.edit, recalls.incident),
    r.GiveRole: UseCase(roles.give, recalls.incident),
    r.GiveRoles: UseCase(roles.give_several, recalls.incident),
    r.ChangeServices: UseCase(roles.change_services, recalls.incident),
    PutOffReminder: UseCase(reminders.put_off, recalls.incident),
    c.WriteLikenesses: UseCase(likenesses.write),
    c.JudgeLikeness: UseCase(likenesses.judge),
    c.LinkChannel: UseCase(rooms.link_channel),
    c.RecordBurial: UseCase(burials.record_burial),
    c.ExpireDrafts: UseCase(drafts.expire),
    c.TriageAlerts: UseCase(alerts.triage_alerts),
    c.RefuseDelivery: UseCase(alerts.refuse_delivery),
    c.ResolveAlert: UseCase(alert_acts.resolve_alert, recalls.alert),
    c.AttachAlert: UseCase(alert_acts.attach_alert, recalls.alert),
    c.OpenEventSource: UseCase(alert_acts.open_event_source),
    c.AddService: UseCase(services.add, recalls.service),
    c.ScheduleMaintenance: UseCase(maintenances.schedule, recalls.maintenance),
    c.EditMaintenance: UseCase(maintenances.edit, recalls.maintenance),
    c.StartMaintenance: UseCase(maintenances.start, recalls.maintenance),
    c.CompleteMaintenance: UseCase(maintenances.complete, recalls.maintenance),
    c.CancelMaintenance: UseCase(maintenances.cancel, recalls.maintenance),
    c.ExtendMaintenance: UseCase(maintenances.extend, recalls.maintenance),
    c.SkipOccurrence: UseCase(maintenances.skip, recalls.maintenance),
    c.PostProgress: UseCase(maintenances.post_progress, recalls.maintenance),
    c.AdvanceMaintenance: UseCase(maintenance_clock.advance),
    c.RaiseSuppressedAlerts: UseCase(raising.raise_suppressed),
    c.RecordMaintenanceBurial: UseCase(maintenance_clock.record_burial),
    c.OpenCalendarFeed: UseCase(calendar.open_feed, recalls.calendar_feed),
    c.WithdrawCalendarFeed: UseCase(calendar.withdraw_feed, recalls.gone),
    c.AddWebhookEndpoint: UseCase(webhooks.add, recalls.record(WebhookEndpoint)),
    c.EditWebhookEndpoint: UseCase(webhooks.edit, recalls.record(WebhookEndpoint)),
    c.RotateWebhookSecret: UseCase(webhooks.rotate_secret, recalls.record(WebhookEndpoint)),
    c.DeleteWebhookEndpoint: UseCase(webhooks.delete, recalls.gone),
    c.PingWebhook: UseCase(webhooks.ping, recalls.webhook_delivery),
    c.ReplayWebhook: UseCase(webhooks.replay, recalls.webhook_delivery),
    c.ReplayFailedWebhooks: UseCase(webhooks.replay_failed),
    c.QueueWebhooks: UseCase(webhooks.queue),
    c.RecordWebhookAttempt: UseCase(webhooks.record_attempt),
    c.AddSeverityOption: UseCase(severity_options.add, recalls.record(SeverityOption)),
    c.EditSeverityOption: UseCase(severity_options.edit, recalls.record(SeverityOption)),
    c.DeleteSeverityOption: UseCase(severity_options.delete, recalls.gone),
    c.AddStatusOption: UseCase(status_options.add, recalls.record(StatusOption)),
    c.EditStatusOption: UseCase(status_options.edit, recalls.record(StatusOption)),
    c.DeleteStatusOption: UseCase(status_options.delete, recalls.gone),
    c.AddIncidentRole: UseCase(incident_roles.add, recalls.record(IncidentRole)),
    c.EditIncidentRole: UseCase(incident_roles.edit, recalls.record(IncidentRole)),
    c.DeleteIncidentRole: UseCase(incident_roles.delete, recalls.gone),
    c.AddCustomField: UseCase(custom_fields.add, recalls.record(CustomField)),
    c.EditCustomField: UseCase(custom_fields.edit, recalls.record(CustomField)),
    c.DeleteCustomField: UseCase(custom_fields.delete, recalls.gone),
    c.AddFieldOption: UseCase(custom_fields.add_option, recalls.record(FieldOption)),
    c.EditFieldOption: UseCase(custom_fields.edit_option, recalls.record(FieldOption)),
    c.DeleteFieldOption: UseCase(custom_fields.delete_option, recalls.gone),
    c.AddFollowUp: UseCase(follow_ups.add, recalls.record(FollowUp)),
    c.EditFollowUp: UseCase(follow_ups.edit, recalls.record(FollowUp)),
    c.DeleteFollowUp: UseCase(follow_ups.delete, recalls.gone),
    c.AddProcedure: UseCase(procedures.add, recalls.record(Procedure)),
    c.EditProcedure: UseCase(procedures.edit, recalls.record(Procedure)),
    c.DeleteProcedure: UseCase(procedures.delete, recalls.gone),
    c.ExecuteProcedure: UseCase(procedures.execute, recalls.record(Execution)),
    c.EndExecution: UseCase(procedures.end, recalls.record(Execution)),
    c.AddArticle: UseCase(articles.add, recalls.record(Article)),
    c.EditArticle: UseCase(articles.edit, recalls.record(Article)),
    c.DeleteArticle: UseCase(articles.delete, recalls.gone),
    c.AddMetric: UseCase(metrics.add, recalls.record(Metric)),
    c.EditMetric: UseCase(metrics.edit, recalls.record(Metric)),
    c.DeleteMetric: UseCase(metrics.delete, recalls.gone),
    c.SetMetricStatus: UseCase(metrics.set_status, recalls.record(Metric)),
    c.DraftFromMetric: UseCase(metrics.draft, recalls.incident),
    c.AddUser: UseCase(people.add_user, recalls.user),
    c.LoadFixtures: UseCase(fixtures.load_fixtures),
    c.LinkSlackUser: UseCase(people.link_slack_user),
    c.ChangePassword: UseCase(people.change_password, recalls.user),
    c.ChangeUser: UseCase(people.change_user, recalls.user),
    c.RenameSelf: UseCase(people.rename_self, recalls.user),
    c.DeleteUser: UseCase(people.delete_user, recalls.user),
    c.InviteUser: UseCase(invitations.invite, recalls.invitation),
    c.RevokeInvitation: UseCase(invitations.revoke, recalls.invitation),
    c.AcceptInvitation: UseCase(invitations.accept, recalls.user),
    c.SignIn: UseCase(sessions.sign_in),
    c.RefreshSession: UseCase(sessions.refresh),  # which recalls by itself, and mistrusts
    c.EndSession: UseCase(sessions.end, recalls.session),
    c.ChangeOwnPassword: UseCase(sessions.change_own_password, recalls.user),
    c.RequestPasswordReset: UseCase(sessions.request_reset),
    c.ResetPassword: UseCase(sessions.reset_password, recalls.user),
    c.RegisterOrganization: UseCase(organizations.register, recalls.user),
    c.RenameOrganization: UseCase(organizations.rename, recalls.organization),
    c.SetPlan: UseCase(organizations.set_plan),
    c.CreateApiKey: UseCase(accounts.create_api_key, recalls.api_key),
    c.RevokeApiKey: UseCase(accounts.revoke_api_key, recalls.api_key),
    c.CreateIntegration: UseCase(integrations.create, recalls.integration),
    a.AddSilence: UseCase(silences.add, recalls.record(Silence)),
    a.EndSilence: UseCase(silences.end, recalls.record(Silence)),
    a.SilenceAlert: UseCase(silences.silence_alert, recalls.record(Silence)),
    a.DismissAlert: UseCase(alert_corrections.dismiss, recalls.alert),
    a.SplitAlert: UseCase(alert_corrections.split, recalls.incident),
    a.RingTimer: UseCase(timers.ring_timer),
    a.RaiseInhibited: UseCase(quieting.raise_inhibited),
    a.ReconcileAlerts: UseCase(reconciling.reconcile),
    a.AddRoutingRule: UseCase(routing_rules.add, recalls.record(RoutingRule)),
    a.EditRoutingRule: UseCase(routing_rules.edit, recalls.record(RoutingRule)),
    a.DeleteRoutingRule: UseCase(routing_rules.delete, recalls.gone),
    a.SetDependencies: UseCase(dependencies.set_dependencies, recalls.service),
    a.EditIntegration: UseCase(integrations.edit, recalls.integration),
    a.RotateIntegrationToken: UseCase(integrations.rotate_token, recalls.integration),
    a.DeleteIntegration: UseCase(integrations.delete, recalls.gone),
    a.ReplayDelivery: UseCase(integrations.replay, integrations.recall_replay),
    a.AddHeartbeat: UseCase(heartbeats.add, recalls.record(Heartbeat)),
    a.EditHeartbeat: UseCase(heartbeats.edit, recalls.record(Heartbeat)),
    a.DeleteHeartbeat: UseCase(heartbeats.delete, recalls.gone),
    a.PingHeartbeat: UseCase(heartbeats.ping),
    t.KeepMessage: UseCase(timeline.keep, recalls.incident),
    t.ReleaseMessage: UseCase(timeline.release, recalls.incident),
    t.FollowMessage: UseCase(timeline.follow, recalls.incident),
    t.CorrectLine: UseCase(timeline.correct, recalls.incident),
    follows.Follow: UseCase(subscriptions.follow, recalls.record(Subscription)),
    follows.Unfollow: UseCase(subscriptions.unfollow, recalls.gone),
    m.FollowChannel: UseCase(rooms.follow_channel, recalls.incident),
    m.MoveChannel: UseCase(rooms.move_channel, recalls.gone),
    pm.DraftPostmortem: UseCase(postmortems.draft, recalls.record(Postmortem)),
    pm.EditPostmortem: UseCase(postmortems.edit, recalls.record(Postmortem)),
    pm.AskForContributions: UseCase(postmortems.ask, recalls.record(Postmortem)),
    pm.Contribute: UseCase(postmortems.contribute, recalls.record(Postmortem)),
    g.MergeIncident: UseCase(together.merge_incident, recalls.incident),
    g.LinkIncidents: UseCase(together.link_incidents, recalls.incident),
    g.UnlinkIncidents: UseCase(together.unlink_incidents, recalls.incident),
    g.ChangeMembers: UseCase(together.change, recalls.incident),
    TakeUp: UseCase(hearing.take_up),
    EditIncidentSettings: UseCase(settings_changes.edit, settings_changes.recall),
    AddFormField: UseCase(form_fields.add, recalls.record(CustomField)),
}
