"""The calendar feed of an organisation: one or none, found by what its token hashes to."""

import pytest

from core.domain.calendar_feed import CalendarFeed
from core.domain.events import RecordChanged
from core.errors import NotFound
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.samples import a_user
from tests.fakes.moment import NOON

CHANGED = RecordChanged(
    by=ALICE, at=NOON, record_id="x", noun="calendar feed", name="of maintenance", fields=()
)


def _putting(feed: CalendarFeed) -> Work[CalendarFeed]:
    async def work(uow: UnitOfWork) -> CalendarFeed:
        await uow.calendar_feeds.put(feed, because=CHANGED)
        return await uow.calendar_feeds.get()

    return work


def _feed(token_hash: str = "hash") -> CalendarFeed:
    return CalendarFeed(token_hash=token_hash, created_at=NOON)


async def _get(uow: UnitOfWork) -> CalendarFeed:
    return await uow.calendar_feeds.get()


async def test_there_is_none_at_first(house: House) -> None:
    with pytest.raises(NotFound, match="There is no calendar feed"):
        await house.run(_get)
    assert await house.storage.directory.calendar_feed("hash") is None


async def test_it_comes_back_whole_and_opens_its_own_organisation(house: House) -> None:
    bob = await a_user(house)
    feed = CalendarFeed(token_hash="hash ☃", created_at=NOON, created_by=bob.id)

    seen = await house.run(_putting(feed))

    assert seen == feed == await house.run(_get)
    assert await house.storage.directory.calendar_feed("hash ☃") == house.organization_id


async def test_another_token_shuts_the_door_on_the_one_before(house: House) -> None:
    await house.run(_putting(_feed("first")))
    await house.run(_putting(_feed("second")))

    directory = house.storage.directory
    assert await directory.calendar_feed("first") is None
    assert await directory.calendar_feed("second") == house.organization_id


async def test_each_organisation_has_one_of_its_own(house: House) -> None:
    await house.run(_putting(_feed("ours")))
    await house.next_door(_putting(_feed("theirs")))

    directory = house.storage.directory
    assert await directory.calendar_feed("ours") == house.organization_id
    assert await directory.calendar_feed("theirs") == house.neighbour_id


async def test_what_was_withdrawn_opens_nothing(house: House) -> None:
    await house.run(_putting(_feed("ours")))
    await house.next_door(_putting(_feed("theirs")))

    async def withdraw(uow: UnitOfWork) -> None:
        await uow.calendar_feeds.delete(because=CHANGED)
        with pytest.raises(NotFound):
            await uow.calendar_feeds.get()

    await house.run(withdraw)

    assert await house.storage.directory.calendar_feed("ours") is None
    assert await house.storage.directory.calendar_feed("theirs") == house.neighbour_id


async def test_made_anew_in_the_transaction_that_withdrew_it(house: House) -> None:
    await house.run(_putting(_feed("first")))

    async def work(uow: UnitOfWork) -> None:
        await uow.calendar_feeds.delete(because=CHANGED)
        await uow.calendar_feeds.put(_feed("second"), because=CHANGED)

    await house.run(work)

    assert await house.run(_get) == _feed("second")
