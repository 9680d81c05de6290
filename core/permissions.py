"""Who may do what: roles, scopes of keys, and what each command asks for."""

from collections.abc import Mapping
from typing import Any

from core import commands as c
from core.commands import Command
from core.domain.account import Role
from core.domain.actor import Caller, Permission
from core.errors import NotPermitted
from core.scopes import SCOPES, granted, normal_scope

__all__ = [
    "INGEST",
    "OPERATOR",
    "RELAY",
    "REQUIRED",
    "ROLES",
    "SCOPES",
    "check",
    "granted",
    "normal_scope",
    "require",
]

_VIEWER = frozenset(
    {
        Permission.READ_INCIDENTS,
        Permission.READ_SERVICES,
        Permission.READ_MAINTENANCES,
        Permission.READ_METRICS,
        Permission.READ_PROCEDURES,
        Permission.READ_ARTICLES,
        Permission.READ_USERS,
        Permission.READ_ORGANIZATIONS,
    }
)
_ENGINEER = _VIEWER | {
    Permission.WRITE_INCIDENTS,
    Permission.WRITE_MAINTENANCES,
    Permission.WRITE_METRICS,
    Permission.EXECUTE_PROCEDURES,
    Permission.WRITE_ARTICLES,
    Permission.SEND_EVENTS,
}
_MANAGER = _ENGINEER | {
    Permission.ASSIGN_INCIDENTS,
    Permission.DELETE_INCIDENTS,
    Permission.WRITE_SERVICES,
    Permission.WRITE_PROCEDURES,
    Permission.READ_INTEGRATIONS,
    Permission.WRITE_INTEGRATIONS,
}
_ADMIN = _MANAGER | {
    Permission.WRITE_USERS,
    Permission.WRITE_ORGANIZATIONS,
    Permission.ADMINISTER,
}

ROLES: Mapping[Role, frozenset[Permission]] = {
    Role.OWNER: _ADMIN,
    Role.ADMIN: _ADMIN,
    Role.MANAGER: _MANAGER,
    Role.ENGINEER: _ENGINEER,
    Role.VIEWER: _VIEWER,
}

OPERATOR = frozenset(Permission)
"""The person at the machine's own command line."""

INGEST = frozenset({Permission.INGEST_ALERTS})
RELAY = frozenset({Permission.OPERATE})

