"""What anyone can ask the core to do. `Command[R]` says what they get back."""

from core.commands.accounts import (
    AddUser,
    ChangePassword,
    CreateApiKey,
    LinkSlackUser,
    RevokeApiKey,
)
from core.commands.alerts import CreateIntegration, RefuseDelivery, TriageAlerts
from core.commands.base import Command, IncidentCommand, R
from core.commands.incidents import (
    AcknowledgeIncident,
    AssignIncident,
    CancelIncident,
    ChangeSeverity,
    CloseIncident,
    DeclareIncident,
    DeleteIncident,
    EditIncident,
    LinkChannel,
    PostUpdate,
    PublishIncident,
    RecordBurial,
    ReopenIncident,
    ResolveIncident,
    SnoozeIncident,
    SuppressIncident,
)
from core.commands.services import AddService

__all__ = [
    "AcknowledgeIncident",
    "AddService",
    "AddUser",
    "AssignIncident",
    "CancelIncident",
    "ChangePassword",
    "ChangeSeverity",
    "CloseIncident",
    "Command",
    "CreateApiKey",
    "CreateIntegration",
    "DeclareIncident",
    "DeleteIncident",
    "EditIncident",
    "IncidentCommand",
    "LinkChannel",
    "LinkSlackUser",
    "PostUpdate",
    "PublishIncident",
    "R",
    "RecordBurial",
    "RefuseDelivery",
    "ReopenIncident",
    "ResolveIncident",
    "RevokeApiKey",
    "SnoozeIncident",
    "SuppressIncident",
    "TriageAlerts",
]
