"""Totals come from counters: they say what counting would, whatever happened before."""

import asyncio
import random
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from core import commands as c
from core.domain.actor import Caller
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.errors import CoreError
from core.ports import UnitOfWork
from core.views import Condition, IncidentQuery, Op, Subject
from tests.contract.house import ALICE, House
from tests.fakes.people import a_caller

Wish = c.Command[Any]
COUNTED = Condition(subject=Subject.STATE, op=Op.NOT_IN)
"""Holds of everything, and is counted row by row."""


async def _totals(house: House, *conditions: Condition) -> dict[tuple[Any, ...], int]:
    """The total of every list that can be narrowed by state, severity and mode."""
    totals = {}
    for states, severities, modes in product(_few(State), _few(Severity), _few(Mode)):
        query = IncidentQuery(
            states=states, severities=severities, modes=modes, conditions=conditions, offset=10**6
        )
        page = await house.reads.incidents(house.organization_id, query)
        totals[states, severities, modes] = page.total
    return totals


def _few(kind: Any) -> list[frozenset[Any]]:
    members = list(kind)
    return [frozenset(), frozenset(members[:1]), frozenset(members[1:3])]


async def _everything_is_right(house: House) -> None:
    assert await _totals(house) == await _totals(house, COUNTED)


MAKERS: list[Callable[[random.Random, Caller, IncidentId], Wish]] = [
    lambda dice, caller, _: c.DeclareIncident(
        caller=caller,
        title="Slow",
        severity=dice.choice(list(Severity)),
        state=dice.choice([State.DRAFT, State.OPEN, State.RESOLVED, State.CLOSED]),
        mode=dice.choice(list(Mode)),
        key=dice.choice([None, f"k{dice.randrange(5)}"]),
        key_decides=True,
    ),
    lambda dice, caller, id: c.EditIncident(
        caller=caller,
        incident_id=id,
        severity=dice.choice(list(Severity)),
        state=dice.choice([None, *State]),
        tags=(str(dice.random()),),
    ),
    lambda dice, caller, id: c.ResolveIncident(caller=caller, incident_id=id, summary="Done."),
    lambda dice, caller, id: c.ReopenIncident(caller=caller, incident_id=id),
    lambda dice, caller, id: c.DeleteIncident(caller=caller, incident_id=id),
    lambda dice, caller, id: c.AcknowledgeIncident(
        caller=caller, incident_id=id, expected_version=dice.choice([None, 1])
    ),
]


@pytest.mark.parametrize("seed", range(3))
async def test_counters_equal_counting_after_whatever_was_done_at_once(
    house: House, seed: int
) -> None:
    dice, caller = random.Random(seed), a_caller(house.organization_id)
    known = [(await house.declare()).id for _ in range(4)]

    for _ in range(6):
        wishes = [dice.choice(MAKERS)(dice, caller, dice.choice(known)) for _ in range(10)]
        outcomes = await asyncio.gather(
            *(house.bus.execute(wish) for wish in wishes), return_exceptions=True
        )
        assert all(isinstance(one, Incident | CoreError) for one in outcomes), outcomes
        known += [one.id for one in outcomes if isinstance(one, Incident)]

    await _everything_is_right(house)


async def test_what_is_undone_is_not_counted(house: House) -> None:
    incident = await house.declare()

    async def refused(uow: UnitOfWork) -> None:
        current = await uow.incidents.get(incident.id)
        resolved, event = current.resolve(by=ALICE, at=house.clock())
        await uow.incidents.save(resolved, because=event)
        await uow.incidents.get(incident.id)  # the database has seen it by now
        raise ValueError("Never mind.")

    outcomes = await asyncio.gather(
        house.run(house.declaring()),
        house.run(refused),
        house.run(house.declaring(severity=Severity.LOW)),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [Incident, ValueError, Incident]
    await _everything_is_right(house)


async def test_a_lost_race_is_not_counted(house: House) -> None:
    incident = await house.declare()

    def resolving(seen: Incident) -> Any:
        async def work(uow: UnitOfWork) -> Incident:
            resolved, event = seen.resolve(by=ALICE, at=house.clock())
            return await uow.incidents.save(resolved, because=event)

        return work

    await asyncio.gather(
        *(house.run(resolving(incident)) for _ in range(4)), return_exceptions=True
    )

    await _everything_is_right(house)
    [row] = (await house.reads.incidents(house.organization_id, IncidentQuery())).rows
    assert row.state is State.RESOLVED


async def test_another_organisations_incidents_count_there(house: House) -> None:
    await house.declare()

    async def nothing() -> int:
        page = await house.reads.incidents(house.neighbour_id, IncidentQuery(offset=5))
        return page.total

    assert await nothing() == 0
    await house.next_door(house.declaring())
    assert await nothing() == 1
    await _everything_is_right(house)
