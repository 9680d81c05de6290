"""A transaction is whole or nothing, and what follows from its events is part of it."""

import asyncio

import pytest

from core.domain.incident import Incident
from core.effects import FanOutEvent
from core.errors import NotFound
from core.ports import Processed, RawDelivery, UnitOfWork
from core.views import IncidentQuery
from tests.contract.conftest import shown
from tests.contract.house import ALICE, House
from tests.contract.samples import an_integration


class Mishap(Exception):
    """Something no storage has ever heard of."""


async def test_what_the_work_answers_is_answered(house: House) -> None:
    async def work(uow: UnitOfWork) -> list[str]:
        return ["anything"]

    assert await house.run(work) == ["anything"]


async def test_a_work_sees_what_it_saved(house: House) -> None:
    async def work(uow: UnitOfWork) -> tuple[Incident, Incident, int]:
        saved = await house.declaring()(uow)
        entries = await uow.timeline.entries(saved.id)
        return saved, await uow.incidents.get(saved.id), len(entries)

    saved, read, told = await house.run(work)

    assert read == saved
    assert told == 1


async def test_nobody_sees_what_is_not_committed(house: House) -> None:
    async def work(uow: UnitOfWork) -> None:
        await house.declaring()(uow)
        raise Mishap

    with pytest.raises(Mishap):
        await house.run(work)

    assert (await house.reads.incidents(house.organization_id, IncidentQuery())).rows == ()


async def test_anything_raised_undoes_all_of_the_work(house: House) -> None:
    kept = await house.declare()
    raw = RawDelivery(
        organization_id=house.organization_id,
        integration_id=(await an_integration(house)).id,
        body=b"{}",
        received_at=house.clock(),
    )
    await house.storage.inbox.store(raw)
    [delivery] = await house.storage.inbox.pending(1)
    waiting, rung = await house.outbox.waiting(), house.bell.rung

    async def work(uow: UnitOfWork) -> None:
        assert await uow.deliveries.settle([delivery.id], house.clock())
        await uow.processed.add(
            Processed(key="k", fingerprint="f", subject_id=kept.id), house.clock()
        )
        acknowledged, event = kept.acknowledge(by=ALICE, at=house.clock())
        await uow.incidents.save(acknowledged, because=event)
        await house.declaring()(uow)
        raise Mishap

    with pytest.raises(Mishap):
        await house.run(work)

    async def look(uow: UnitOfWork) -> tuple[Incident, Processed | None, int, int]:
        return (
            await uow.incidents.get(kept.id),
            await uow.processed.find("k"),
            len(await uow.timeline.entries(kept.id)),
            await uow.incidents.next_number(),
        )

    assert await house.run(look) == (kept, None, 1, kept.number + 1)
    assert await house.storage.inbox.waiting() == 1
    assert (await house.outbox.waiting(), house.bell.rung) == (waiting, rung)


async def test_works_that_wait_together_succeed_or_fail_alone(house: House) -> None:
    async def failing(uow: UnitOfWork) -> Incident:
        await house.declaring(title="never")(uow)
        raise Mishap

    works = [failing if n % 3 == 0 else house.declaring(title=f"work {n}") for n in range(30)]
    outcomes = await asyncio.gather(*map(house.run, works), return_exceptions=True)

    page = await house.reads.incidents(house.organization_id, IncidentQuery(limit=100))
    assert [isinstance(outcome, Mishap) for outcome in outcomes] == [n % 3 == 0 for n in range(30)]
    assert {row.title for row in page.rows} == {f"work {n}" for n in range(30) if n % 3}


async def test_an_event_is_told_and_shown_by_the_same_commit(house: House) -> None:
    async def work(uow: UnitOfWork) -> Incident:
        incident = await house.declaring()(uow)
        acknowledged, event = incident.acknowledge(by=ALICE, at=house.clock())
        saved = await uow.incidents.save(acknowledged, because=event)
        resolved, done = saved.resolve("Rolled back.", by=ALICE, at=house.clock())
        return await uow.incidents.save(resolved, because=done)

    incident = await house.run(work)

    entries = await house.reads.timeline(house.organization_id, incident.id)
    assert [type(entry.event).__name__ for entry in entries] == [
        "IncidentDeclared",
        "IncidentAcknowledged",
        "IncidentResolved",
    ]
    assert [entry.at for entry in entries] == [entry.event.at for entry in entries]
    assert await house.unpack() == [
        effect
        for entry in entries
        for effect in shown(house.organization_id, entry.event, entry.id)
        if not isinstance(effect, FanOutEvent)  # there is nobody to tell
    ]


async def test_the_bell_rings_when_there_is_something_to_show(house: House) -> None:
    await house.declare()

    assert house.bell.rung == 1


async def test_the_bell_is_silent_when_there_is_nothing_to_show(house: House) -> None:
    incident = await house.declare()
    rung = house.bell.rung

    async def work(uow: UnitOfWork) -> None:
        await uow.incidents.save(incident, because=None)

    await house.run(work)

    assert house.bell.rung == rung


async def test_an_unknown_thing_is_not_found_and_harms_nobody(house: House) -> None:
    async def work(uow: UnitOfWork) -> None:
        await uow.incidents.get(house.an_incident().id)

    outcomes = await asyncio.gather(
        house.run(work), house.declare(), house.run(work), return_exceptions=True
    )

    assert isinstance(outcomes[0], NotFound)
    assert isinstance(outcomes[1], Incident)
    assert isinstance(outcomes[2], NotFound)
