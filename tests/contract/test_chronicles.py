"""The history of an incident in leaves: what each shows is what the whole would show there."""

from random import Random

import pytest

from bot.chronicles import Chronicles
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.viewer import NOBODY, Viewer
from core.ports import UnitOfWork, Work
from core.views import TimelineEntry
from tests.contract.histories import (
    History,
    correction,
    differences,
    drawn,
    event,
    message,
    whole,
)
from tests.contract.house import House


def _written(incident: Incident, history: History) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        for number, (minute, kind) in enumerate(history.happened):
            current = await uow.incidents.get(incident.id)
            await uow.incidents.save(current, because=event(incident.id, number, minute, kind))
        for number, minute in enumerate(history.said):
            said = message(incident.id, number, minute)
            await uow.records(type(said)).save(said, because=event(incident.id, 0, 0, 0))

    return work


def _corrected(id: IncidentId, lines: list[str], history: History) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        for one in (edit for edit in history.edits if edit.line < len(lines)):
            edit = correction(id, lines[one.line], one)
            await uow.records(type(edit)).save(edit, because=event(id, 0, 0, 0))

    return work


async def _history(house: House, seed: int, lines: int) -> IncidentId:
    incident, history = await house.declare(), drawn(Random(seed), lines)
    await house.run(_written(incident, history))
    chronicles = _of(house, incident.id)
    ids = [line.id for line in await whole(chronicles)]
    await house.run(_corrected(incident.id, ids, history))
    return incident.id


def _of(house: House, id: IncidentId, viewer: Viewer | None = None) -> Chronicles:
    reads = house.reads.seen_by(viewer) if viewer else house.reads
    return Chronicles(reads=reads, organization_id=house.organization_id, id=id)


@pytest.mark.parametrize(("seed", "lines"), [(1, 16), (2, 3)])
async def test_a_leaf_shows_what_the_whole_shows_there(house: House, seed: int, lines: int) -> None:
    id = await _history(house, seed, lines)
    await _history(house, seed + 10, 5)

    found = await differences(_of(house, id)) + await differences(_of(house, id, NOBODY))

    assert found == []


async def test_a_history_is_leafed_through_from_its_newest_line_to_its_first(house: House) -> None:
    chronicles = _of(house, await _history(house, 4, 20))
    leaf = await chronicles.newest(5)
    read = [*leaf.lines]

    while leaf.before:
        leaf = await chronicles.newest(5, leaf.lines[0].id)
        read = [*leaf.lines, *read]

    assert read == [line for line in await whole(chronicles) if not line.hidden]


async def test_one_entry_is_found_among_those_of_its_incident_alone(house: House) -> None:
    one, other = await house.declare(), await house.declare()
    mine, theirs = [
        (await house.reads.timeline(house.organization_id, incident.id))[0]
        for incident in (one, other)
    ]

    async def work(uow: UnitOfWork) -> list[TimelineEntry | None]:
        return [
            await uow.timeline.entry(one.id, mine.id),
            await uow.timeline.entry(one.id, theirs.id),
            await uow.timeline.entry(one.id, "ent_gone"),
        ]

    assert await house.run(work) == [mine, None, None]


async def test_a_line_of_another_incident_is_in_no_leaf(house: House) -> None:
    chronicles = _of(house, await _history(house, 5, 4))
    beside = await whole(_of(house, await _history(house, 6, 4)))

    found = [await chronicles.line(line.id) for line in beside]
    leaves = [await chronicles.newest(3, line.id) for line in beside]

    newest = await chronicles.newest(3)
    assert found == [None] * len(beside)
    assert leaves == [newest] * len(beside)
