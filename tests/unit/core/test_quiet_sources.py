"""Alert sources that have gone quiet are flagged, once per silence."""

from datetime import datetime

import pytest

from core.bus import CommandBus
from core.commands import CreateIntegration
from core.commands.alerting import DeleteIntegration, EditIntegration, RingTimer
from core.domain.events import IntegrationQuiet
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.domain.quiet import quiet_ones
from core.ports import RawDelivery
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator, the_relay
from tests.fakes.store import FakeStore


class Sources:
    def __init__(
        self, store: FakeStore, bus: CommandBus, clock: FakeClock, organization_id: OrganizationId
    ) -> None:
        self.store, self.bus, self.clock = store, bus, clock
        self.organization_id = organization_id

    async def added(self, quiet_after: int = 3_600) -> Integration:
        return await self.bus.execute(
            CreateIntegration(
                caller=the_operator(self.organization_id),
                source="grafana",
                name="Grafana",
                token_hash="hash",
                settings={"quiet_after": quiet_after},
            )
        )

    async def says(self, source: Integration) -> None:
        await self.store.inbox.store(
            RawDelivery(
                organization_id=self.organization_id,
                integration_id=source.id,
                body=b"{}",
                received_at=self.clock(),
            )
        )

    async def passes(self, *, hours: float) -> None:
        """A quarter of an hour at a time, and what is due then is done."""
        for _ in range(int(hours * 4)):
            self.clock.advance(minutes=15)
            for id, kind, subject in await self.store.chores.due_timers(self.clock(), 10):
                await self.bus.execute(
                    RingTimer(caller=the_relay(id), kind=kind, subject_id=subject)
                )

    def flagged(self) -> list[datetime]:
        return [
            event.since
            for event in self.store.events(self.organization_id)
            if isinstance(event, IntegrationQuiet)
        ]


@pytest.fixture
def sources(
    store: FakeStore, bus: CommandBus, clock: FakeClock, organization_id: OrganizationId
) -> Sources:
    return Sources(store, bus, clock, organization_id)


async def test_a_source_that_is_heard_often_enough_is_not_flagged(sources: Sources) -> None:
    source = await sources.added()

    for _ in range(6):
        await sources.says(source)
        await sources.passes(hours=0.75)

    assert sources.flagged() == []


async def test_a_source_that_was_never_heard_is_flagged_once(sources: Sources) -> None:
    source = await sources.added()

    await sources.passes(hours=10)

    assert sources.flagged() == [source.created_at]


async def test_a_silence_is_flagged_once_and_the_next_one_again(sources: Sources) -> None:
    source = await sources.added()
    heard = []
    for _ in range(2):
        await sources.says(source)
        heard.append(sources.clock())
        await sources.passes(hours=5)

    assert sources.flagged() == heard


async def test_it_is_flagged_as_soon_as_it_has_been_silent_for_so_long(sources: Sources) -> None:
    source = await sources.added()
    await sources.passes(hours=0.5)
    await sources.says(source)

    await sources.passes(hours=0.75)
    before = sources.flagged()
    await sources.passes(hours=0.25)

    assert (before, len(sources.flagged())) == ([], 1)


async def test_a_source_that_may_be_silent_is_never_flagged(sources: Sources) -> None:
    source = await sources.added()
    await sources.bus.execute(
        EditIntegration(
            caller=the_operator(sources.organization_id),
            integration_id=source.id,
            settings={"quiet_after": 0},
        )
    )

    await sources.passes(hours=3)

    assert sources.flagged() == []


async def test_a_source_that_was_deleted_is_never_flagged(sources: Sources) -> None:
    source = await sources.added()
    operator = the_operator(sources.organization_id)
    await sources.bus.execute(DeleteIntegration(caller=operator, integration_id=source.id))

    await sources.passes(hours=3)

    assert sources.flagged() == []


async def test_those_that_are_quiet_are_listed_the_longest_quiet_first(sources: Sources) -> None:
    first, second, third = [await sources.added() for _ in range(3)]
    await sources.says(second)
    await sources.passes(hours=2)
    await sources.says(third)
    heard = await sources.store.reads.last_heard(sources.organization_id)

    quiet = quiet_ones([third, second, first], heard, sources.clock())

    assert [one.integration.id for one in quiet] == [first.id, second.id]
