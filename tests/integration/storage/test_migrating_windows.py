"""Windows, their history and what stands in Slack, brought along from before the clock was."""

from datetime import UTC, datetime, timedelta

import orjson
from sqlalchemy import Connection, text

from core.domain.events import MaintenanceScheduled
from core.domain.ids import ChannelId, EpisodeId, MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance, MaintenanceState
from core.ports import Posting
from storage.migrating import migrate
from storage.upgrading import on_schema
from tests.integration.storage.house import opened

ORGANIZATION = OrganizationId("org_1")
NOW = datetime.now(UTC).replace(microsecond=0)
LONG_AGO, SOON = NOW - timedelta(days=30), NOW + timedelta(days=3)
HOUR = timedelta(hours=1)
WINDOWS: dict[str, tuple[datetime, datetime | None, datetime | None, datetime | None]] = {
    "coming": (SOON, None, None, None),
    "under_way": (NOW - HOUR / 2, None, None, None),
    "forgotten": (LONG_AGO, None, None, None),
    "running": (NOW - HOUR / 2, NOW - HOUR / 2, None, None),
    "overrun": (LONG_AGO, LONG_AGO, None, None),
    "completed": (LONG_AGO, LONG_AGO, LONG_AGO + HOUR, None),
    "canceled": (SOON, None, None, LONG_AGO),
}
"""Planned start, then when it was started, completed and canceled; each is an hour long."""


def _fill(connection: Connection) -> None:
    said = [
        f"INSERT INTO organizations VALUES ('org_1', 'acme', 'Acme', {_spoken(connection, NOW)})",
        "INSERT INTO maintenance_numbers VALUES ('org_1', 7)",
        "INSERT INTO integrations VALUES ('int_1', 'org_1', 'alertmanager', 'prod', 'hash', "
        f"{_spoken(connection, NOW)}, NULL, true, 1)",
        "INSERT INTO incidents (id, organization_id, number, title, severity, created_at,"
        " updated_at, source, state, phase, description, severity_word, created_by_name,"
        f" channel_name, version) VALUES ('inc_1', 'org_1', 1, 'Slow', 'high',"
        f" {_spoken(connection, NOW)}, {_spoken(connection, NOW)}, 'rest', 'open',"
        " 'investigating', '', '', '', '', 1)",
        "INSERT INTO alerts (id, organization_id, integration_id, fingerprint, starts_at, name,"
        " severity, summary, labels, links, incident_id, description) VALUES ('alr_1', 'org_1',"
        f" 'int_1', 'a', {_spoken(connection, NOW)}, 'Slow', 'high', '', '{{}}', '{{}}', 'inc_1',"
        " '')",
        "INSERT INTO postings VALUES ('inc_1', 'card', 'org_1', 'C0PS', '17.42')",
        *(_window(connection, number, name) for number, name in enumerate(WINDOWS, start=1)),
    ]
    for statement in said:
        connection.execute(text(statement))
    _history(connection)


def _window(connection: Connection, number: int, name: str) -> str:
    start, *times = WINDOWS[name]
    started, completed, canceled = (_spoken(connection, one) for one in times)
    before = _spoken(connection, start - timedelta(days=1))
    return (
        "INSERT INTO maintenances (id, organization_id, number, title, description,"
        " scheduled_start_at, scheduled_end_at, actual_start_at, actual_end_at, canceled_at,"
        " audience, created_at, updated_at, created_by_name, version) VALUES"
        f" ('mnt_{name}', 'org_1', {number}, 'Upgrade', '', {_spoken(connection, start)},"
        f" {_spoken(connection, start + HOUR)}, {started}, {completed}, {canceled},"
        f" '[\"acme\"]', {before}, {before}, 'Olga', 1)"
    )


def _history(connection: Connection) -> None:
    body = {
        "maintenance_id": "mnt_coming",
        "reference": "MNT-1",
        "title": "Upgrade ☃",
        "by": {"surface": "rest", "name": "Olga"},
        "at": NOW.isoformat(),
        "scheduled_start_at": SOON.isoformat(),
        "scheduled_end_at": (SOON + HOUR).isoformat(),
    }
    connection.execute(
        text(
            "INSERT INTO timeline (id, organization_id, incident_id, at, kind, body) VALUES"
            f" ('ent_1', 'org_1', NULL, {_spoken(connection, NOW)}, 'MaintenanceScheduled', :body)"
        ),
        {"body": orjson.dumps(body).decode()},
    )


def _spoken(connection: Connection, at: datetime | None) -> str:
    if at is None:
        return "NULL"
    exact = "microseconds" if connection.dialect.name == "sqlite" else "seconds"
    return f"'{at.isoformat(timespec=exact)}'"


async def _brought_along(url: str) -> None:
    await migrate(url, "0007")
    await on_schema(url, _fill)


async def test_windows_come_along_and_the_clock_looks_after_what_is_ahead(
    untouched_url: str,
) -> None:
    await _brought_along(untouched_url)

    async with opened(untouched_url) as house:
        reads, chores = house.storage.reads, house.storage.chores
        windows: dict[str, Maintenance] = {
            name: (await reads.maintenance(ORGANIZATION, f"mnt_{name}")).maintenance
            for name in WINDOWS
        }
        due = await chores.due_maintenances(NOW + timedelta(hours=2), 10)
        following = await chores.next_maintenance_at(after=NOW + timedelta(hours=2))

    assert windows["coming"].audience == ("acme",)
    assert (windows["coming"].timezone, windows["coming"].notify_channels) == ("UTC", ())
    assert (windows["coming"].auto_start, windows["coming"].customer_visible) == (True, True)
    assert windows["running"].state is MaintenanceState.IN_PROGRESS
    assert {name for name, one in windows.items() if one.armed_at is None} == {
        "forgotten",
        "completed",
        "canceled",
    }
    assert [id for _, id in due] == ["mnt_overrun", "mnt_under_way", "mnt_running"]
    assert following == SOON


async def test_what_had_happened_and_what_stood_in_slack_comes_along(untouched_url: str) -> None:
    await _brought_along(untouched_url)

    async with opened(untouched_url) as house:
        reads, postings = house.storage.reads, house.storage.postings
        history = await reads.maintenance_timeline(ORGANIZATION, MaintenanceId("mnt_coming"))
        card = await postings.find(ORGANIZATION, "inc_1", "card")
        alert = await reads.alert(ORGANIZATION, EpisodeId("alr_1"))

    [entry] = history
    assert isinstance(entry.event, MaintenanceScheduled)
    assert (entry.event.title, entry.event.scheduled_start_at) == ("Upgrade ☃", SOON)
    assert card == Posting(role="card", channel_id=ChannelId("C0PS"), ts="17.42")
    assert (alert.window, alert.episode.suppressed_by, alert.episode.group) == (None, None, "")
