"""Search by meaning and words at once: what it finds, and what it does without one of them."""

from collections.abc import Iterable

import pytest

from core.domain.likeness import Verdict
from core.ports import Entry, Found, UnitOfWork
from storage.opening import Storage
from storage.similarity.searching import FusedSearch
from tests.contract.house import ALICE, House
from tests.contract.meaning import Meaning
from tests.contract.samples import a_service
from tests.fakes.moment import NOON
from tests.fakes.topics import TopicEmbedder, TopicIndex

pytestmark = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def meaning(house: House) -> Meaning:
    assert isinstance(house.storage, Storage)
    embedder, index = TopicEmbedder(), TopicIndex()
    search = FusedSearch(house.storage.readers, embedder=embedder, index=index, patience=0.2)
    return Meaning(house=house, embedder=embedder, index=index, search=search)


def _titles(found: Iterable[Found]) -> list[str]:
    return [one.title for one in found]


async def test_what_means_the_same_is_found_without_a_shared_word(meaning: Meaning) -> None:
    await meaning.declare("Database pool exhausted")
    await meaning.declare("TLS certificate ran out")

    [found] = await meaning.find("no more handles left for us")

    assert found.title == "Database pool exhausted"
    assert found.kind == "incident"
    assert 0 < found.score <= 1
    assert found.reason == "says much the same in other words"
    assert found.model == "topics-1"


async def test_a_code_that_means_nothing_is_found_by_its_words(meaning: Meaning) -> None:
    await meaning.declare("Payments answer ERR-4711")
    await meaning.declare("Payments are slow")

    assert (await meaning.titles("ERR-4711"))[0] == "Payments answer ERR-4711"


async def test_both_together_are_better_than_either(meaning: Meaning) -> None:
    await meaning.declare("Sockets of web-7 are gone")
    await meaning.declare("Connection pool of checkout is exhausted")
    await meaning.declare("Report of checkout is wrong")

    assert (await meaning.titles("checkout has no handles"))[0].startswith("Connection pool")


async def test_nothing_fitting_is_nothing_found(meaning: Meaning) -> None:
    await meaning.declare("TLS certificate ran out")

    assert await meaning.find("volume full") == []
    assert await meaning.find("  ") == []
    assert await meaning.find("volume", kinds=frozenset()) == []


@pytest.mark.parametrize("trouble", ["away", "stuck"])
async def test_without_the_model_words_are_enough(meaning: Meaning, trouble: str) -> None:
    await meaning.declare("Database pool exhausted")
    setattr(meaning.embedder, trouble, True)

    [found] = await meaning.find("database pool exhausted")

    assert found.title == "Database pool exhausted"
    assert found.model == ""
    assert await meaning.find("no more handles left") == []


async def test_without_the_index_what_words_find_is_still_weighed_by_meaning(
    meaning: Meaning,
) -> None:
    await meaning.declare("Database pool exhausted")
    meaning.index.away = True

    [found] = await meaning.find("handles of the database")

    assert found.model == "topics-1"


async def test_what_has_no_vector_yet_is_found_by_its_words(meaning: Meaning) -> None:
    await meaning.declare("TLS certificate ran out")
    await meaning.house.declare(title="Database pool exhausted")

    found = await meaning.find("database pool exhausted")

    assert [(one.title, one.model) for one in found] == [("Database pool exhausted", "")]


async def test_an_index_that_lags_shows_no_ghosts_and_no_neighbours(meaning: Meaning) -> None:
    gone = await meaning.declare("Database pool exhausted")
    theirs = await meaning.house.next_door(meaning.house.declaring(title="Pool"))
    meaning.index.ghosts = (gone.id, theirs.id, "inc_nowhere")

    async def delete(uow: UnitOfWork) -> None:
        after, event = (await uow.incidents.get(gone.id)).delete(by=ALICE, at=NOON)
        await uow.incidents.save(after, because=event)

    await meaning.house.run(delete)

    assert await meaning.find("pool exhausted") == []


async def test_the_neighbours_index_is_their_own(meaning: Meaning) -> None:
    await meaning.house.next_door(meaning.house.declaring(title="Pool exhausted"))
    await meaning.learn()

    assert await meaning.find("no handles in the pool") == []


