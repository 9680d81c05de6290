"""The index for search by meaning follows what is stored, whatever happens on the way."""

import pytest

from core.domain.ids import IncidentId, OrganizationId
from core.errors import Unavailable
from core.ports import Entry
from tests.contract.house import House
from tests.contract.library import Library, a_library, finish
from tests.fakes.embedding import FakeEmbedder

pytestmark = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def library(house: House) -> Library:
    return a_library(house)


async def test_what_is_written_gets_into_the_index(library: Library) -> None:
    first = await library.house.declare(title="Checkout is slow")
    second = await library.house.declare(title="Mail is late")

    await finish(library.indexer())

    assert set(await library.held()) == {first.id, second.id}
    assert await library.held() == await library.stored()
    assert await library.vectors.counts() == (2, 0)


async def test_new_words_replace_the_vector_and_others_are_left_alone(library: Library) -> None:
    edited = await library.house.declare(title="Checkout is slow")
    await library.house.declare(title="Mail is late")
    indexer = library.indexer()
    await finish(indexer)
    before = await library.held()
    library.embedder.embedded.clear()

    await library.house.edit(edited, title="Checkout answers 502")
    await finish(indexer)

    after = await library.held()
    assert {id for id in after if after[id] != before[id]} == {edited.id}
    assert [text.splitlines()[0] for text in library.embedder.embedded] == ["Checkout answers 502"]


async def test_what_is_deleted_leaves_the_index_and_the_database(library: Library) -> None:
    incident = await library.house.declare()
    indexer = library.indexer()
    await finish(indexer)

    await library.delete(incident)
    indexer.ring(library.house.organization_id, incident.id)
    await finish(indexer)

    assert await library.held() == {}
    assert await library.stored() == {}


async def test_who_rings_comes_before_everything_else(library: Library) -> None:
    first = await library.house.declare(title="The first")
    for number in range(40):
        await library.house.declare(title=f"One of many, {number}")
    indexer = library.indexer()

    indexer.ring(library.house.organization_id, first.id)
    await indexer.turn()

    assert library.embedder.embedded[0].startswith("The first")
    assert first.id in await library.held()


async def test_who_waits_for_what_rang_is_told_when_it_is_there(library: Library) -> None:
    incident = await library.house.declare()
    indexer = library.indexer()
    indexer.ring(library.house.organization_id, incident.id)

    await indexer.settled(within=0)
    before = await library.held()
    await indexer.turn()
    await indexer.settled(within=60)

    assert before == {}
    assert set(await library.held()) == {incident.id}


async def test_nobody_waits_for_an_index_that_is_away(library: Library) -> None:
    indexer = library.indexer()
    indexer.ring(library.house.organization_id, IncidentId("inc_1"))
    library.generation = None

    await indexer.settled(within=60)

    assert not indexer.compared


async def test_a_lost_index_is_filled_without_embedding_anything_again(library: Library) -> None:
    for number in range(5):
        await library.house.declare(title=f"Incident {number}")
    indexer = library.indexer()
    await finish(indexer)
    library.embedder.embedded.clear()

    await library.index.clear(library.house.organization_id)
    library.generation = 2
    await finish(indexer)

    assert await library.held() == await library.stored()
    assert len(await library.held()) == 5
    assert library.embedder.embedded == []
    assert indexer.compared


async def test_what_the_index_should_not_have_is_taken_out(library: Library) -> None:
    await library.house.declare()
    ghost = Entry(id="inc_ghost", kind="incident", digest="?", vector=bytes(256))
    await library.index.put(library.house.organization_id, [ghost])
    await library.index.put(library.house.neighbour_id, [ghost])

    await finish(library.indexer())

    assert await library.held() == await library.stored()
    assert await library.index.digests(library.house.neighbour_id) == {}


async def test_an_organization_that_is_gone_leaves_nothing_behind(library: Library) -> None:
    entry = Entry(id="inc_1", kind="incident", digest="?", vector=bytes(256))
    gone = OrganizationId("org_gone")
    await library.index.put(gone, [entry])

    await finish(library.indexer())

    assert gone not in await library.index.organizations()


async def test_another_model_embeds_everything_anew(library: Library) -> None:
    incident = await library.house.declare()
    await finish(library.indexer())
    before = await library.held()
    other = FakeEmbedder(model="fake-2")

    await finish(library.indexer(other))

    after = await library.held()
    assert after.keys() == before.keys() == {incident.id}
    assert after != before
    assert after == await library.stored("fake-2")
    assert await library.stored() == {}


async def test_what_was_killed_between_the_database_and_the_index_is_made_up_for(
    library: Library,
) -> None:
    await library.house.declare()
    library.index.away = True
    with pytest.raises(Unavailable):
        await finish(library.indexer())
    library.index.away = False

    await finish(library.indexer())

    assert await library.held() == await library.stored()
    assert len(await library.held()) == 1
