"""Incidents of before the clock knew of them are looked after like all others, and not at once."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, text

from core.domain.ids import OrganizationId
from core.domain.timer import Timer, TimerKind
from storage.migrating import migrate
from storage.upgrading import on_schema
from tests.integration.storage.house import opened

ORGANIZATION = OrganizationId("org_1")
NOW = datetime.now(UTC).replace(microsecond=0)
KINDS = (
    TimerKind.LEAD,
    TimerKind.UPDATE,
    TimerKind.STALE,
    TimerKind.ARCHIVE,
    TimerKind.TASKS_LEFT,
)
BEFORE: dict[str, dict[str, object]] = {
    "inc_alone": {},
    "inc_older": {"created_at": NOW - timedelta(days=1)},
    "inc_led": {"assignee_id": "usr_1"},
    "inc_over": {"state": "resolved", "channel_id": "C1"},
    "inc_put_away": {"state": "resolved", "channel_id": "C2", "archived_at": NOW},
    "inc_gone": {"channel_id": "C3", "deleted_at": NOW},
    "inc_lesson": {"mode": "tutorial"},
    "inc_known": {},
}


async def timers_after(url: str) -> dict[TimerKind, dict[str, Timer]]:
    await migrate(url, "0011")
    await on_schema(url, _fill)
    await migrate(url)
    async with opened(url) as house:
        return {kind: await house.storage.reads.timers(ORGANIZATION, kind) for kind in KINDS}


async def test_what_goes_on_is_reminded_of_and_what_is_over_put_away(untouched_url: str) -> None:
    timers = await timers_after(untouched_url)

    assert {kind: {*found} for kind, found in timers.items()} == {
        TimerKind.LEAD: {"inc_alone", "inc_older", "inc_known"},
        TimerKind.UPDATE: {"inc_led"},
        TimerKind.STALE: {"inc_alone", "inc_older", "inc_led", "inc_known"},
        TimerKind.ARCHIVE: {"inc_over"},
        TimerKind.TASKS_LEFT: {"inc_put_away"},
    }
    assert timers[TimerKind.LEAD]["inc_known"].due_at == NOW


async def test_nothing_of_it_comes_at_once(untouched_url: str) -> None:
    timers = await timers_after(untouched_url)

    lead, stale = timers[TimerKind.LEAD], timers[TimerKind.STALE]
    assert lead["inc_alone"].due_at >= NOW + timedelta(hours=1)
    assert lead["inc_older"].due_at - lead["inc_alone"].due_at >= timedelta(minutes=1)
    assert len({timer.due_at for timer in stale.values()}) == len(stale)
    assert timers[TimerKind.ARCHIVE]["inc_over"].due_at >= NOW + timedelta(days=1)


def _fill(connection: Connection) -> None:
    now = _spoken(connection, NOW)
    connection.execute(text(f"INSERT INTO organizations VALUES ('org_1', 'acme', 'Acme', {now})"))
    connection.execute(
        text(
            "INSERT INTO users (id, organization_id, email, name, role, state, failed_logins,"
            " created_at, version) VALUES ('usr_1', 'org_1', 'a@example.com', 'Alice', 'engineer',"
            f" 'active', 0, {now}, 1)"
        )
    )
    for number, (id, own) in enumerate(BEFORE.items(), 1):
        _insert(connection, {"id": id, "number": number, **own})
    connection.execute(
        text(
            "INSERT INTO records (id, organization_id, noun, parent_id, search_text, body,"
            " created_at, updated_at, version) VALUES ('fup_1', 'org_1', 'follow-up',"
            f" 'inc_put_away', '', '', {now}, {now}, 1)"
        )
    )
    connection.execute(
        text(
            "INSERT INTO alert_timers (organization_id, kind, subject_id, due_at)"
            f" VALUES ('org_1', 'lead', 'inc_known', {now})"
        )
    )


def _insert(connection: Connection, own: dict[str, object]) -> None:
    usual = {
        "organization_id": "org_1",
        "title": "Slow",
        "severity": "high",
        "created_at": NOW,
        "updated_at": NOW,
        "source": "rest",
        "state": "open",
        "mode": "standard",
        "phase": "investigating",
        "description": "",
        "severity_word": "",
        "created_by_name": "",
        "channel_name": "",
        "version": 1,
    }
    row = usual | own
    values = ", ".join(_spoken(connection, value) for value in row.values())
    connection.execute(text(f"INSERT INTO incidents ({', '.join(row)}) VALUES ({values})"))


def _spoken(connection: Connection, value: object) -> str:
    if not isinstance(value, datetime):
        return repr(value)
    exact = "microseconds" if connection.dialect.name == "sqlite" else "seconds"
    return f"'{value.isoformat(timespec=exact)}'"
