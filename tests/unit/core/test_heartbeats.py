"""Heartbeats: what says that it lives is left alone, and silence rings."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService, Command
from core.commands.alerting import (
    AddHeartbeat,
    DeleteHeartbeat,
    DeleteIntegration,
    EditHeartbeat,
    PingHeartbeat,
    RingTimer,
    RotateIntegrationToken,
)
from core.domain.heartbeat import Heartbeat
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.timer import TimerKind
from core.errors import IllegalTransition, InvalidInput, NotFound
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator, the_relay, the_source
from tests.fakes.store import FakeStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Something that is expected every minute, with half a minute of grace."""

    store: FakeStore
    bus: CommandBus
    clock: FakeClock
    organization_id: OrganizationId

    async def does(self, command: type[Command[Heartbeat]], **details: Any) -> Heartbeat:
        return await self.bus.execute(command(caller=the_operator(self.organization_id), **details))

    async def added(self, **details: object) -> Heartbeat:
        wish = {"name": "Backup", "interval": 60, "grace": 30, **details}
        return await self.does(AddHeartbeat, **wish)

    async def pings(self, heartbeat: Heartbeat) -> Heartbeat:
        return await self.bus.execute(
            PingHeartbeat(caller=the_source(self.organization_id), heartbeat_id=heartbeat.id)
        )

    async def clock_looks(self) -> None:
        """As the loop does: what is due is done."""
        for id, kind, subject in await self.store.chores.due_timers(self.clock(), 10):
            await self.bus.execute(RingTimer(caller=the_relay(id), kind=kind, subject_id=subject))

    async def stays_out(self, heartbeat: Heartbeat) -> None:
        self.clock.advance(seconds=heartbeat.interval + heartbeat.grace)
        await self.clock_looks()

    def incidents(self) -> list[Incident]:
        return list(self.store.rows.of(self.organization_id).incidents.values())

    def known(self, heartbeat: Heartbeat) -> Heartbeat:
        record = self.store.rows.of(self.organization_id).records[heartbeat.id]
        assert isinstance(record, Heartbeat)
        return record


@pytest.fixture
def backup(
    store: FakeStore, bus: CommandBus, clock: FakeClock, organization_id: OrganizationId
) -> Backup:
    return Backup(store=store, bus=bus, clock=clock, organization_id=organization_id)


async def test_what_was_never_heard_does_not_ring(backup: Backup) -> None:
    heartbeat = await backup.added()

    await backup.stays_out(heartbeat)

    assert backup.incidents() == []


async def test_what_is_heard_in_time_does_not_ring(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)

    for _ in range(5):
        backup.clock.advance(seconds=89)
        await backup.clock_looks()
        await backup.pings(heartbeat)

    assert backup.incidents() == []


async def test_silence_rings_once(backup: Backup) -> None:
    heartbeat = await backup.added(severity="critical")
    await backup.pings(heartbeat)

    await backup.stays_out(heartbeat)
    await backup.stays_out(heartbeat)

    [incident] = backup.incidents()
    assert (incident.title, incident.severity) == (
        "No heartbeat of Backup since 2030-01-01 12:00 UTC",
        Severity.CRITICAL,
    )
    assert backup.known(heartbeat).ringing


async def test_a_ping_ends_what_its_silence_rang_for(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)
    await backup.stays_out(heartbeat)

    await backup.pings(heartbeat)

    assert [incident.state for incident in backup.incidents()] == [State.RESOLVED]
    assert not backup.known(heartbeat).ringing


async def test_it_rings_again_when_it_falls_silent_again(backup: Backup) -> None:
    heartbeat = await backup.added()
    for _ in range(2):
        await backup.pings(heartbeat)
        await backup.stays_out(heartbeat)

    assert backup.known(heartbeat).ringing
    assert [incident.active for incident in backup.incidents()] == [True]


async def test_its_incident_belongs_to_its_service(backup: Backup) -> None:
    service = await backup.bus.execute(
        AddService(caller=the_operator(backup.organization_id), name="Storage")
    )
    heartbeat = await backup.added(service_id=service.id)
    await backup.pings(heartbeat)

    await backup.stays_out(heartbeat)

    assert [incident.service_ids for incident in backup.incidents()] == [(service.id,)]


