"""The schema: one table per noun, each row with its organisation."""

from storage.tables.accounts import api_keys, installations, organizations, users
from storage.tables.alerts import alert_groups, alerts, inbox, integrations
from storage.tables.base import metadata
from storage.tables.incidents import (
    incident_numbers,
    incident_services,
    incidents,
    postings,
    timeline,
    updates,
)
from storage.tables.outbox import outbox, outbox_waiting, processed
from storage.tables.services import service_owners, services

__all__ = [
    "alert_groups",
    "alerts",
    "api_keys",
    "inbox",
    "incident_numbers",
    "incident_services",
    "incidents",
    "installations",
    "integrations",
    "metadata",
    "organizations",
    "outbox",
    "outbox_waiting",
    "postings",
    "processed",
    "service_owners",
    "services",
    "timeline",
    "updates",
    "users",
]