async def test_a_shared_service_weighs_and_is_said(meaning: Meaning) -> None:
    service = await a_service(meaning.house, "checkout")
    about = await meaning.declare("Handles used up", service_ids=(service.id,))
    await meaning.declare("Pool is dry")
    await meaning.declare("Pool ran dry", service_ids=(service.id,))

    found = await meaning.find("Handles used up", about=about.id)

    assert _titles(found) == ["Pool ran dry", "Pool is dry"]
    assert found[0].score > found[1].score
    assert found[0].reason.startswith("same service checkout")


async def test_what_fixed_it_is_said(meaning: Meaning) -> None:
    await meaning.declare("Pool is dry", resolution="Restarted PgBouncer")

    [found] = await meaning.find("handles are used up")

    assert found.reason.endswith("resolved: Restarted PgBouncer")


async def test_what_is_not_related_is_left_out_for_that_incident_alone(meaning: Meaning) -> None:
    one = await meaning.declare("Handles used up")
    other = await meaning.declare("Pool is dry")
    third = await meaning.declare("Sockets leaking on web-7")

    await meaning.judge(one, other, Verdict.NOT_RELATED)

    assert _titles(await meaning.find("Handles used up", about=one.id)) == [third.title]
    assert one.title not in await meaning.titles("Pool is dry", about=other.id)
    assert other.title in await meaning.titles("Pool is dry")


async def test_a_verdict_weighs_for_questions_near_it(meaning: Meaning) -> None:
    one = await meaning.declare("Handles used up")
    good = await meaning.declare("Pool is dry")
    before = {found.title: found.score for found in await meaning.find("sockets are gone")}

    await meaning.judge(one, good, Verdict.SAME_CAUSE)

    after = {found.title: found.score for found in await meaning.find("sockets are gone")}
    assert after["Pool is dry"] > before["Pool is dry"]
    assert await meaning.titles("volume is full") == []


async def test_among_some_the_index_is_not_asked(meaning: Meaning) -> None:
    one = await meaning.declare("Database pool exhausted")
    await meaning.declare("Pool of threads is empty")
    meaning.index.away = True

    found = await meaning.find("no handles left", only=frozenset({one.id, "inc_nowhere"}))

    assert [(one.title, one.model) for one in found] == [("Database pool exhausted", "topics-1")]


async def test_a_vector_of_another_model_is_never_compared(meaning: Meaning) -> None:
    incident = await meaning.declare("Database pool exhausted")
    entry = Entry(id=incident.id, kind="incident", digest="", vector=bytes(4 * 99))
    await meaning.index.put(meaning.house.organization_id, [entry])
    meaning.index.away = True
    meaning.embedder.model = "topics-2"

    [found] = await meaning.find("database pool exhausted")

    assert found.model == ""


@pytest.mark.parametrize(
    "text", ["", "?!", "'", '"', "\\", "%", "*", "a:b", "x | & ! <-> y", "\x00"]
)
async def test_nothing_in_a_question_means_anything_else(meaning: Meaning, text: str) -> None:
    await meaning.declare("Database pool exhausted")

    assert await meaning.find(text) == []


async def test_a_limit_a_least_score_and_kinds_cut_the_end_off(meaning: Meaning) -> None:
    for title in ("Pool is dry", "Pool ran dry", "Handles of the pool are gone"):
        await meaning.declare(title)

    found = await meaning.find("the pool is dry")

    assert len(found) == 3
    assert await meaning.find("the pool is dry", limit=1) == found[:1]
    assert await meaning.find("the pool is dry", least=found[1].score) == found[:2]
    assert await meaning.find("the pool is dry", kinds=frozenset({"article"})) == []


async def test_titles_are_suggested_whether_or_not_there_is_meaning(meaning: Meaning) -> None:
    await meaning.declare("Database pool exhausted")
    meaning.embedder.away = meaning.index.away = True

    suggested = await meaning.search.suggest(
        meaning.house.organization_id, "data po", frozenset({"incident"}), 5
    )

    assert [one.title for one in suggested] == ["Database pool exhausted"]
