"""An incident is found by all that is told of it; a search may be about one, or among some."""

from datetime import timedelta
from typing import Any

from core.domain.ids import IncidentId, UpdateId
from core.domain.likeness import Verdict
from core.domain.state import Phase
from core.domain.update import StatusUpdate
from core.ports import SearchQuery, UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.likenesses import judging
from tests.contract.samples import a_service
from tests.fakes.moment import NOON


async def _titles(house: House, text: str, **query: Any) -> list[str]:
    found = await house.storage.search.find(house.organization_id, SearchQuery(text=text, **query))
    return [one.title for one in found]


async def _suggested(
    house: House, begun: str, *kinds: str, limit: int = 10
) -> list[tuple[str, str]]:
    found = await house.storage.search.suggest(
        house.organization_id, begun, frozenset(kinds or ("incident", "procedure")), limit
    )
    return [(one.kind, one.title) for one in found]


def _saying(house: House, id: IncidentId, *texts: str) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        for text in texts:
            incident = await uow.incidents.get(id)
            update = StatusUpdate(
                id=UpdateId(house.new_id("upd")),
                incident_id=id,
                phase=Phase.IDENTIFIED,
                text=text,
                by=ALICE,
                at=NOON + timedelta(minutes=1),
            )
            incident, event = incident.post_update(
                update.id, update.phase, text, by=ALICE, at=update.at
            )
            await uow.incidents.save(incident, because=event)
            await uow.updates.add(update)

    return work


async def test_an_incident_is_found_by_what_fixed_it_and_by_its_cause(house: House) -> None:
    incident = await house.declare(title="Checkout is slow")

    await house.edit(incident, resolution="Restarted PgBouncer", root_cause="A leaked handle")

    assert await _titles(house, "pgbouncer") == ["Checkout is slow"]
    assert await _titles(house, "leaked handle") == ["Checkout is slow"]


async def test_an_incident_is_found_by_every_update(house: House) -> None:
    incident = await house.declare(title="Checkout is slow")

    await house.run(_saying(house, incident.id, "The replica lags", "The kettle boils"))
    await house.run(_saying(house, incident.id, "A comet passes"))

    for word in ("replica", "kettle", "comet", "checkout"):
        assert await _titles(house, word) == ["Checkout is slow"], word


async def test_updates_stay_found_when_other_words_change(house: House) -> None:
    incident = await house.declare(title="Checkout is slow")
    await house.run(_saying(house, incident.id, "The replica lags"))

    await house.edit(incident, description="Carts are lost")

    assert await _titles(house, "replica") == ["Checkout is slow"]
    assert await _titles(house, "carts") == ["Checkout is slow"]


async def test_only_the_newest_updates_count(house: House) -> None:
    incident = await house.declare(title="Checkout is slow")

    await house.run(_saying(house, incident.id, *(f"step{number}x" for number in range(21))))

    assert await _titles(house, "step0x") == []
    assert await _titles(house, "step1x step20x") == ["Checkout is slow"]


async def test_an_incident_is_not_like_itself(house: House) -> None:
    asked = await house.declare(title="Checkout is slow")
    await house.declare(title="Checkout is slow again")

    assert await _titles(house, "Checkout is slow", about=asked.id) == ["Checkout is slow again"]


async def test_a_search_may_be_among_some(house: House) -> None:
    one = await house.declare(title="Checkout is slow")
    await house.declare(title="Checkout is slow again")
    other = await house.declare(title="Kettle is cold")

    only = frozenset({one.id, other.id, "inc_nowhere"})

    assert await _titles(house, "checkout slow", only=only) == ["Checkout is slow"]
    assert await _titles(house, "checkout slow", only=frozenset()) == []


async def test_a_search_among_some_knows_no_others_of_the_neighbours(house: House) -> None:
    theirs = await house.next_door(house.declaring(title="Queue"))

    assert await _titles(house, "queue", only=frozenset({theirs.id})) == []


async def test_a_search_by_words_says_why(house: House) -> None:
    service = await a_service(house, "checkout")
    past = await house.declare(
        title="Pool is empty", service_ids=(service.id,), resolution="Restarted PgBouncer"
    )
    now = await house.declare(title="Empty pool", service_ids=(service.id,))

    query = SearchQuery(text="Empty pool", about=now.id)
    [found] = await house.storage.search.find(house.organization_id, query)

    assert (found.id, found.model) == (past.id, "")
    assert found.reason.startswith("same service checkout, both mention ")
    assert found.reason.endswith("; resolved: Restarted PgBouncer")


async def test_a_search_by_words_heeds_what_people_said(house: House) -> None:
    first, second, third = [await house.declare(title="Checkout is slow") for _ in range(3)]
    now = await house.declare(title="Checkout slow")
    await house.run(judging(house, now, second.id, Verdict.SAME_CAUSE))
    await house.run(judging(house, now, third.id, Verdict.NOT_RELATED))

    query = SearchQuery(text="Checkout slow", about=now.id)
    found = await house.storage.search.find(house.organization_id, query)
    asked_alone = await house.storage.search.find(
        house.organization_id, SearchQuery(text="Checkout slow", kinds=frozenset({"incident"}))
    )

    assert [one.id for one in found] == [second.id, first.id]
    assert found[0].reason.startswith("named as the same cause before")
    assert {one.id for one in asked_alone} == {first.id, second.id, third.id, now.id}


async def test_a_word_in_common_is_no_likelihood(house: House) -> None:
    await house.declare(title="Checkout refuses cards of one bank")
    await house.declare(title="Mail is late")

    likely = await _titles(house, "The report of checkout is wrong since noon", least=0.5)

    assert likely == []


async def test_titles_are_suggested_by_how_their_words_begin(house: House) -> None:
    await house.declare(title="Database of orders is full")
    await house.declare(title="Order of the database", description="Nothing.")
    await house.declare(title="Kettle", description="The database of orders.")

    assert await _suggested(house, "dat ord") == [
        ("incident", "Database of orders is full"),
        ("incident", "Order of the database"),
    ]
    assert await _suggested(house, "ORDER d") == [
        ("incident", "Order of the database"),
        ("incident", "Database of orders is full"),
    ]
    assert await _suggested(house, "base") == []


async def test_one_letter_suggests_and_nothing_suggests_nothing(house: House) -> None:
    await house.declare(title="École injoignable")

    assert await _suggested(house, "e") == [("incident", "École injoignable")]
    for nothing in ("", "  ", "?!", "\x00", '"*'):
        assert await _suggested(house, nothing) == []


async def test_of_equal_titles_one_is_suggested_the_newest_first(house: House) -> None:
    for title in ("Queue is full", "Queue is empty", "Queue is full"):
        await house.declare(title=title)

    assert await _suggested(house, "queue") == [
        ("incident", "Queue is full"),
        ("incident", "Queue is empty"),
    ]
    assert await _suggested(house, "queue", limit=1) == [("incident", "Queue is full")]


async def test_suggestions_are_of_the_kinds_and_the_house_that_asks(house: House) -> None:
    await house.next_door(house.declaring(title="Queue"))
    await house.declare(title="Queue of orders")

    assert await _suggested(house, "queue") == [("incident", "Queue of orders")]
    assert await _suggested(house, "queue", "procedure") == []


async def test_what_was_deleted_is_not_suggested(house: House) -> None:
    incident = await house.declare(title="Queue")

    async def delete(uow: UnitOfWork) -> None:
        after, event = (await uow.incidents.get(incident.id)).delete(by=ALICE, at=NOON)
        await uow.incidents.save(after, because=event)

    await house.run(delete)

    assert await _suggested(house, "queue") == []
