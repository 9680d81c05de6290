"""The index stays true when others write, and when something fails, while it is kept."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.errors import Unavailable
from core.ports import Vector
from storage.similarity import reindexing as again
from storage.similarity.following import LAG
from storage.similarity.indexer import COMPARED_EVERY, COMPARED_SOON
from tests.contract.house import House
from tests.contract.library import Library, a_library, finish
from tests.fakes.embedding import FakeEmbedder

pytestmark = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def library(house: House) -> Library:
    return a_library(house)


async def test_words_that_change_while_they_are_embedded_stay_stale(library: Library) -> None:
    incident = await library.house.declare(title="Checkout is slow")

    class Slow(FakeEmbedder):
        async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
            if not self.embedded:
                await library.house.edit(incident, title="Checkout answers 502")
            return await super().embed(texts, urgent=urgent)

    slow = Slow()
    indexer = library.indexer(slow)

    while not slow.embedded:
        await indexer.turn()
    after_one = await library.held()
    await finish(indexer)

    assert after_one == {}
    assert await library.held() == await library.stored()
    assert await library.vectors.counts() == (1, 0)


async def test_what_is_deleted_while_it_is_embedded_leaves_no_vector(library: Library) -> None:
    incident = await library.house.declare()

    class Slow(FakeEmbedder):
        async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
            await library.delete(incident)
            return await super().embed(texts, urgent=urgent)

    await finish(library.indexer(Slow()))

    assert await library.stored() == {}
    assert await library.held() == {}


async def test_a_text_that_cannot_be_embedded_stops_no_other(library: Library) -> None:
    class Picky(FakeEmbedder):
        async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
            if any("poison" in text for text in texts):
                raise Unavailable("The process ended.")
            return await super().embed(texts, urgent=urgent)

    others = [await library.house.declare(title=f"Incident {number}") for number in range(6)]
    poison = await library.house.declare(title="poison")
    indexer = library.indexer(Picky())

    refused = 0
    for _ in range(20):
        try:
            await indexer.turn()
        except Unavailable:
            refused += 1

    assert set(await library.held()) == {one.id for one in others}
    assert poison.id not in await library.held()
    assert refused < 10
    assert await library.vectors.counts() == (7, 1)


async def test_what_another_process_embedded_is_taken_over(library: Library) -> None:
    here = library.indexer()
    await finish(here)
    incident = await library.house.declare()
    there = a_library(library.house)

    await finish(there.indexer())
    at_once = dict(await library.held())
    library.house.clock.now += LAG + timedelta(seconds=1)
    await finish(here)

    assert at_once == {}
    assert await library.held() == await there.held() == await library.stored()
    assert set(await library.held()) == {incident.id}
    assert library.embedder.embedded == []


async def test_what_was_embedded_anew_gets_in_though_the_bot_restarted_meanwhile(
    library: Library,
) -> None:
    await library.house.declare(title="Checkout is slow")
    await finish(library.indexer())
    other = FakeEmbedder(seed="another, by the same name")
    await all_anew(library, other)
    library.house.clock.now += 2 * LAG
    before = await library.held()

    await finish(library.indexer(other))

    assert await library.held() == await library.stored()
    assert await library.held() != before


async def test_a_model_that_keeps_its_name_and_makes_longer_vectors_fills_the_index_anew(
    library: Library,
) -> None:
    incidents = [await library.house.declare(title=f"Incident {number}") for number in range(3)]
    await finish(library.indexer())
    longer = FakeEmbedder(size=96)
    indexer = library.indexer(longer)

    incidents.append(await library.house.declare(title="Mail is late"))
    library.house.clock.advance(minutes=1)
    await finish(indexer)
    library.house.clock.now += COMPARED_EVERY + timedelta(seconds=1)
    await finish(indexer)

    assert set(await library.held()) == {one.id for one in incidents}
    assert await library.held() == await library.stored()
    assert len(longer.embedded) == 4


async def test_what_a_replica_of_another_model_counts_as_done_is_embedded_soon_after(
    library: Library,
) -> None:
    incident = await library.house.declare()
    old, new = library.indexer(), library.indexer(FakeEmbedder(model="fake-2"))
    await finish(old)
    await new.turn()
    await finish(old)
    await finish(new)
    at_first = await library.stored("fake-2")

    library.house.clock.now += COMPARED_SOON + timedelta(seconds=1)
    await finish(new)

    assert at_first == {}
    assert set(await library.stored("fake-2")) == {incident.id}
    assert await library.vectors.counts() == (1, 0)


async def all_anew(library: Library, embedder: FakeEmbedder) -> None:
    async def ready() -> None: ...

    tools = again.Tools(
        vectors=library.vectors, embedder=embedder, clock=library.house.clock, ready=ready
    )
    since = library.house.clock.advance(minutes=1)
    reindexing = again.Reindexing(tools, organization_id=library.house.organization_id, since=since)
    async for _ in reindexing.embed():
        library.house.clock.advance(seconds=1)


async def test_what_another_process_deleted_is_noticed_in_time(library: Library) -> None:
    incident = await library.house.declare()
    indexer = library.indexer()
    await finish(indexer)

    await library.delete(incident)
    library.house.clock.now += COMPARED_EVERY + timedelta(seconds=1)
    await finish(indexer)

    assert await library.held() == {}


async def test_nothing_happens_while_the_index_is_away(library: Library) -> None:
    await library.house.declare()
    library.generation = None

    await library.indexer().turn()

    assert library.embedder.embedded == []
    assert await library.vectors.counts() == (1, 1)


async def test_it_says_what_is_wrong_until_it_is_not(library: Library) -> None:
    await library.house.declare()
    indexer = library.indexer()
    library.embedder.away = "The embeddings API refuses the key."

    with pytest.raises(Unavailable):
        await finish(indexer)
    before = indexer.trouble
    library.embedder.away = ""
    await finish(indexer)

    assert before == "The embeddings API refuses the key."
    assert indexer.trouble == ""