async def test_after_a_downtime_of_our_own_it_is_waited_for_once_more(backup: Backup) -> None:
    heartbeat = await backup.added()
    pinged = await backup.pings(heartbeat)
    backup.clock.advance(hours=2)

    await backup.clock_looks()
    waited = backup.incidents()
    await backup.stays_out(heartbeat)

    assert waited == []
    assert len(backup.incidents()) == 1
    assert backup.known(heartbeat).last_ping_at == pinged.last_ping_at


async def test_switched_off_it_is_over_and_takes_no_notice(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)
    await backup.stays_out(heartbeat)

    await backup.does(EditHeartbeat, heartbeat_id=heartbeat.id, enabled=False)
    await backup.pings(heartbeat)
    await backup.stays_out(heartbeat)

    assert [incident.state for incident in backup.incidents()] == [State.RESOLVED]


async def test_switched_on_again_it_rings_once_it_was_heard_once_more(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)
    await backup.does(EditHeartbeat, heartbeat_id=heartbeat.id, enabled=False)

    await backup.does(EditHeartbeat, heartbeat_id=heartbeat.id, enabled=True)
    await backup.stays_out(heartbeat)
    quiet = backup.incidents()
    await backup.pings(heartbeat)
    await backup.stays_out(heartbeat)

    assert (quiet, len(backup.incidents())) == ([], 1)


async def test_a_longer_interval_counts_from_the_last_ping(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)

    edited = await backup.does(EditHeartbeat, heartbeat_id=heartbeat.id, interval=600)
    backup.clock.advance(seconds=629)
    await backup.clock_looks()
    early = backup.incidents()
    backup.clock.advance(seconds=1)
    await backup.clock_looks()

    assert edited.interval == 600
    assert (early, len(backup.incidents())) == ([], 1)


async def test_deleted_it_is_over_and_can_be_pinged_no_more(backup: Backup) -> None:
    heartbeat = await backup.added()
    await backup.pings(heartbeat)
    await backup.stays_out(heartbeat)

    await backup.does(DeleteHeartbeat, heartbeat_id=heartbeat.id)

    assert [incident.state for incident in backup.incidents()] == [State.RESOLVED]
    with pytest.raises(NotFound):
        await backup.pings(heartbeat)


async def test_it_is_found_by_its_name_too(backup: Backup) -> None:
    heartbeat = await backup.added()

    pinged = await backup.bus.execute(
        PingHeartbeat(caller=the_source(backup.organization_id), heartbeat_id="BACKUP")
    )

    assert pinged.id == heartbeat.id


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"name": " "}, "name"),
        ({"interval": 5}, "interval"),
        ({"interval": 10**9}, "interval"),
        ({"grace": -1}, "grace"),
        ({"severity": "loud"}, "severity"),
        ({"service_id": "svc_none"}, "service_id"),
        ({"description": "x" * 5_001}, "description"),
    ],
)
async def test_a_heartbeat_that_cannot_be_names_the_field(
    backup: Backup, wish: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await backup.added(**wish)

    assert refusal.value.field == field


async def test_two_heartbeats_cannot_share_a_name(backup: Backup) -> None:
    await backup.added()

    with pytest.raises(InvalidInput, match="There is a heartbeat backup already"):
        await backup.added(name="backup")


async def test_the_source_they_ring_by_is_one_and_stays(backup: Backup) -> None:
    one, other = await backup.added(), await backup.added(name="Other")
    caller = the_operator(backup.organization_id)

    with pytest.raises(IllegalTransition, match="came by itself"):
        await backup.bus.execute(
            DeleteIntegration(caller=caller, integration_id=one.integration_id)
        )
    with pytest.raises(IllegalTransition, match="a token of its own"):
        await backup.bus.execute(
            RotateIntegrationToken(
                caller=caller, integration_id=one.integration_id, token_hash="h", sealed_token=""
            )
        )

    assert one.integration_id == other.integration_id
    assert await backup.store.chores.due_timers(backup.clock(), 10) == []
    assert TimerKind.HEARTBEAT not in {kind for kind, _ in _timers(backup)}


def _timers(backup: Backup) -> list[tuple[TimerKind, str]]:
    return list(backup.store.rows.of(backup.organization_id).timers)
