"""Incidents that were snoozed before the clock knew of it are open again when they were to be."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from core.domain.ids import OrganizationId
from core.domain.timer import TimerKind
from storage.migrating import migrate
from storage.upgrading import on_schema
from tests.integration.storage.house import opened

NOW = datetime.now(UTC).replace(microsecond=0)
UNTIL = NOW + timedelta(hours=3)
SNOOZED = {
    "inc_asleep": ("snoozed", UNTIL),
    "inc_for_good": ("snoozed", None),
    "inc_awake": ("open", UNTIL),
}


async def test_what_was_snoozed_waits_for_its_end(untouched_url: str) -> None:
    await migrate(untouched_url, "0010")
    await on_schema(untouched_url, _fill)

    await migrate(untouched_url)

    async with opened(untouched_url) as house:
        timers = await house.storage.reads.timers(OrganizationId("org_1"), TimerKind.SNOOZE)
    assert {id: timer.due_at for id, timer in timers.items()} == {"inc_asleep": UNTIL}


def _fill(connection: Connection) -> None:
    now = _spoken(connection, NOW)
    connection.execute(text(f"INSERT INTO organizations VALUES ('org_1', 'acme', 'Acme', {now})"))
    for number, (id, (state, until)) in enumerate(SNOOZED.items(), 1):
        connection.execute(
            text(
                "INSERT INTO incidents (id, organization_id, number, title, severity, created_at,"
                " updated_at, source, state, phase, description, severity_word, created_by_name,"
                f" channel_name, version, snoozed_until) VALUES ('{id}', 'org_1', {number},"
                f" 'Slow', 'high', {now}, {now}, 'rest', '{state}', 'investigating', '', '', '',"
                f" '', 1, {_spoken(connection, until)})"
            )
        )


def _spoken(connection: Connection, at: datetime | None) -> str:
    if at is None:
        return "NULL"
    exact = "microseconds" if connection.dialect.name == "sqlite" else "seconds"
    return f"'{at.isoformat(timespec=exact)}'"
