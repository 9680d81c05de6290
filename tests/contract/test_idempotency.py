"""An idempotency key is taken once, by whoever commits first."""

import asyncio

import pytest

from core.commands import DeclareIncident
from core.errors import Conflict, KeyReused
from core.ports import Processed, UnitOfWork, Work
from core.views import IncidentQuery
from tests.contract.house import House
from tests.fakes.people import a_caller


def _remembering(house: House, key: str = "k", fingerprint: str = "f") -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        processed = Processed(key=key, fingerprint=fingerprint, subject_id="inc_1")
        await uow.processed.add(processed, house.clock())

    return work


def _found(key: str) -> Work[Processed | None]:
    async def work(uow: UnitOfWork) -> Processed | None:
        return await uow.processed.find(key)

    return work


def _wish(house: House, title: str = "Slow", key: str = "k1") -> DeclareIncident:
    caller = a_caller(house.organization_id)
    return DeclareIncident(caller=caller, key=key, title=title, severity="high")


async def _total(house: House) -> int:
    return (await house.reads.incidents(house.organization_id, IncidentQuery())).total


async def test_a_key_is_remembered(house: House) -> None:
    await house.run(_remembering(house))

    found = await house.run(_found("k"))

    assert found == Processed(key="k", fingerprint="f", subject_id="inc_1")


async def test_an_unknown_key_is_none(house: House) -> None:
    await house.run(_remembering(house))

    assert await house.run(_found("another")) is None


async def test_a_key_that_is_taken_is_a_conflict(house: House) -> None:
    await house.run(_remembering(house))

    with pytest.raises(Conflict):
        await house.run(_remembering(house, fingerprint="g"))


async def test_a_key_is_found_by_the_work_that_added_it(house: House) -> None:
    async def work(uow: UnitOfWork) -> Processed | None:
        await _remembering(house)(uow)
        return await uow.processed.find("k")

    assert await house.run(work) is not None


async def test_another_organisation_has_keys_of_its_own(house: House) -> None:
    await house.run(_remembering(house))

    assert await house.next_door(_found("k")) is None
    await house.next_door(_remembering(house, fingerprint="g"))


async def test_a_repeated_request_is_answered_with_the_same_incident(house: House) -> None:
    first = await house.bus.execute(_wish(house))
    waiting = await house.outbox.waiting()

    assert await house.bus.execute(_wish(house)) == first
    assert (await _total(house), await house.outbox.waiting()) == (1, waiting)


async def test_another_request_under_the_key_is_refused(house: House) -> None:
    await house.bus.execute(_wish(house))

    with pytest.raises(KeyReused):
        await house.bus.execute(_wish(house, title="Something else"))


async def test_requests_that_race_under_one_key_make_one_incident(house: House) -> None:
    incidents = await asyncio.gather(*(house.bus.execute(_wish(house)) for _ in range(8)))

    assert len({incident.id for incident in incidents}) == 1
    assert await _total(house) == 1


async def test_different_keys_make_different_incidents(house: House) -> None:
    wishes = [_wish(house, key=f"k{n}") for n in range(8)]

    incidents = await asyncio.gather(*map(house.bus.execute, wishes))

    assert sorted(incident.number for incident in incidents) == list(range(1, 9))
