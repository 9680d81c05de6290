"""A source that can be asked is asked, and what it has not had for a while ends here."""

from dataclasses import dataclass, field

import pytest

from bot.reconciling import PAGE, NotAnswered, Reconciler
from core.bus import CommandBus
from core.commands.alerting import EditIntegration
from core.domain.alert import Alert, Fingerprint
from core.domain.integration import Integration
from core.domain.state import State
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.source import Source


@dataclass(slots=True)
class There:
    """What a source answers: fingerprints, or why it does not answer."""

    firing: set[str] = field(default_factory=set)
    trouble: str = ""

    async def __call__(self, _: Integration) -> frozenset[Fingerprint]:
        if self.trouble:
            raise NotAnswered(self.trouble)
        return frozenset(Fingerprint(one) for one in self.firing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A source of ours, what fires there, and somebody who compares."""

    source: Source
    there: There
    reconcile: Reconciler
    clock: FakeClock

    def now(self, fingerprint: str) -> Alert:
        """It begins to fire."""
        return firing(fingerprint, (self.clock.now - NOON).total_seconds() / 60)

    async def look(self, minutes: int) -> None:
        """Once a minute, so many times."""
        for _ in range(minutes):
            self.clock.advance(minutes=1)
            await self.reconcile()

    @property
    def firing(self) -> set[str]:
        return {fingerprint for fingerprint, _ in self.source.open_episodes()}


@pytest.fixture
async def town(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Town:
    source = await Source(store, bus, clock).configured()
    [integration] = source.rows.integrations.values()
    await bus.execute(
        EditIntegration(
            caller=the_operator(source.organization_id),
            integration_id=integration.id,
            settings={"check_url": "http://alertmanager.example:9093"},
        )
    )
    there = There()
    reconcile = Reconciler(bus=bus, chores=store.chores, reads=store.reads, ask=there, clock=clock)
    return Town(source=source, there=there, reconcile=reconcile, clock=clock)


async def test_what_the_source_no_longer_has_ends_after_a_while_and_its_incident_with_it(
    town: Town,
) -> None:
    await town.source.ring(town.now("a"))

    await town.look(minutes=5)
    before = town.firing
    await town.look(minutes=1)

    assert (before, town.firing) == ({"a"}, set())
    assert town.source.incident().state is State.RESOLVED


async def test_what_still_fires_there_stays(town: Town) -> None:
    town.there.firing = {"a"}
    await town.source.ring(town.now("a"), town.now("b"))

    await town.look(minutes=10)

    assert town.firing == {"a"}
    assert town.source.incident().active


async def test_a_source_that_was_just_started_and_knows_nothing_yet_ends_nothing(
    town: Town,
) -> None:
    town.there.firing = {"a"}
    await town.source.ring(town.now("a"))
    await town.look(minutes=3)
    town.there.firing = set()
    await town.look(minutes=3)

    town.there.firing = {"a"}
    await town.look(minutes=10)

    assert town.firing == {"a"}


async def test_while_a_source_does_not_answer_nothing_is_missing(town: Town) -> None:
    await town.source.ring(town.now("a"))
    await town.look(minutes=3)
    town.there.trouble = "It cannot be reached."

    await town.look(minutes=30)

    assert town.firing == {"a"}
    town.there.trouble = ""
    await town.look(minutes=6)
    assert town.firing == set()


async def test_what_began_a_moment_ago_is_left_alone(town: Town) -> None:
    await town.look(minutes=10)

    await town.source.ring(town.now("a"))
    await town.look(minutes=4)

    assert town.firing == {"a"}


async def test_a_source_without_an_address_is_not_asked(town: Town, bus: CommandBus) -> None:
    [integration] = town.source.rows.integrations.values()
    await bus.execute(
        EditIntegration(
            caller=the_operator(town.source.organization_id),
            integration_id=integration.id,
            settings={"check_url": ""},
        )
    )
    await town.source.ring(town.now("a"))

    await town.look(minutes=30)

    assert town.firing == {"a"}


async def test_however_many_have_drifted_all_of_them_end(town: Town) -> None:
    await town.source.ring(*(town.now(f"a{n}") for n in range(PAGE + 1)))

    await town.look(minutes=6)

    assert town.firing == set()
