"""The schema: one table per noun, each row with its organisation."""

from storage.tables.accounts import (
    api_keys,
    installations,
    invitations,
    organizations,
    plans,
    users,
)
from storage.tables.alerts import (
    alert_groups,
    alert_notes,
    alert_timers,
    alerts,
    inbox,
    integrations,
)
from storage.tables.base import metadata
from storage.tables.incident_parts import incident_counts, incident_facets, notes
from storage.tables.incidents import (
    incident_numbers,
    incident_services,
    incidents,
    postings,
    timeline,
    updates,
)
from storage.tables.maintenances import (
    calendar_feeds,
    maintenance_numbers,
    maintenance_services,
    maintenances,
)
from storage.tables.outbox import (
    outbox,
    outbox_channels,
    outbox_others,
    outbox_reminders,
    outbox_waiting,
    processed,
)
from storage.tables.records import records
from storage.tables.search import document_vectors, likenesses, search_documents
from storage.tables.services import service_owners, services
from storage.tables.sessions import password_resets, sessions
from storage.tables.webhooks import webhook_deliveries

__all__ = [
    "alert_groups",
    "alert_notes",
    "alert_timers",
    "alerts",
    "api_keys",
    "calendar_feeds",
    "document_vectors",
    "inbox",
    "incident_counts",
    "incident_facets",
    "incident_numbers",
    "incident_services",
    "incidents",
    "installations",
    "integrations",
    "invitations",
    "likenesses",
    "maintenance_numbers",
    "maintenance_services",
    "maintenances",
    "metadata",
    "notes",
    "organizations",
    "outbox",
    "outbox_channels",
    "outbox_others",
    "outbox_reminders",
    "outbox_waiting",
    "password_resets",
    "plans",
    "postings",
    "processed",
    "records",
    "search_documents",
    "service_owners",
    "services",
    "sessions",
    "timeline",
    "updates",
    "users",
    "webhook_deliveries",
]
