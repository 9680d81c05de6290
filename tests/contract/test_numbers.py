"""`INC-n`: gapless, per organisation, never given twice."""

import asyncio

import pytest

from core.domain.incident import Incident
from core.errors import InvalidInput
from core.ports import UnitOfWork
from tests.contract.house import ALICE, House


class Mishap(Exception):
    """Something no storage has ever heard of."""


async def test_the_first_is_one_and_the_next_is_two(house: House) -> None:
    assert [(await house.declare()).number for _ in range(3)] == [1, 2, 3]


async def test_several_in_one_transaction_follow_each_other(house: House) -> None:
    async def work(uow: UnitOfWork) -> list[int]:
        return [(await house.declaring()(uow)).number for _ in range(3)]

    assert await house.run(work) == [1, 2, 3]


async def test_each_organisation_counts_for_itself(house: House) -> None:
    await house.declare()

    assert (await house.next_door(house.declaring())).number == 1
    assert (await house.declare()).number == 2


async def test_there_is_no_gap_where_declaring_failed(house: House) -> None:
    async def failing(uow: UnitOfWork) -> Incident:
        await house.declaring()(uow)
        raise Mishap

    with pytest.raises(Mishap):
        await house.run(failing)

    assert (await house.declare()).number == 1


async def test_many_at_once_leave_no_gap_though_some_fail(house: House) -> None:
    async def failing(uow: UnitOfWork) -> Incident:
        await house.declaring()(uow)
        raise Mishap

    async def refused(uow: UnitOfWork) -> Incident:
        raise InvalidInput("Not like this.", field="title")

    works = [[house.declaring(), failing, refused][n % 3] for n in range(60)]
    outcomes = await asyncio.gather(*map(house.run, works), return_exceptions=True)

    numbers = sorted(o.number for o in outcomes if isinstance(o, Incident))
    assert numbers == list(range(1, 21))
    assert (await house.declare()).number == 21


async def test_the_number_of_a_deleted_incident_is_not_given_again(house: House) -> None:
    incident = await house.declare()

    async def delete(uow: UnitOfWork) -> None:
        deleted, event = incident.delete(by=ALICE, at=house.clock())
        await uow.incidents.save(deleted, because=event)

    await house.run(delete)

    assert (await house.declare()).number == 2
