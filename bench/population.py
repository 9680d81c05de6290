"""Databases that have seen some years: many incidents, written straight into the tables."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from core.domain.actor import Surface
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import Phase, State
from storage.incident_counts import RECOUNT
from storage.statements import Row, insertion
from storage.tables import incident_numbers, incidents

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_INSERT, _NUMBERED = insertion(incidents), insertion(incident_numbers)
EMPTY = (
    "created_by",
    "assignee_id",
    "acknowledged_at",
    "acknowledged_by",
    "snoozed_until",
    "rung_at",
    "resolved_by",
    "closed_at",
    "canceled_at",
    "deleted_at",
    "channel_id",
    "urgency",
    "severity_id",
    "status_id",
    "type_id",
    "metric_id",
    "merged_into",
    "update_due_at",
    "archived_at",
)
WORDS = ("channel_name", "priority", "postmortem_url", "call_url", "resolution", "root_cause")
LISTS = ("audience", "tags", "links", "roles", "fields", "members", "related")
SAME = {
    "description": "It was slow, then it was not.",
    "source": Surface.REST,
    "created_by_name": "bench",
    "mode": Mode.STANDARD,
    "private": False,
    "version": 1,
    **dict.fromkeys(EMPTY),
    **dict.fromkeys(WORDS, ""),
    **dict.fromkeys(LISTS, ()),
}


def populate(database: Path, count: int) -> None:
    """Add `count` incidents to the only organisation of a migrated, idle, empty SQLite file."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        [[organization]] = connection.execute("SELECT id FROM organizations")
        connection.executemany(_INSERT.on("sqlite").sql, _rows("sqlite", organization, count))
        numbered = _NUMBERED.on("sqlite")
        last = numbered.bind({"organization_id": organization, "last": count})
        connection.execute(numbered.sql, last)
        for statement in RECOUNT:
            compiled = statement.on("sqlite")
            connection.execute(compiled.sql, compiled.bind({"organization": organization}))
        connection.commit()


async def populate_postgres(dsn: str, count: int) -> None:
    """The same for a migrated, idle, empty PostgreSQL database."""
    connection = await asyncpg.connect(dsn)
    try:
        organization = await connection.fetchval("SELECT id FROM organizations")
        await connection.copy_records_to_table(
            "incidents",
            columns=[column.name for column in incidents.columns],
            records=_rows("postgresql", organization, count),
        )
        numbered = _NUMBERED.on("postgresql")
        last = numbered.bind({"organization_id": organization, "last": count})
        await connection.execute(numbered.sql, *last)
        for statement in RECOUNT:
            compiled = statement.on("postgresql")
            await connection.execute(compiled.sql, *compiled.bind({"organization": organization}))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


def _rows(dialect: str, organization: str, count: int) -> Iterator[Row]:
    write = _INSERT.on(dialect)
    return (write.bind(_row(organization, number)) for number in range(1, count + 1))


def _row(organization: str, number: int) -> dict[str, object]:
    at = BEGAN + timedelta(minutes=number)
    resolved = number % 10 != 0
    severity = list(Severity)[number % 4]
    return {
        **SAME,
        "id": f"inc_{number:026}",
        "organization_id": organization,
        "number": number,
        "title": f"Incident {number} of the bench",
        "search_text": f"incident {number} of the bench",
        "severity": severity,
        "severity_word": severity.value,
        "state": State.RESOLVED if resolved else State.OPEN,
        "phase": Phase.RESOLVED if resolved else Phase.INVESTIGATING,
        "created_at": at,
        "updated_at": at,
        "published_at": at,
        "resolved_at": at + timedelta(hours=1) if resolved else None,
    }
