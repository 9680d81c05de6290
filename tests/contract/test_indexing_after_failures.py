"""What the index refused once is made up for as soon as it answers again, not hours later."""

import asyncio
from datetime import timedelta

import pytest

from core.errors import InvalidInput, Unavailable
from storage.similarity.following import LAG
from storage.similarity.indexer import COMPARED_EVERY
from tests.contract.house import House
from tests.contract.library import Library, a_library, finish
from tests.fakes.vector_index import AWAY

pytestmark = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def library(house: House) -> Library:
    return a_library(house)


@pytest.mark.parametrize("rung", [True, False])
async def test_a_document_that_the_index_refused_gets_in(library: Library, rung: bool) -> None:
    indexer = library.indexer()
    await finish(indexer)
    incident = await library.house.declare()
    if rung:
        indexer.ring(library.house.organization_id, incident.id)

    library.index.refusals = 1
    with pytest.raises(Unavailable):
        await finish(indexer)
    refused = (indexer.trouble, indexer.compared)
    await finish(indexer)

    assert refused == (AWAY, False)
    assert set(await library.held()) == {incident.id}
    assert await library.held() == await library.stored()
    assert (indexer.trouble, indexer.compared) == ("", True)


async def test_a_document_whose_removal_the_index_refused_gets_out(library: Library) -> None:
    incident = await library.house.declare()
    indexer = library.indexer()
    await finish(indexer)

    await library.delete(incident)
    indexer.ring(library.house.organization_id, incident.id)
    library.index.refusals = 1
    with pytest.raises(Unavailable):
        await indexer.turn()
    await finish(indexer)

    assert await library.held() == {}


async def test_what_others_embedded_and_the_index_refused_gets_in(library: Library) -> None:
    here = library.indexer()
    await finish(here)
    incident = await library.house.declare()
    await finish(a_library(library.house).indexer())
    library.house.clock.now += LAG + timedelta(seconds=1)

    library.index.refusals = 1
    with pytest.raises(Unavailable):
        await here.turn()
    await finish(here)

    assert set(await library.held()) == {incident.id}
    assert await library.held() == await library.stored()


async def test_what_the_index_refused_puts_no_document_under_suspicion(library: Library) -> None:
    incident = await library.house.declare(title="Checkout is slow")
    indexer = library.indexer()
    library.index.refusals = 1
    with pytest.raises(Unavailable):
        await finish(indexer)
    await finish(indexer)
    await library.house.declare(title="Mail is late")
    await finish(indexer)

    await library.house.edit(incident, title="Checkout answers 502")
    await finish(indexer)

    assert await library.held() == await library.stored()
    assert await library.vectors.counts() == (2, 0)


@pytest.mark.parametrize("rung", [True, False])
async def test_while_nothing_can_be_embedded_the_comparison_goes_on(
    library: Library, rung: bool
) -> None:
    await library.house.declare(title="Checkout is slow")
    await finish(library.indexer())
    library.index.lose()
    library.embedder.away = "The embeddings API is away."
    late = await library.house.declare(title="Mail is late")
    indexer = library.indexer()

    while not indexer.compared:
        if rung:
            indexer.ring(library.house.organization_id, late.id)
        await indexer.turn()
    with pytest.raises(Unavailable, match="is away"):
        await indexer.turn()

    assert await library.held() == await library.stored()
    assert len(await library.held()) == 1


async def test_a_comparison_that_is_due_is_not_said_to_be_over(library: Library) -> None:
    indexer = library.indexer()
    await finish(indexer)

    library.house.clock.now += COMPARED_EVERY + timedelta(seconds=1)

    assert not indexer.compared


async def test_any_failure_is_said_until_a_turn_goes_well(library: Library) -> None:
    indexer = library.indexer()
    await finish(indexer)
    await library.house.declare()
    library.index.refusal = InvalidInput("The index refused it.", field="vector")
    library.index.refusals = 1

    with pytest.raises(InvalidInput):
        await finish(indexer)
    before = indexer.trouble
    await finish(indexer)

    assert before
    assert indexer.trouble == ""
    assert await library.held() == await library.stored()


async def test_after_one_waited_in_vain_nobody_else_does_until_something_got_in(
    library: Library,
) -> None:
    indexer = library.indexer()
    incident = await library.house.declare()
    indexer.ring(library.house.organization_id, incident.id)
    await indexer.settled(within=0)

    async with asyncio.timeout(10):
        await indexer.settled(within=3_600)
    await indexer.turn()
    indexer.ring(library.house.organization_id, incident.id)
    waiting = asyncio.create_task(indexer.settled(within=3_600))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert not waiting.done()
    await finish(indexer)
    await waiting


async def test_nobody_waits_for_an_index_that_refuses(library: Library) -> None:
    indexer = library.indexer()
    first, second = await library.house.declare(), await library.house.declare()
    indexer.ring(library.house.organization_id, first.id)
    library.index.refusals = 1
    with pytest.raises(Unavailable):
        await indexer.turn()
    indexer.ring(library.house.organization_id, second.id)

    async with asyncio.timeout(10):
        await indexer.settled(within=3_600)

    assert set(await library.held()) == set()
