"""A database that has seen some years: 100,000 incidents, written straight into the tables."""

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.domain.actor import Surface
from core.domain.severity import Severity
from core.domain.state import Phase, State
from storage.statements import insertion
from storage.tables import incident_numbers, incidents

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
EMPTY = (
    "created_by",
    "assignee_id",
    "acknowledged_at",
    "acknowledged_by",
    "snoozed_until",
    "resolved_by",
    "closed_at",
    "canceled_at",
    "deleted_at",
    "channel_id",
)


def populate(database: Path, count: int) -> None:
    """Add `count` incidents to the only organisation of a migrated, idle, empty SQLite file."""
    write, counter = insertion(incidents).on("sqlite"), insertion(incident_numbers).on("sqlite")
    with contextlib.closing(sqlite3.connect(database)) as connection:
        [[organization]] = connection.execute("SELECT id FROM organizations")
        rows = (write.bind(_row(organization, number)) for number in range(1, count + 1))
        connection.executemany(write.sql, rows)
        last = counter.bind({"organization_id": organization, "last": count})
        connection.execute(counter.sql, last)
        connection.commit()


def _row(organization: str, number: int) -> dict[str, object]:
    at = BEGAN + timedelta(minutes=number)
    resolved = number % 10 != 0
    return {
        "id": f"inc_{number:026}",
        "organization_id": organization,
        "number": number,
        "title": f"Incident {number} of the bench",
        "search_text": f"incident {number} of the bench",
        "description": "It was slow, then it was not.",
        "severity": list(Severity)[number % 4],
        "severity_word": list(Severity)[number % 4].value,
        "state": State.RESOLVED if resolved else State.OPEN,
        "phase": Phase.RESOLVED if resolved else Phase.INVESTIGATING,
        "source": Surface.REST,
        "created_by_name": "bench",
        "created_at": at,
        "updated_at": at,
        "published_at": at,
        "resolved_at": at + timedelta(hours=1) if resolved else None,
        "channel_name": "",
        "version": 1,
    } | dict.fromkeys(EMPTY)
