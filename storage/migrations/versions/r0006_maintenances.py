"""Maintenance windows; drafts that nobody wrote are found by an index of their own."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import (
    moment,
    moments,
    number,
    organization,
    refers,
    text,
    texts,
    unique,
)

revision = "0006"
down_revision = "0005"

METRIC_DRAFTS = "state = 'draft' AND metric_id IS NOT NULL AND deleted_at IS NULL"
DUE = (
    (
        "ix_maintenances_to_start",
        "scheduled_start_at",
        "actual_start_at IS NULL AND canceled_at IS NULL",
    ),
    (
        "ix_maintenances_to_complete",
        "scheduled_end_at",
        "actual_start_at IS NOT NULL AND actual_end_at IS NULL AND canceled_at IS NULL",
    ),
)


def upgrade() -> None:
    op.create_table("maintenance_numbers", organization(primary_key=True), number("last"))
    op.create_table(
        "maintenances",
        text("id", primary_key=True),
        organization(),
        number("number"),
        *texts("title", "description"),
        moment("scheduled_start_at", nullable=False),
        moment("scheduled_end_at", nullable=False),
        *moments("actual_start_at", "actual_end_at", "canceled_at"),
        text("audience"),
        moment("created_at", nullable=False),
        moment("updated_at", nullable=False),
        refers("created_by", "users", nullable=True),
        text("created_by_name"),
        number("version"),
        unique("maintenances", "organization_id", "number"),
    )
    _indexes()
    _concerned()


def _indexes() -> None:
    op.create_index(
        "ix_maintenances_newest", "maintenances", ["organization_id", "created_at", "id"]
    )
    for name, column, condition in DUE:
        where = sa.text(condition)
        op.create_index(name, "maintenances", [column], sqlite_where=where, postgresql_where=where)
    where = sa.text(METRIC_DRAFTS)
    op.create_index(
        "ix_incidents_metric_drafts",
        "incidents",
        ["updated_at", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )


def _concerned() -> None:
    op.create_table(
        "maintenance_services",
        refers("maintenance_id", "maintenances", primary_key=True),
        refers("service_id", "services", primary_key=True),
        organization(),
        number("position"),
    )
    op.create_index(
        "ix_maintenance_services_by_service",
        "maintenance_services",
        ["service_id", "maintenance_id"],
    )
