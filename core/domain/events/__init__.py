"""Facts: past tense, immutable, complete enough to narrate without asking anybody."""

from typing import TypeAlias

from core.domain.events.accounts import (
    AccountFact,
    ApiKeyCreated,
    ApiKeyRevoked,
    IntegrationCreated,
    PasswordChanged,
    ServiceAdded,
    UserAdded,
    UserLinked,
)
from core.domain.events.base import Fact, IncidentEvent
from core.domain.events.incidents import (
    AlertsCleared,
    AlertsFired,
    ChannelLinked,
    EffectBuried,
    IncidentAcknowledged,
    IncidentAssigned,
    IncidentCanceled,
    IncidentClosed,
    IncidentDeclared,
    IncidentDeleted,
    IncidentEdited,
    IncidentFact,
    IncidentPublished,
    IncidentReopened,
    IncidentResolved,
    IncidentSnoozed,
    IncidentSuppressed,
    SeverityChanged,
    UpdatePosted,
)

Event: TypeAlias = IncidentFact | AccountFact

__all__ = [
    "AccountFact",
    "AlertsCleared",
    "AlertsFired",
    "ApiKeyCreated",
    "ApiKeyRevoked",
    "ChannelLinked",
    "EffectBuried",
    "Event",
    "Fact",
    "IncidentAcknowledged",
    "IncidentAssigned",
    "IncidentCanceled",
    "IncidentClosed",
    "IncidentDeclared",
    "IncidentDeleted",
    "IncidentEdited",
    "IncidentEvent",
    "IncidentFact",
    "IncidentPublished",
    "IncidentReopened",
    "IncidentResolved",
    "IncidentSnoozed",
    "IncidentSuppressed",
    "IntegrationCreated",
    "PasswordChanged",
    "ServiceAdded",
    "SeverityChanged",
    "UpdatePosted",
    "UserAdded",
    "UserLinked",
]
