"""The index of vectors: the fake, the one in a folder, and a Chroma server, held to the same."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import count

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.ids import OrganizationId
from core.errors import InvalidInput
from core.ports.search import KINDS
from core.ports.similarity import Entry, VectorIndex
from storage.similarity.index import WorkerIndex
from storage.similarity.process import open_worker
from tests.chroma_server import ChromaServer
from tests.fakes.vector_index import FakeVectorIndex, vector_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

EAST, NORTH, UP = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]
SIZE = len(EAST)
OPENED_WITHIN = 60
_numbers = count(1)


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server.url
    server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["fake", "embedded", "server"])
async def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[VectorIndex]:
    if request.param == "fake":
        yield FakeVectorIndex()
        return
    embedded = request.param == "embedded"
    async with open_worker(
        folder=tmp_path_factory.mktemp("data") / "index" if embedded else None,
        chroma_url=None if embedded else request.getfixturevalue("server_url"),
        model=False,
    ) as worker:
        async with asyncio.timeout(OPENED_WITHIN):
            await worker.opened()
        yield WorkerIndex(worker, model="model-1")


@pytest.fixture
def ours() -> OrganizationId:
    return OrganizationId(f"organization-{next(_numbers)}")


@pytest.fixture
def theirs() -> OrganizationId:
    return OrganizationId(f"organization-{next(_numbers)}")


def an_entry(
    id: str, numbers: Sequence[float], *, kind: str = "incident", digest: str = "of these words"
) -> Entry:
    return Entry(id=id, kind=kind, digest=digest, vector=vector_of(numbers))


async def _nearest(
    index: VectorIndex,
    organization_id: OrganizationId,
    numbers: Sequence[float],
    *,
    limit: int = 10,
    kinds: Sequence[str] = KINDS,
) -> list[str]:
    found = await index.nearest(organization_id, vector_of(numbers), limit=limit, kinds=kinds)
    return [id for id, _ in found]


async def test_the_nearest_come_first_with_their_cosines(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("east", EAST), an_entry("north", NORTH), an_entry("up", UP)])

    found = await index.nearest(ours, vector_of([0.6, 0.8, 0.0]), limit=3, kinds=KINDS)

    assert [id for id, _ in found] == ["north", "east", "up"]
    assert [cosine for _, cosine in found] == pytest.approx([0.8, 0.6, 0.0], abs=1e-5)


async def test_what_looks_the_other_way_has_a_cosine_below_zero(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("west", [-1.0, 0.0, 0.0])])

    found = await index.nearest(ours, vector_of(EAST), limit=3, kinds=KINDS)

    assert [id for id, _ in found] == ["west"]
    assert found[0][1] == pytest.approx(-1.0, abs=1e-5)


async def test_no_more_than_asked_for_are_found(index: VectorIndex, ours: OrganizationId) -> None:
    await index.put(ours, [an_entry(f"e{n}", [1.0, n, 0.0]) for n in range(20)])

    assert await _nearest(index, ours, EAST, limit=2) == ["e0", "e1"]
    assert await _nearest(index, ours, EAST, limit=0) == []


async def test_only_the_kinds_asked_for_are_found_however_near_others_are(
    index: VectorIndex, ours: OrganizationId
) -> None:
    near = [an_entry(f"incident-{n}", [1.0, n / 1000, 0.0]) for n in range(150)]
    far = [an_entry("procedure", NORTH, kind="procedure"), an_entry("article", UP, kind="article")]
    await index.put(ours, [*near, *far])

    assert await _nearest(index, ours, EAST, limit=1, kinds=["procedure"]) == ["procedure"]
    assert set(await _nearest(index, ours, EAST, kinds=["procedure", "article"])) == {
        "procedure",
        "article",
    }
    assert await _nearest(index, ours, EAST, kinds=[]) == []


async def test_the_same_id_replaces_what_was_there(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST), an_entry("other", [0.9, 0.1, 0.0])])

    await index.put(ours, [an_entry("one", UP, kind="article", digest="of other words")])

    assert await _nearest(index, ours, EAST) == ["other", "one"]
    assert await _nearest(index, ours, EAST, kinds=["article"]) == ["one"]
    assert (await index.digests(ours))["one"] == "of other words"


async def test_of_the_same_id_twice_at_once_the_last_counts(
    index: VectorIndex, ours: OrganizationId
) -> None:
    twice = [an_entry("one", EAST, digest="first"), an_entry("one", UP, digest="second")]

    await index.put(ours, twice)

    assert await index.digests(ours) == {"one": "second"}


async def test_what_was_removed_is_not_found_and_removing_it_again_is_no_error(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST), an_entry("two", NORTH)])

    await index.remove(ours, ["one", "nobody"])
    await index.remove(ours, ["one"])
    await index.remove(ours, [])

    assert await _nearest(index, ours, EAST) == ["two"]
    assert await index.digests(ours) == {"two": "of these words"}


async def test_nothing_is_found_where_nothing_is(index: VectorIndex, ours: OrganizationId) -> None:
    assert await _nearest(index, ours, EAST) == []
    assert await index.digests(ours) == {}
    await index.remove(ours, ["one"])
    await index.clear(ours)
    await index.put(ours, [])

    assert await index.digests(ours) == {}


async def test_all_digests_are_listed_however_many_there_are(
    index: VectorIndex, ours: OrganizationId
) -> None:
    chance = random.Random(6)
    entries = [
        an_entry(f"e{n}", [chance.gauss(0, 1) for _ in range(SIZE)], digest=f"digest {n}")
        for n in range(1_100)
    ]
    await index.put(ours, entries)

    assert await index.digests(ours) == {entry.id: entry.digest for entry in entries}


async def test_clearing_is_for_one_organisation(
    index: VectorIndex, ours: OrganizationId, theirs: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST)])
    await index.put(theirs, [an_entry("one", EAST)])

    await index.clear(ours)

    assert await index.digests(ours) == {}
    assert await _nearest(index, theirs, EAST) == ["one"]


async def test_after_clearing_it_is_filled_as_before(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST)])
    await index.clear(ours)

    await index.put(ours, [an_entry("two", NORTH)])

    assert await _nearest(index, ours, EAST) == ["two"]


async def test_vectors_of_another_length_replace_all_that_was_there(
    index: VectorIndex, ours: OrganizationId, theirs: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST)])
    await index.put(theirs, [an_entry("one", EAST)])

    await index.put(ours, [an_entry("short", [1.0, 0.0])])
    await index.put(ours, [an_entry("shorter", [0.0, 1.0])])

    assert await _nearest(index, ours, [1.0, 0.0]) == ["short", "shorter"]
    assert set(await index.digests(ours)) == {"short", "shorter"}
    assert await _nearest(index, theirs, EAST) == ["one"]


async def test_vectors_of_two_lengths_at_once_are_refused_and_the_rest_stays(
    index: VectorIndex, ours: OrganizationId
) -> None:
    await index.put(ours, [an_entry("one", EAST)])

    with pytest.raises(InvalidInput):
        await index.put(ours, [an_entry("short", [1.0, 0.0]), an_entry("long", EAST)])

    assert await index.digests(ours) == {"one": "of these words"}


async def test_ids_and_digests_are_whatever_text_they_are(
    index: VectorIndex, ours: OrganizationId
) -> None:
    odd = "障害 'x' \"y\" %_; --\u2028" + "z" * 300
    await index.put(ours, [an_entry(odd, EAST, digest=odd)])

    assert await index.digests(ours) == {odd: odd}
    assert await _nearest(index, ours, EAST) == [odd]


DIRECTION = st.sampled_from([EAST, NORTH, UP, [1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
STEP = st.tuples(
    st.sampled_from(["put", "remove", "clear"]),
    st.integers(0, 2),
    st.integers(0, 4),
    st.sampled_from(KINDS),
    DIRECTION,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(STEP, min_size=4, max_size=14),
    sought=DIRECTION,
    kinds=st.sets(st.sampled_from(KINDS), min_size=1),
)
async def test_whatever_is_done_nobody_finds_what_is_not_theirs(
    index: VectorIndex,
    steps: list[tuple[str, int, int, str, list[float]]],
    sought: list[float],
    kinds: set[str],
) -> None:
    """Against an exact one: each organisation finds all of its own, and nothing else."""
    model, houses = FakeVectorIndex(), [OrganizationId(f"house-{next(_numbers)}") for _ in range(3)]
    for kind_of_step, house, number, kind, numbers in steps:
        entry = an_entry(f"h{house}-{number}", numbers, kind=kind, digest=f"h{house}")
        for one in (model, index):
            match kind_of_step:
                case "put":
                    await one.put(houses[house], [entry])
                case "remove":
                    await one.remove(houses[house], [entry.id])
                case _:
                    await one.clear(houses[house])

    for house, organization_id in enumerate(houses):
        found = await _nearest(index, organization_id, sought, kinds=sorted(kinds))
        expected = await _nearest(model, organization_id, sought, kinds=sorted(kinds))
        assert set(found) == set(expected)
        assert all(id.startswith(f"h{house}-") for id in found)
        assert await index.digests(organization_id) == await model.digests(organization_id)
