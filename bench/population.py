"""A database that has seen some years: 100,000 incidents, written straight into the tables."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, func, insert, select

from core.domain.actor import Surface
from core.domain.severity import Severity
from core.domain.state import Phase, State
from storage.tables import incident_numbers, incidents, organizations

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
AT_ONCE = 5_000


def populate(database: Path, count: int) -> None:
    """Add `count` incidents to the only organisation of a migrated, idle SQLite file."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        organization = connection.scalar(select(organizations.c.id))
        begin = connection.scalar(select(func.max(incidents.c.number))) or 0
        for first in range(begin + 1, begin + count + 1, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, begin + count + 1))
            rows = [_row(str(organization), number) for number in numbers]
            connection.execute(insert(incidents), rows)
        counter = incident_numbers.update().values(last=begin + count)
        if not connection.execute(counter).rowcount:
            first_row = {"organization_id": organization, "last": begin + count}
            connection.execute(insert(incident_numbers), first_row)
    engine.dispose()


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
    }