REQUIRED: Mapping[type[Command[Any]], Permission] = {
    c.DeclareIncident: Permission.WRITE_INCIDENTS,
    c.PublishIncident: Permission.WRITE_INCIDENTS,
    c.AcknowledgeIncident: Permission.WRITE_INCIDENTS,
    c.ReopenIncident: Permission.WRITE_INCIDENTS,
    c.SnoozeIncident: Permission.WRITE_INCIDENTS,
    c.SuppressIncident: Permission.WRITE_INCIDENTS,
    c.ResolveIncident: Permission.WRITE_INCIDENTS,
    c.CloseIncident: Permission.WRITE_INCIDENTS,
    c.CancelIncident: Permission.WRITE_INCIDENTS,
    c.DeleteIncident: Permission.DELETE_INCIDENTS,
    c.ShareUpdate: Permission.WRITE_INCIDENTS,
    c.PostUpdate: Permission.WRITE_INCIDENTS,
    c.AddNote: Permission.WRITE_INCIDENTS,
    c.ChangeSeverity: Permission.WRITE_INCIDENTS,
    c.AssignIncident: Permission.WRITE_INCIDENTS,
    c.EditIncident: Permission.WRITE_INCIDENTS,
    c.WriteLikenesses: Permission.OPERATE,
    c.JudgeLikeness: Permission.WRITE_INCIDENTS,
    c.LinkChannel: Permission.OPERATE,
    c.RecordBurial: Permission.OPERATE,
    c.ExpireDrafts: Permission.OPERATE,
    c.TriageAlerts: Permission.INGEST_ALERTS,
    c.RefuseDelivery: Permission.INGEST_ALERTS,
    c.ResolveAlert: Permission.WRITE_INCIDENTS,
    c.AttachAlert: Permission.WRITE_INCIDENTS,
    c.OpenEventSource: Permission.SEND_EVENTS,
    c.AddService: Permission.WRITE_SERVICES,
    c.ScheduleMaintenance: Permission.WRITE_MAINTENANCES,
    c.EditMaintenance: Permission.WRITE_MAINTENANCES,
    c.StartMaintenance: Permission.WRITE_MAINTENANCES,
    c.CompleteMaintenance: Permission.WRITE_MAINTENANCES,
    c.CancelMaintenance: Permission.WRITE_MAINTENANCES,
    c.ExtendMaintenance: Permission.WRITE_MAINTENANCES,
    c.SkipOccurrence: Permission.WRITE_MAINTENANCES,
    c.PostProgress: Permission.WRITE_MAINTENANCES,
    c.AdvanceMaintenance: Permission.OPERATE,
    c.RaiseSuppressedAlerts: Permission.OPERATE,
    c.RecordMaintenanceBurial: Permission.OPERATE,
    c.OpenCalendarFeed: Permission.WRITE_INTEGRATIONS,
    c.WithdrawCalendarFeed: Permission.WRITE_INTEGRATIONS,
    c.AddWebhookEndpoint: Permission.WRITE_INTEGRATIONS,
    c.EditWebhookEndpoint: Permission.WRITE_INTEGRATIONS,
    c.RotateWebhookSecret: Permission.WRITE_INTEGRATIONS,
    c.DeleteWebhookEndpoint: Permission.WRITE_INTEGRATIONS,
    c.PingWebhook: Permission.WRITE_INTEGRATIONS,
    c.ReplayWebhook: Permission.WRITE_INTEGRATIONS,
    c.QueueWebhooks: Permission.OPERATE,
    c.RecordWebhookAttempt: Permission.OPERATE,
    c.AddSeverityOption: Permission.WRITE_ORGANIZATIONS,
    c.EditSeverityOption: Permission.WRITE_ORGANIZATIONS,
    c.DeleteSeverityOption: Permission.WRITE_ORGANIZATIONS,
    c.AddStatusOption: Permission.WRITE_ORGANIZATIONS,
    c.EditStatusOption: Permission.WRITE_ORGANIZATIONS,
    c.DeleteStatusOption: Permission.WRITE_ORGANIZATIONS,
    c.AddIncidentRole: Permission.WRITE_ORGANIZATIONS,
    c.EditIncidentRole: Permission.WRITE_ORGANIZATIONS,
    c.DeleteIncidentRole: Permission.WRITE_ORGANIZATIONS,
    c.AddCustomField: Permission.WRITE_ORGANIZATIONS,
    c.EditCustomField: Permission.WRITE_ORGANIZATIONS,
    c.DeleteCustomField: Permission.WRITE_ORGANIZATIONS,
    c.AddFieldOption: Permission.WRITE_ORGANIZATIONS,
    c.EditFieldOption: Permission.WRITE_ORGANIZATIONS,
    c.DeleteFieldOption: Permission.WRITE_ORGANIZATIONS,
    c.AddFollowUp: Permission.WRITE_INCIDENTS,
    c.EditFollowUp: Permission.WRITE_INCIDENTS,
    c.DeleteFollowUp: Permission.WRITE_INCIDENTS,
    c.AddProcedure: Permission.WRITE_PROCEDURES,
    c.EditProcedure: Permission.WRITE_PROCEDURES,
    c.DeleteProcedure: Permission.WRITE_PROCEDURES,
    c.ExecuteProcedure: Permission.EXECUTE_PROCEDURES,
    c.EndExecution: Permission.EXECUTE_PROCEDURES,
    c.AddArticle: Permission.WRITE_ARTICLES,
    c.EditArticle: Permission.WRITE_ARTICLES,
    c.DeleteArticle: Permission.WRITE_ARTICLES,
    c.AddMetric: Permission.WRITE_METRICS,
    c.EditMetric: Permission.WRITE_METRICS,
    c.DeleteMetric: Permission.WRITE_METRICS,
    c.SetMetricStatus: Permission.WRITE_METRICS,
    c.DraftFromMetric: Permission.WRITE_INCIDENTS,
    c.AddUser: Permission.WRITE_USERS,
    c.ChangeUser: Permission.WRITE_USERS,
    c.DeleteUser: Permission.WRITE_USERS,
    c.InviteUser: Permission.WRITE_USERS,
    c.RevokeInvitation: Permission.WRITE_USERS,
    c.RenameOrganization: Permission.WRITE_ORGANIZATIONS,
    # What people do about themselves, and with secrets only: the door has checked who they are.
    c.RenameSelf: Permission.OPERATE,
    c.AcceptInvitation: Permission.OPERATE,
    c.SignIn: Permission.OPERATE,
    c.RefreshSession: Permission.OPERATE,
    c.EndSession: Permission.OPERATE,
    c.ChangeOwnPassword: Permission.OPERATE,
    c.RequestPasswordReset: Permission.OPERATE,
    c.ResetPassword: Permission.OPERATE,
    c.RegisterOrganization: Permission.OPERATE,
    c.SetPlan: Permission.OPERATE,
    c.LinkSlackUser: Permission.OPERATE,
    c.LoadFixtures: Permission.ADMINISTER,
    c.ChangePassword: Permission.ADMINISTER,
    c.CreateApiKey: Permission.ADMINISTER,
    c.RevokeApiKey: Permission.ADMINISTER,
    c.CreateIntegration: Permission.WRITE_INTEGRATIONS,
}

