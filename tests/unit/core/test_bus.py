"""The bus: permission first, three attempts, and once per key."""

from dataclasses import replace

import pytest

from core.bus import ATTEMPTS, CommandBus
from core.commands import (
    AcknowledgeIncident,
    AddService,
    AddUser,
    DeclareIncident,
    DeleteIncident,
    R,
    ResolveIncident,
)
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.ids import IncidentId, OrganizationId
from core.domain.state import State
from core.errors import Conflict, KeyReused, NotFound, NotPermitted
from core.ports import Transactions, Work
from tests.fakes.moment import FakeClock
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore


class ContestedTransactions:
    """Somebody else wins the race the first few times, after the work was done."""

    def __init__(self, inner: Transactions, lost: int) -> None:
        self.inner, self.lost, self.runs = inner, lost, 0

    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        self.runs += 1
        if self.runs > self.lost:
            return await self.inner.run(organization_id, work)

        async def beaten(uow: object) -> R:
            raise Conflict("Somebody else was faster.")

        return await self.inner.run(organization_id, beaten)


def _declare(caller: Caller, *, key: str | None = None, title: str = "Slow") -> DeclareIncident:
    return DeclareIncident(caller=caller, key=key, title=title, severity="high")


@pytest.mark.parametrize("lost", range(ATTEMPTS))
async def test_a_lost_race_is_run_again(
    store: FakeStore, clock: FakeClock, alice: Caller, lost: int
) -> None:
    contested = ContestedTransactions(store.transactions, lost)

    incident = await CommandBus(contested, clock).execute(_declare(alice))

    assert contested.runs == lost + 1
    assert incident.number == 1


async def test_the_third_lost_race_is_reported(
    store: FakeStore, clock: FakeClock, alice: Caller
) -> None:
    contested = ContestedTransactions(store.transactions, ATTEMPTS)

    with pytest.raises(Conflict, match="Somebody else was faster"):
        await CommandBus(contested, clock).execute(_declare(alice))

    assert contested.runs == ATTEMPTS == 3


async def test_who_may_not_does_not_even_begin(
    store: FakeStore, clock: FakeClock, organization_id: OrganizationId
) -> None:
    contested = ContestedTransactions(store.transactions, 0)
    viewer = a_caller(organization_id, Role.VIEWER)

    with pytest.raises(NotPermitted, match="ask an engineer"):
        await CommandBus(contested, clock).execute(_declare(viewer))

    assert contested.runs == 0


async def test_another_refusal_is_not_tried_again(
    store: FakeStore, clock: FakeClock, alice: Caller
) -> None:
    contested = ContestedTransactions(store.transactions, 0)
    unknown = AcknowledgeIncident(caller=alice, incident_id=IncidentId("inc_404"))

    with pytest.raises(NotFound):
        await CommandBus(contested, clock).execute(unknown)

    assert contested.runs == 1


async def test_a_key_makes_it_happen_once(bus: CommandBus, store: FakeStore, alice: Caller) -> None:
    first = await bus.execute(_declare(alice, key="k1"))
    effects = store.effects

    second = await bus.execute(_declare(alice, key="k1"))

    assert second == first
    assert store.effects == effects


async def test_the_answer_under_a_key_is_the_thing_as_it_is_now(
    bus: CommandBus, alice: Caller
) -> None:
    first = await bus.execute(_declare(alice, key="k1"))
    await bus.execute(AcknowledgeIncident(caller=alice, incident_id=first.id))

    again = await bus.execute(_declare(alice, key="k1"))

    assert (again.id, again.state) == (first.id, State.ACKNOWLEDGED)


async def test_a_key_may_not_be_used_for_another_request(bus: CommandBus, alice: Caller) -> None:
    await bus.execute(_declare(alice, key="k1"))

    with pytest.raises(KeyReused, match="use a fresh one"):
        await bus.execute(_declare(alice, key="k1", title="Something else"))


async def test_a_key_belongs_to_one_kind_of_command(bus: CommandBus, alice: Caller) -> None:
    incident = await bus.execute(_declare(alice, key="k1"))

    with pytest.raises(KeyReused):
        await bus.execute(AcknowledgeIncident(caller=alice, key="k1", incident_id=incident.id))


async def test_secrets_that_are_shown_nowhere_are_told_apart_by_their_seal(
    bus: CommandBus, alice: Caller
) -> None:
    wish = AddUser(
        caller=alice,
        key="k1",
        email="eve@example.com",
        name="Eve",
        role=Role.VIEWER,
        password_hash="argon2, with one salt",
        seal="sealed",
    )
    again = replace(wish, password_hash="argon2, with another salt")

    assert await bus.execute(wish) == await bus.execute(again)
    with pytest.raises(KeyReused):
        await bus.execute(replace(wish, seal="another"))
    assert "sealed" not in repr(wish)


async def test_a_refused_request_leaves_its_key_free(bus: CommandBus, alice: Caller) -> None:
    hopeless = AcknowledgeIncident(caller=alice, key="k1", incident_id=IncidentId("inc_404"))
    with pytest.raises(NotFound):
        await bus.execute(hopeless)

    incident = await bus.execute(_declare(alice, key="k1"))

    assert incident.number == 1


async def test_a_key_of_another_organisation_is_another_key(bus: CommandBus, alice: Caller) -> None:
    await bus.execute(_declare(alice, key="k1"))
    neighbour = replace(alice, organization_id=OrganizationId("org_neighbour"))

    incident = await bus.execute(_declare(neighbour, key="k1", title="Something else"))

    assert incident.number == 1


async def test_services_are_added_once_per_key_too(bus: CommandBus, alice: Caller) -> None:
    wish = AddService(caller=alice, key="k1", name="checkout")

    assert await bus.execute(wish) == await bus.execute(wish)


@pytest.mark.parametrize("command", [AcknowledgeIncident, ResolveIncident, DeleteIncident])
async def test_a_stale_version_is_a_conflict(
    bus: CommandBus, alice: Caller, command: type[AcknowledgeIncident]
) -> None:
    incident = await bus.execute(_declare(alice))
    stale = command(caller=alice, incident_id=incident.id, expected_version=incident.version + 1)

    with pytest.raises(Conflict, match="INC-1 was changed since you read it; read it again"):
        await bus.execute(stale)
