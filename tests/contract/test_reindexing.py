"""Everything is embedded anew; what was done stays done when it is cut off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from core.errors import Unavailable
from core.ports import Embedder, Entry, Vector
from storage.similarity.following import LAG
from storage.similarity.reindexing import MOST_AT_ONCE, Progress, Reindexing, Tools
from tests.contract.house import House
from tests.contract.library import Library, a_library, finish
from tests.fakes.embedding import FakeEmbedder

pytestmark = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def library(house: House) -> Library:
    return a_library(house)


class Picky(FakeEmbedder):
    """Fails over one word, as a model might."""

    async def embed(self, texts: Sequence[str], *, urgent: bool = False) -> list[Vector]:
        if any("poison" in text for text in texts):
            raise Unavailable("The process ended.")
        return await super().embed(texts, urgent=urgent)


def reindexing(library: Library, since: datetime, embedder: Embedder | None = None) -> Reindexing:
    async def ready() -> None: ...

    tools = Tools(
        vectors=library.vectors,
        embedder=embedder or library.embedder,
        clock=library.house.clock,
        ready=ready,
    )
    return Reindexing(tools, organization_id=library.house.organization_id, since=since)


async def test_everything_is_embedded_anew_and_a_running_bot_takes_it_over(
    library: Library,
) -> None:
    for number in range(3):
        await library.house.declare(title=f"Incident {number}")
    indexer = library.indexer()
    await finish(indexer)
    since = library.house.clock.advance(minutes=1)

    progress = [one async for one in reindexing(library, since).embed()]
    await library.index.clear(library.house.organization_id)
    library.house.clock.now += LAG + timedelta(seconds=1)
    await finish(indexer)

    assert progress == [Progress(done=0, total=3), Progress(done=3, total=3)]
    assert len(library.embedder.embedded) == 6
    assert await library.held() == await library.stored()
    assert len(await library.held()) == 3


async def test_it_goes_on_where_it_was_cut_off(library: Library) -> None:
    for number in range(MOST_AT_ONCE + 5):
        await library.house.declare(title=f"Incident {number}")
    since = library.house.clock.advance(minutes=1)
    first = reindexing(library, since).embed()
    await anext(first)
    await anext(first)
    library.house.clock.advance(minutes=1)

    rest = [one async for one in reindexing(library, since).embed()]

    assert rest == [Progress(done=0, total=5), Progress(done=5, total=5)]
    assert len(library.embedder.embedded) == MOST_AT_ONCE + 5


async def test_a_text_that_cannot_be_embedded_is_counted_and_passed_over(library: Library) -> None:
    await library.house.declare(title="poison")
    await library.house.declare(title="Checkout is slow")

    progress = [one async for one in reindexing(library, library.house.clock(), Picky()).embed()]

    assert progress[-1] == Progress(done=1, total=2, failed=1)


async def test_it_ends_when_nothing_can_be_embedded(library: Library) -> None:
    for number in range(5):
        await library.house.declare(title=f"Incident {number}")
    library.embedder.away = "It is away."

    with pytest.raises(Unavailable, match="It is away"):
        [one async for one in reindexing(library, library.house.clock()).embed()]


@pytest.mark.parametrize("anew", [True, False])
async def test_the_index_is_filled_whatever_it_said_to_hold(library: Library, anew: bool) -> None:
    incident = await library.house.declare()
    await finish(library.indexer())
    [entry] = await library.vectors.entries(
        library.house.organization_id, [incident.id], library.embedder.model
    )
    ghost = Entry(id="inc_ghost", kind="incident", digest="?", vector=entry.vector)
    damaged = Entry(
        id=incident.id, kind="incident", digest=entry.digest, vector=bytes(len(entry.vector))
    )
    await library.index.put(library.house.organization_id, [ghost, damaged])

    await reindexing(library, library.house.clock()).fill(library.index, anew=anew)

    [(id, cosine)] = await library.index.nearest(
        library.house.organization_id, entry.vector, limit=5, kinds={"incident"}
    )
    assert (id, round(cosine, 3)) == (incident.id, 1.0)
