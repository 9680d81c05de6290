"""What the core needs from the world, and nothing about how it is done."""

from core.ports.inbox import Inbox, PendingDelivery, RawDelivery
from core.ports.installations import Installation, Installations
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
from core.ports.reading import Directory, Health, ReadModels
from core.ports.transaction import (
    Alerts,
    ApiKeys,
    Deliveries,
    Incidents,
    Integrations,
    Processed,
    ProcessedRequests,
    Services,
    Timeline,
    Transactions,
    UnitOfWork,
    Updates,
    Users,
    Work,
)

__all__ = [
    "Alerts",
    "ApiKeys",
    "BuriedParcel",
    "Clock",
    "Deliveries",
    "Delivery",
    "Directory",
    "Health",
    "Inbox",
    "Incidents",
    "Installation",
    "Installations",
    "Integrations",
    "NewId",
    "Outbox",
    "Parcel",
    "ParcelId",
    "PendingDelivery",
    "Posting",
    "Postings",
    "Processed",
    "ProcessedRequests",
    "RawDelivery",
    "ReadModels",
    "Services",
    "Timeline",
    "Transactions",
    "Undeliverable",
    "UnitOfWork",
    "Unreachable",
    "Updates",
    "Users",
    "Work",
]
