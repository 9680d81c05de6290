"""What the core needs from the world, and nothing about how it is done."""

from core.ports.accounts import (
    ApiKeys,
    Invitations,
    Organizations,
    PasswordResets,
    Sessions,
    Users,
)
from core.ports.alert_repository import Alerts, SuppressedCount
from core.ports.alerts import (
    AlertedIncident,
    AlertedWindow,
    AlertPage,
    AlertQuery,
    AlertReads,
    AlertRow,
)
from core.ports.archive import Archive
from core.ports.calendar_feeds import CalendarFeeds
from core.ports.chores import Chores
from core.ports.inbox import (
    KEPT_DELIVERIES,
    MOST_PENDING_BYTES,
    SHOWN_BYTES,
    Inbox,
    InboxReads,
    InboxRow,
    PendingDelivery,
    RawDelivery,
)
from core.ports.installations import Installation, Installations
from core.ports.likenesses import JudgedPair, Likenesses, VerdictPage, VerdictQuery
from core.ports.maintenances import (
    AgendaQuery,
    MaintenancePage,
    MaintenanceQuery,
    MaintenanceRow,
    Maintenances,
)
from core.ports.moment import Clock, NewId
from core.ports.outbox import (
    BuriedParcel,
    Delivery,
    Outbox,
    Parcel,
    ParcelId,
    Posting,
    Postings,
    Undeliverable,
    Unreachable,
)
from core.ports.quiet_alerts import BrokenService, QuietAlerts
from core.ports.reading import Directory, Health, ReadModels
from core.ports.records import RecordPage, RecordQuery, Records
from core.ports.search import Found, Search, SearchQuery, Suggestion
from core.ports.similarity import Embedder, Entry, Vector, VectorIndex
from core.ports.timers import Timers
from core.ports.transaction import (
    AlertNotes,
    Deliveries,
    Incidents,
    Integrations,
    Notes,
    Processed,
    ProcessedRequests,
    Services,
    Timeline,
    Transactions,
    UnitOfWork,
    Updates,
    Work,
)
from core.ports.webhooks import DeliveryPage, DeliveryQuery, WebhookDeliveries

__all__ = [
    "KEPT_DELIVERIES",
    "MOST_PENDING_BYTES",
    "SHOWN_BYTES",
    "AgendaQuery",
    "AlertNotes",
    "AlertPage",
    "AlertQuery",
    "AlertReads",
    "AlertRow",
    "AlertedIncident",
    "AlertedWindow",
    "Alerts",
    "ApiKeys",
    "Archive",
    "BrokenService",
    "BuriedParcel",
    "CalendarFeeds",
    "Chores",
    "Clock",
    "Deliveries",
    "Delivery",
    "DeliveryPage",
    "DeliveryQuery",
    "Directory",
    "Embedder",
    "Entry",
    "Found",
    "Health",
    "Inbox",
    "InboxReads",
    "InboxRow",
    "Incidents",
    "Installation",
    "Installations",
    "Integrations",
    "Invitations",
    "JudgedPair",
    "Likenesses",
    "MaintenancePage",
    "MaintenanceQuery",
    "MaintenanceRow",
    "Maintenances",
    "NewId",
    "Notes",
    "Organizations",
    "Outbox",
    "Parcel",
    "ParcelId",
    "PasswordResets",
    "PendingDelivery",
    "Posting",
    "Postings",
    "Processed",
    "ProcessedRequests",
    "QuietAlerts",
    "RawDelivery",
    "ReadModels",
    "RecordPage",
    "RecordQuery",
    "Records",
    "Search",
    "SearchQuery",
    "Services",
    "Sessions",
    "Suggestion",
    "SuppressedCount",
    "Timeline",
    "Timers",
    "Transactions",
    "Undeliverable",
    "UnitOfWork",
    "Unreachable",
    "Updates",
    "Users",
    "Vector",
    "VectorIndex",
    "VerdictPage",
    "VerdictQuery",
    "WebhookDeliveries",
    "Work",
]
