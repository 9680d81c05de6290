"""Many at once, in one process and in several: nothing is lost, no number is given twice."""

import asyncio
import sys
from collections.abc import Iterable

from core.commands import AcknowledgeIncident, DeclareIncident
from core.domain.ids import IncidentId, ServiceId
from core.domain.incident import Incident
from core.errors import Conflict, CoreError, InvalidInput
from core.ports import UnitOfWork
from core.views import IncidentQuery
from tests.integration.storage.house import House, each, now, opened


async def _write_more(house: House, id: IncidentId, line: str) -> None:
    """Read, change, write; again, when somebody else was faster."""

    async def work(uow: UnitOfWork) -> Incident:
        incident = await uow.incidents.get(id)
        edited, event = incident.edit(
            title=incident.title,
            description=f"{incident.description} {line}",
            service_ids=incident.service_ids,
            by=house.caller.actor,
            at=now(),
        )
        return await uow.incidents.save(edited, because=event)

    while True:
        try:
            await house.storage.transactions.run(house.organization_id, work)
        except Conflict:
            continue
        return


async def _lines(house: House, id: IncidentId) -> list[str]:
    card = await house.storage.reads.card(house.organization_id, id)
    return sorted(card.incident.description.split())


async def test_two_hundred_changes_of_one_incident_are_all_kept(database_url: str) -> None:
    async with opened(database_url) as house:
        incident = await house.declare()

        await asyncio.gather(*(_write_more(house, incident.id, f"w{n:03}") for n in range(200)))

        assert await _lines(house, incident.id) == [f"w{n:03}" for n in range(200)]


async def test_two_replicas_keep_each_others_changes(database_url: str) -> None:
    async with opened(database_url, process="a") as one, opened(database_url, process="b") as two:
        incident = await one.declare()

        await asyncio.gather(
            *(_write_more(one, incident.id, f"a{n:02}") for n in range(40)),
            *(_write_more(two, incident.id, f"b{n:02}") for n in range(40)),
        )

        written = [f"{process}{n:02}" for process in "ab" for n in range(40)]
        assert await _lines(one, incident.id) == written


async def test_five_hundred_declared_at_once_are_numbered_without_gaps(database_url: str) -> None:
    async with opened(database_url) as house:
        outcomes = await each(house, _declarations(house, good=500))

        numbers = sorted(one.number for one in outcomes if isinstance(one, Incident))
        refused = [one for one in outcomes if isinstance(one, CoreError)]
        assert numbers == list(range(1, 501))
        assert len(refused) == 100
        assert all(isinstance(one, InvalidInput) for one in refused)


def _declarations(house: House, *, good: int) -> Iterable[DeclareIncident]:
    """Every sixth asks for a service there is none of."""
    for n in range(good):
        yield DeclareIncident(caller=house.caller, title=f"Incident {n}", severity="high")
        if n % 5 == 0:
            yield DeclareIncident(
                caller=house.caller,
                title="Refused",
                severity="high",
                service_ids=(ServiceId("svc_nowhere"),),
            )


async def test_a_number_taken_by_a_work_that_fails_is_given_again(database_url: str) -> None:
    async with opened(database_url) as house:

        async def take_and_fail(uow: UnitOfWork) -> None:
            await uow.incidents.next_number()
            raise InvalidInput("No.", field="title")

        failing = [
            house.storage.transactions.run(house.organization_id, take_and_fail) for _ in range(50)
        ]
        declaring = [house.declare(f"Incident {n}") for n in range(50)]
        mixed = [one for pair in zip(failing, declaring, strict=True) for one in pair]
        outcomes = await asyncio.gather(*mixed, return_exceptions=True)

        incidents = [one for one in outcomes if isinstance(one, Incident)]
        assert sorted(one.number for one in incidents) == list(range(1, 51))


async def test_replicas_share_one_sequence_of_numbers(database_url: str) -> None:
    async with opened(database_url, process="a") as one, opened(database_url, process="b") as two:
        declared = [house.declare(f"{n}") for n in range(60) for house in (one, two)]

        incidents = await asyncio.gather(*declared)

        assert sorted(incident.number for incident in incidents) == list(range(1, 121))


async def test_one_that_lost_a_race_takes_nobody_with_it(database_url: str) -> None:
    async with opened(database_url) as house:
        stale = await house.declare("Stale")
        await house.bus.execute(AcknowledgeIncident(caller=house.caller, incident_id=stale.id))

        async def save_what_is_stale(uow: UnitOfWork) -> Incident:
            changed, event = stale.resolve(by=house.caller.actor, at=now())
            return await uow.incidents.save(changed, because=event)

        losing = house.storage.transactions.run(house.organization_id, save_what_is_stale)
        winning = [house.declare(f"Incident {n}") for n in range(20)]
        lost, *won = await asyncio.gather(losing, *winning, return_exceptions=True)

        assert isinstance(lost, Conflict)
        assert sorted(one.number for one in won if isinstance(one, Incident)) == list(range(2, 22))


async def test_a_mistake_in_one_work_is_told_to_its_caller_alone(database_url: str) -> None:
    async with opened(database_url) as house:

        async def divide_by_zero(uow: UnitOfWork) -> float:
            await uow.incidents.next_number()
            return 1 / 0

        failing = house.storage.transactions.run(house.organization_id, divide_by_zero)
        failed, declared = await asyncio.gather(failing, house.declare(), return_exceptions=True)

        assert isinstance(failed, ZeroDivisionError)
        assert isinstance(declared, Incident)
        assert declared.number == 1


async def test_processes_on_one_database_lose_nothing(database_url: str) -> None:
    async with opened(database_url, process="z") as house:
        processes = [
            await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.integration.storage.declaring", database_url, name, "80", "8"),
                stdout=asyncio.subprocess.PIPE,
            )
            for name in "ab"
        ]
        said = [(await process.communicate())[0].split() for process in processes]

        page = await house.storage.reads.incidents(house.organization_id, IncidentQuery())

    assert sorted(int(number) for numbers in said for number in numbers) == list(range(1, 161))
    assert page.total == 160
