"""Services and who owns them."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
)

from storage.tables.base import metadata, moment, organization, text, version
from storage.types import Structure

services = Table(
    "services",
    metadata,
    text("id", primary_key=True),
    organization(),
    text("name"),
    text("folded_name"),
    text("description"),
    moment("created_at", nullable=False),
    Column("depends_on", Structure(tuple), nullable=False, server_default="[]"),
    version(),
    UniqueConstraint("organization_id", "folded_name"),
)

service_owners = Table(
    "service_owners",
    metadata,
    text("service_id", ForeignKey("services.id"), primary_key=True),
    text("user_id", ForeignKey("users.id"), primary_key=True),
    organization(),
    Column("position", Integer, nullable=False),
)
