"""Things the outside world must be made to show.

An effect names an intention and the ids it concerns, never rendered text or
blocks: whoever delivers it reads the latest state, so delivering one twice, or
late, is harmless.
"""

from typing import TypeAlias, get_args

from core.effects.base import (
    IncidentEffect,
    MaintenanceEffect,
)
from core.effects.incidents import (
    AddBookmarks,
    InvitePeople,
    OpenChannel,
    PostAlertNotice,
    PostExecution,
    PostNotice,
    PostUpdate,
    RefreshAlerts,
    RefreshAnnouncement,
    RefreshCard,
    RefreshTopic,
    TellDeclarer,
)
from core.effects.maintenances import (
    PostMaintenanceNotice,
    RefreshMaintenanceCard,
    TellMaintenanceOwner,
)
from core.effects.responding import (
    ArchiveChannel,
    AskContributors,
    PostReminder,
    PostSummary,
    RefreshMentions,
    RefreshTasks,
    RetellLines,
    ShowPostmortem,
    TellRole,
    TellSubscribers,
    UnarchiveChannel,
    Withdraw,
)
from core.effects.searching import (
    FindLikenesses,
    IndexIncident,
    IndexRecord,
    RefreshLikenesses,
)
from core.effects.webhooks import (
    FanOutEvent,
    FanOutWebhooks,
    SendWebhook,
)

Effect: TypeAlias = (
    RefreshAnnouncement
    | OpenChannel
    | RefreshCard
    | RefreshTopic
    | AddBookmarks
    | InvitePeople
    | PostUpdate
    | PostNotice
    | TellDeclarer
    | IndexIncident
    | IndexRecord
    | FindLikenesses
    | RefreshLikenesses
    | PostExecution
    | RefreshAlerts
    | PostAlertNotice
    | FanOutEvent
    | TellRole
    | RefreshTasks
    | PostReminder
    | ArchiveChannel
    | UnarchiveChannel
    | TellSubscribers
    | Withdraw
    | ShowPostmortem
    | AskContributors
    | PostSummary
    | RefreshMentions
    | RetellLines
    | RefreshMaintenanceCard
    | PostMaintenanceNotice
    | TellMaintenanceOwner
    | FanOutWebhooks
    | SendWebhook
)

KINDS: dict[str, type[Effect]] = {kind.__name__: kind for kind in get_args(Effect)}
"""By name, as the outbox stores them."""

COLLAPSIBLE: frozenset[type[Effect]] = frozenset(
    {
        RefreshAnnouncement,
        RefreshCard,
        RefreshTopic,
        AddBookmarks,
        InvitePeople,
        IndexIncident,
        IndexRecord,
        FindLikenesses,
        RefreshAlerts,
        RefreshTasks,
        RefreshMentions,
        RetellLines,
        RefreshMaintenanceCard,
    }
)
"""Effects that show the latest state: ten waiting ones are one. `RefreshLikenesses` is none of
them: before the card stands it does nothing, and the one that waits behind the card must stay."""

__all__ = [
    "COLLAPSIBLE",
    "KINDS",
    "AddBookmarks",
    "ArchiveChannel",
    "AskContributors",
    "Effect",
    "FanOutEvent",
    "FanOutWebhooks",
    "FindLikenesses",
    "IncidentEffect",
    "IndexIncident",
    "IndexRecord",
    "InvitePeople",
    "MaintenanceEffect",
    "OpenChannel",
    "PostAlertNotice",
    "PostExecution",
    "PostMaintenanceNotice",
    "PostNotice",
    "PostReminder",
    "PostSummary",
    "PostUpdate",
    "RefreshAlerts",
    "RefreshAnnouncement",
    "RefreshCard",
    "RefreshLikenesses",
    "RefreshMaintenanceCard",
    "RefreshMentions",
    "RefreshTasks",
    "RefreshTopic",
    "RetellLines",
    "SendWebhook",
    "ShowPostmortem",
    "TellDeclarer",
    "TellMaintenanceOwner",
    "TellRole",
    "TellSubscribers",
    "UnarchiveChannel",
    "Withdraw",
]
