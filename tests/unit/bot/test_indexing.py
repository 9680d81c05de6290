"""The loop that keeps the index true: rung by the relay, patient when something is away."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.indexing import IndexingLoop
from core.domain.ids import IncidentId, OrganizationId
from core.effects import Effect, IndexIncident, IndexRecord
from core.errors import Unavailable
from core.ports import Parcel, ParcelId

OURS = OrganizationId("org_1")


class Indexer:
    """Answers each turn with what it was given; in the end it rests for long."""

    def __init__(self, answers: Sequence[float | Exception] = ()) -> None:
        self.answers = list(answers)
        self.rung: list[tuple[OrganizationId, str]] = []
        self.turns = 0
        self.rests = asyncio.Event()

    def ring(self, organization_id: OrganizationId, id: str) -> None:
        self.rung.append((organization_id, id))

    async def turn(self) -> float:
        self.turns += 1
        if not self.answers:
            self.rests.set()
            return 3_600.0
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def a_parcel(effect: Effect) -> Parcel:
    return Parcel(id=ParcelId(1), organization_id=OURS, effect=effect)


@pytest.mark.parametrize(
    ("effect", "id"),
    [
        (IndexIncident(incident_id=IncidentId("inc_1")), "inc_1"),
        (IndexRecord(record_id="art_1"), "art_1"),
    ],
)
async def test_what_has_new_words_rings_and_ends_the_rest(effect: Effect, id: str) -> None:
    indexer = Indexer()
    loop = IndexingLoop(indexer)
    running = asyncio.create_task(loop.run())
    await indexer.rests.wait()
    indexer.rests.clear()

    await loop.deliveries[type(effect)](effect, a_parcel(effect))
    await indexer.rests.wait()
    loop.stop()
    await running

    assert indexer.rung == [(OURS, id)]
    assert indexer.turns == 2


async def test_a_failing_turn_is_not_the_end() -> None:
    indexer = Indexer([Unavailable("It is away."), RuntimeError("A mistake."), 0.0])
    loop = IndexingLoop(indexer, first_pause=0.0)

    running = asyncio.create_task(loop.run())
    await indexer.rests.wait()
    loop.stop()
    await running

    assert indexer.turns == 4


async def test_after_a_failure_nobody_is_woken_early_but_stopped_at_once() -> None:
    indexer = Indexer([Unavailable("It is away."), Unavailable("It is away.")])
    loop = IndexingLoop(indexer)
    loop.wake()

    running = asyncio.create_task(loop.run())
    await asyncio.sleep(0)
    loop.wake()
    await asyncio.sleep(0)
    loop.stop()
    await running

    assert indexer.turns == 1
