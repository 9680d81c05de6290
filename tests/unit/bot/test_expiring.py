"""A draft that a metric made is gone after a day on which nobody touched it."""

from datetime import timedelta

import pytest

from bot.expiring import AT_ONCE, DraftExpiry
from core.bus import CommandBus
from core.commands import (
    AddMetric,
    DeclareIncident,
    DraftFromMetric,
    PostUpdate,
    PublishIncident,
)
from core.domain.actor import Caller, Surface
from core.domain.events import IncidentDeleted
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import NotFound
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire
from tests.fakes.store import FakeStore


@pytest.fixture
def expiry(bus: CommandBus, store: FakeStore, clock: FakeClock) -> DraftExpiry:
    return DraftExpiry(bus, store.chores, clock)


async def _draft(bus: CommandBus, caller: Caller, name: str = "p99 latency") -> Incident:
    metric = await bus.execute(AddMetric(caller=caller, name=name))
    return await bus.execute(DraftFromMetric(caller=caller, metric_id=metric.id))


async def _there(store: FakeStore, incident: Incident, caller: Caller) -> bool:
    try:
        await store.reads.incident(caller.organization_id, incident.id)
    except NotFound:
        return False
    return True


async def test_it_expires_after_a_day_and_not_before(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, expiry: DraftExpiry
) -> None:
    draft = await _draft(bus, alice)

    clock.advance(hours=23, minutes=59)
    await expiry()
    still_there = await _there(store, draft, alice)
    clock.advance(minutes=1)
    await expiry()

    assert still_there
    assert not await _there(store, draft, alice)


async def test_its_end_is_told_as_tocsins_own(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, expiry: DraftExpiry
) -> None:
    draft = await _draft(bus, alice)
    clock.advance(days=1)

    await expiry()
    await expiry()

    told = [e for e in store.events(alice.organization_id) if isinstance(e, IncidentDeleted)]
    assert [event.incident_id for event in told] == [draft.id]
    assert (told[0].by.name, told[0].by.surface) == ("Tocsin", Surface.SCHEDULER)


async def test_whoever_touches_it_gives_it_another_day(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, expiry: DraftExpiry
) -> None:
    draft = await _draft(bus, alice)
    clock.advance(hours=12)
    await bus.execute(PostUpdate(caller=alice, incident_id=draft.id, text="Looking."))

    clock.advance(hours=12)
    await expiry()
    still_there = await _there(store, draft, alice)
    clock.advance(hours=12)
    await expiry()

    assert still_there
    assert not await _there(store, draft, alice)


async def test_what_was_published_or_written_by_hand_stays(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, expiry: DraftExpiry
) -> None:
    published = await _draft(bus, alice)
    await bus.execute(PublishIncident(caller=alice, incident_id=published.id))
    written = await bus.execute(
        DeclareIncident(caller=alice, title="Slow", severity="low", state=State.DRAFT)
    )
    clock.advance(days=30)

    await expiry()

    assert await _there(store, published, alice)
    assert await _there(store, written, alice)


async def test_however_many_there_are_of_however_many_organisations_all_go(
    bus: CommandBus, store: FakeStore, clock: FakeClock, alice: Caller, expiry: DraftExpiry
) -> None:
    neighbour = await store.directory.ensure_organization("neighbour", "Neighbour")
    carol = await hire(bus, OrganizationId(neighbour.id), "Carol Cook")
    for n in range(AT_ONCE):
        await _draft(bus, alice, f"metric {n}")
    await _draft(bus, carol)
    clock.advance(days=1)

    await expiry()

    assert await store.chores.forgotten_drafts(clock() + timedelta(days=1), 10) == []