_SPOKEN: Mapping[Permission, str] = {
    Permission.READ_INCIDENTS: "see incidents",
    Permission.READ_SERVICES: "see services",
    Permission.WRITE_INCIDENTS: "change incidents; ask an engineer, a manager or an admin",
    Permission.ASSIGN_INCIDENTS: "assign incidents to others; take it yourself or ask a manager",
    Permission.DELETE_INCIDENTS: "delete incidents; ask a manager or an admin",
    Permission.WRITE_SERVICES: "change services; ask a manager or an admin",
    Permission.READ_MAINTENANCES: "see maintenance",
    Permission.WRITE_MAINTENANCES: "change maintenance; ask an engineer, a manager or an admin",
    Permission.READ_METRICS: "see metrics",
    Permission.WRITE_METRICS: "change metrics; ask an engineer, a manager or an admin",
    Permission.READ_PROCEDURES: "see procedures",
    Permission.WRITE_PROCEDURES: "change procedures; ask a manager or an admin",
    Permission.EXECUTE_PROCEDURES: "execute procedures; ask an engineer, a manager or an admin",
    Permission.READ_ARTICLES: "see articles",
    Permission.WRITE_ARTICLES: "change articles; ask an engineer, a manager or an admin",
    Permission.READ_INTEGRATIONS: "see integrations; ask a manager or an admin",
    Permission.WRITE_INTEGRATIONS: "change integrations; ask a manager or an admin",
    Permission.READ_USERS: "see the people of this organisation",
    Permission.WRITE_USERS: "change the people of this organisation; ask an admin",
    Permission.READ_ORGANIZATIONS: "see the settings of this organisation",
    Permission.WRITE_ORGANIZATIONS: "change the settings of this organisation; ask an admin",
    Permission.SEND_EVENTS: "send events; ask an engineer, a manager or an admin",
    Permission.INGEST_ALERTS: "send alerts",
    Permission.ADMINISTER: "administer this organisation; ask an admin",
    Permission.OPERATE: "do what only Tocsin itself does",
}


def check(command: Command[Any]) -> None:
    """`NotPermitted`, saying who could, unless the command's caller may give it."""
    require(command.caller, REQUIRED[type(command)])


def require(caller: Caller, permission: Permission) -> None:
    if permission not in caller.permissions:
        raise NotPermitted(refused(permission))


def refused(permission: Permission) -> str:
    """What somebody without it is told."""
    return f"You may not {_SPOKEN[permission]}."
