"""Two processes on one database: whoever loses a race hears of it, and nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from core.commands import AcknowledgeIncident, DeclareIncident, TriageAlerts
from core.commands.hearing import TakeUp
from core.domain.alert import Alert, AlertDelivery, AlertStatus, Fingerprint, GroupKey
from core.domain.ids import DeliveryId, IntegrationId
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from core.ports import RawDelivery, UnitOfWork
from core.views import IncidentQuery
from storage.opening import open_storage
from tests.contract.conftest import FAKE
from tests.contract.house import Bell, House, Storage
from tests.contract.samples import an_integration
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller, the_relay, the_source


@pytest.fixture
async def other(house: House, url: str) -> AsyncIterator[House]:
    """The same house, entered through another opening of its storage."""
    if url == FAKE:
        yield house
        return
    storage: Storage = await open_storage(
        url, clock=house.clock, new_id=house.new_id, on_effects=Bell()
    )
    try:
        yield replace(house, storage=storage)
    finally:
        await storage.close()


async def test_numbers_are_gapless_whoever_gives_them(house: House, other: House) -> None:
    caller = a_caller(house.organization_id)
    wish = DeclareIncident(caller=caller, title="Slow", severity="high")

    incidents = await asyncio.gather(*(home.bus.execute(wish) for home in (house, other) * 10))

    assert sorted(incident.number for incident in incidents) == list(range(1, 21))


async def test_what_is_told_to_both_is_taken_up_by_one(house: House, other: House) -> None:
    caller = the_relay(house.organization_id)
    wishes = [TakeUp(caller=caller, event_id=f"Ev{n // 4}") for n in range(20)]

    taken = await asyncio.gather(
        *([house, other][n % 2].bus.execute(wish) for n, wish in enumerate(wishes))
    )

    assert [sum(taken[n : n + 4]) for n in range(0, 20, 4)] == [1] * 5


async def test_one_key_makes_one_incident_wherever_it_arrives(house: House, other: House) -> None:
    caller = a_caller(house.organization_id)
    wishes = [
        DeclareIncident(caller=caller, key=f"k{n // 4}", title="Slow", severity="high")
        for n in range(20)
    ]

    incidents = await asyncio.gather(
        *([house, other][n % 2].bus.execute(wish) for n, wish in enumerate(wishes))
    )

    assert len({incident.id for incident in incidents}) == 5
    assert (await other.reads.incidents(house.organization_id, IncidentQuery())).total == 5


async def test_what_is_declared_anywhere_is_counted(house: House, other: House) -> None:
    wish = DeclareIncident(caller=a_caller(house.organization_id), title="Slow", severity="high")
    high = IncidentQuery(severities=frozenset({Severity.HIGH}), limit=1)

    await asyncio.gather(*(home.bus.execute(wish) for home in (house, other) * 10))

    assert (await other.reads.incidents(house.organization_id, high)).total == 20


async def test_one_press_wins_and_the_other_changes_nothing(house: House, other: House) -> None:
    incident = await house.declare()
    press = AcknowledgeIncident(caller=a_caller(house.organization_id), incident_id=incident.id)

    outcomes = await asyncio.gather(*(home.bus.execute(press) for home in (house, other) * 3))

    assert {outcome.version for outcome in outcomes} == {2}
    assert len(await other.reads.timeline(house.organization_id, incident.id)) == 2


async def test_no_parcel_is_lent_twice(house: House, other: House) -> None:
    for _ in range(12):
        await house.declare()

    claims = await asyncio.gather(*(home.claim(limit=3) for home in (house, other) * 3))

    lent = [parcel.id for parcels in claims for parcel in parcels]
    assert len(lent) == len(set(lent))


async def test_a_delivery_is_settled_once(house: House, other: House) -> None:
    delivery = await _stored(house, (await an_integration(house)).id)

    async def settle(uow: UnitOfWork) -> bool:
        return delivery in await uow.deliveries.settle([delivery], NOON)

    outcomes = await asyncio.gather(*(home.run(settle) for home in (house, other) * 2))

    assert sum(outcomes) == 1


async def _stored(house: House, integration_id: IntegrationId) -> DeliveryId:
    await house.storage.inbox.store(
        RawDelivery(
            organization_id=house.organization_id,
            integration_id=integration_id,
            body=b"{}",
            received_at=NOON,
        )
    )
    return (await house.storage.inbox.pending(1000))[-1].id


def _alert(fingerprint: str, status: AlertStatus, minute: int = 0) -> Alert:
    return Alert(
        fingerprint=Fingerprint(fingerprint),
        group=GroupKey("g"),
        group_title="Several",
        name=fingerprint,
        status=status,
        starts_at=NOON.replace(minute=minute),
        ends_at=NOON.replace(minute=minute, second=30),
    )


async def _ring(home: House, source: IntegrationId, *alerts: Alert) -> None:
    await home.bus.execute(
        TriageAlerts(
            caller=the_source(home.organization_id),
            integration_id=source,
            deliveries=(AlertDelivery(id=await _stored(home, source), alerts=alerts),),
        )
    )


async def test_a_new_group_is_one_incident_wherever_its_alerts_arrive(
    house: House, other: House
) -> None:
    source = (await an_integration(house)).id

    await asyncio.gather(
        _ring(house, source, _alert("a", AlertStatus.FIRING)),
        _ring(other, source, _alert("b", AlertStatus.FIRING)),
        _ring(house, source, _alert("c", AlertStatus.FIRING)),
    )

    assert (await house.reads.incidents(house.organization_id, IncidentQuery())).total == 1


@pytest.mark.parametrize("newcomer", ["a", "b"])
async def test_an_incident_is_never_resolved_while_something_fires(
    house: House, other: House, newcomer: str
) -> None:
    source = (await an_integration(house)).id
    for round in range(8):
        start = 2 * round
        await _ring(house, source, _alert("a", AlertStatus.FIRING, start))

        await asyncio.gather(
            _ring(house, source, _alert("a", AlertStatus.RESOLVED, start)),
            _ring(other, source, _alert(newcomer, AlertStatus.FIRING, start + 1)),
        )

        assert await _resolved_though_firing(house) == []
        await _ring(house, source, _alert(newcomer, AlertStatus.RESOLVED, start + 1))


async def _resolved_though_firing(house: House) -> list[Incident]:
    page = await house.reads.incidents(house.organization_id, IncidentQuery(limit=100))
    cards = [await house.reads.card(house.organization_id, row.id) for row in page.rows]
    return [
        card.incident for card in cards if card.firing and card.incident.state is State.RESOLVED
    ]
