"""Plain nouns are kept whole, found by key and words, and changed by one writer at a time."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest

from core.domain.actor import Actor
from core.domain.ids import UserId
from core.domain.narration import narrate
from core.domain.record import Record
from core.domain.severity import Severity
from core.errors import Conflict, InvalidInput, NotFound
from core.ports import RecordPage, RecordQuery, UnitOfWork, Work
from core.usecases.records import add, change, changed, created, deleted, remove
from tests.contract.house import ALICE, House
from tests.contract.samples import a_user
from tests.fakes.moment import NOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    title: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Record):
    """A noun with a field of each sort that a record may have."""

    NOUN: ClassVar[str] = "book"
    PREFIX: ClassVar[str] = "boo"

    name: str
    shelf_id: str | None = None
    severity: Severity | None = None
    read_at: datetime | None = None
    writer_id: UserId | None = None
    writer: Actor | None = None
    copies: int = 1
    lent: bool = False
    words: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    marks: tuple[tuple[str, Severity], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    chapters: Mapping[str, Page] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.name

    @property
    def parent_id(self) -> str | None:
        return self.shelf_id

    @property
    def unique_key(self) -> str | None:
        return self.name

    @property
    def search_text(self) -> str:
        return f"{self.name} {' '.join(self.words)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Record):
    NOUN: ClassVar[str] = "shelf"
    PREFIX: ClassVar[str] = "she"

    name: str

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name


def _new(house: House, name: str = "Outages", **changes: Any) -> Book:
    """One nobody has stored yet."""
    now = house.clock()
    return Book(id=house.new_id("boo"), name=name, created_at=now, updated_at=now, **changes)


def _adding(house: House, name: str = "Outages", **changes: Any) -> Work[Book]:
    book = _new(house, name, **changes)

    async def work(uow: UnitOfWork) -> Book:
        return await add(book, uow, by=ALICE, at=house.clock())

    return work


async def _a_book(house: House, name: str = "Outages", **changes: Any) -> Book:
    return await house.run(_adding(house, name, **changes))


def _removing(house: House, book: Book) -> Work[Book]:
    async def work(uow: UnitOfWork) -> Book:
        return await remove(await uow.records(Book).get(book.id), uow, by=ALICE, at=house.clock())

    return work


async def _page(house: House, **query: Any) -> RecordPage[Book]:
    return await house.reads.records(house.organization_id, Book, RecordQuery(**query))


async def _names(house: House, **query: Any) -> list[str]:
    return [book.name for book in (await _page(house, **query)).rows]


async def test_a_record_is_kept_with_every_sort_of_field(house: House) -> None:
    bob = await a_user(house)
    saved = await _a_book(
        house,
        shelf_id="she_1",
        severity=Severity.HIGH,
        read_at=NOON,
        writer_id=bob.id,
        writer=ALICE,
        copies=3,
        lent=True,
        words=("école", "☃"),
        pages=(Page(title="First", at=NOON), Page(title="Second")),
        marks=(("a", Severity.LOW), ("b", Severity.CRITICAL)),
        notes={"margin": "See page 2.", "": ""},
        chapters={"one": Page(title="Third", at=NOON)},
    )

    got = await house.reads.record(house.organization_id, Book, saved.id)

    assert saved.version == 1
    assert got == saved


async def test_who_made_a_record_is_kept(house: House) -> None:
    bob = await a_user(house)
    book = _new(house)

    async def work(uow: UnitOfWork) -> Book:
        return await add(book, uow, by=replace(ALICE, user_id=bob.id), at=house.clock())

    assert (await house.run(work)).created_by == bob.id
    assert (await house.reads.record(house.organization_id, Book, book.id)).created_by == bob.id


async def test_a_transaction_sees_what_it_stored(house: House) -> None:
    async def work(uow: UnitOfWork) -> list[object]:
        book = await _adding(house, shelf_id="she_1")(uow)
        books = uow.records(Book)
        return [
            await books.get(book.id) == book,
            await books.named("OUTAGES") == book,
            await books.children("she_1") == [book],
            await books.all() == [book],
        ]

    assert await house.run(work) == [True, True, True, True]


async def test_a_change_is_kept_with_its_time(house: House) -> None:
    book = await _a_book(house, words=("old",))
    house.clock.advance(minutes=1)

    async def work(uow: UnitOfWork) -> Book:
        before = await uow.records(Book).get(book.id)
        after = replace(before, name="Failures", words=("new",))
        return await change(before, after, uow, by=ALICE, at=house.clock())

    changed = await house.run(work)

    assert (changed.name, changed.words, changed.version) == ("Failures", ("new",), 2)
    assert (changed.created_at, changed.updated_at) == (NOON, NOON + timedelta(minutes=1))
    assert await house.reads.record(house.organization_id, Book, book.id) == changed
    assert await _names(house, search="old") == []
    assert await _names(house, search="new") == ["Failures"]


async def test_changing_nothing_is_nothing(house: House) -> None:
    book = await _a_book(house)
    house.clock.advance(minutes=1)

    async def work(uow: UnitOfWork) -> Book:
        before = await uow.records(Book).get(book.id)
        return await change(before, replace(before, name="Outages"), uow, by=ALICE, at=NOON)

    assert await house.run(work) == book


async def test_a_taken_key_is_refused_by_the_name_of_its_field(house: House) -> None:
    await _a_book(house, "Straße")

    with pytest.raises(InvalidInput) as refused:
        await _a_book(house, "STRASSE")

    assert refused.value.field == "name"
    assert str(refused.value) == "There is a book STRASSE already."


async def test_a_taken_key_is_a_conflict_for_whoever_did_not_look(house: House) -> None:
    await _a_book(house, "Straße")
    namesake, event = created(_new(house, "STRASSE"), by=ALICE, at=NOON)

    async def work(uow: UnitOfWork) -> Book:
        return await uow.records(Book).save(namesake, because=event)

    with pytest.raises(Conflict):
        await house.run(work)
    assert await _names(house) == ["Straße"]


async def test_of_many_with_the_same_key_at_once_one_is_kept(house: House) -> None:
    answers = await asyncio.gather(*(_a_book(house) for _ in range(8)), return_exceptions=True)

    refused = [answer for answer in answers if not isinstance(answer, Book)]
    assert len(refused) == 7
    assert all(isinstance(answer, Conflict | InvalidInput) for answer in refused)
    assert await _names(house) == ["Outages"]


async def test_a_name_can_be_changed_only_to_a_free_one(house: House) -> None:
    await _a_book(house, "Outages")
    other = await _a_book(house, "Failures")

    def renaming(name: str) -> Work[Book]:
        async def work(uow: UnitOfWork) -> Book:
            before = await uow.records(Book).get(other.id)
            return await change(before, replace(before, name=name), uow, by=ALICE, at=NOON)

        return work

    with pytest.raises(InvalidInput):
        await house.run(renaming("outages"))
    assert (await house.run(renaming("FAILURES"))).name == "FAILURES"


async def test_another_noun_may_have_the_same_key(house: House) -> None:
    await _a_book(house, "Outages")
    shelf = Shelf(id="she_1", name="Outages", created_at=NOON, updated_at=NOON)

    async def work(uow: UnitOfWork) -> list[object]:
        kept = await add(shelf, uow, by=ALICE, at=NOON)
        return [kept.name, len(await uow.records(Shelf).all()), len(await uow.records(Book).all())]

    assert await house.run(work) == ["Outages", 1, 1]


async def test_one_noun_is_not_found_as_another(house: House) -> None:
    book = await _a_book(house)

    with pytest.raises(NotFound, match=f"There is no shelf {book.id}."):
        await house.reads.record(house.organization_id, Shelf, book.id)
    with pytest.raises(NotFound):
        await house.run(lambda uow: uow.records(Shelf).get(book.id))


async def test_a_deleted_record_is_not_found(house: House) -> None:
    book = await _a_book(house, shelf_id="she_1")

    gone = await house.run(_removing(house, book))

    async def look(uow: UnitOfWork) -> list[object]:
        books = uow.records(Book)
        return [await books.named("Outages"), await books.children("she_1"), await books.all()]

    assert gone.deleted_at == NOON
    assert await house.run(look) == [None, [], []]
    assert await _page(house) == RecordPage(rows=(), total=0, more=False)
    with pytest.raises(NotFound):
        await house.run(lambda uow: uow.records(Book).get(book.id))
    with pytest.raises(NotFound):
        await house.reads.record(house.organization_id, Book, book.id)


async def test_a_deleted_record_gives_its_key_away(house: House) -> None:
    book = await _a_book(house)
    await house.run(_removing(house, book))

    again = await _a_book(house)

    assert again.id != book.id


async def test_a_key_can_be_given_away_and_taken_in_one_transaction(house: House) -> None:
    book = await _a_book(house)

    async def work(uow: UnitOfWork) -> Book:
        await _removing(house, book)(uow)
        return await _adding(house)(uow)

    assert (await house.run(work)).id != book.id
    assert await _names(house) == ["Outages"]


async def test_of_two_changes_of_one_version_one_is_refused(house: House) -> None:
    book = await _a_book(house)

    def overwriting(copies: int) -> Work[Book]:
        moved, event = changed(book, replace(book, copies=copies), by=ALICE, at=NOON)

        async def work(uow: UnitOfWork) -> Book:
            return await uow.records(Book).save(moved, because=event)

        return work

    await house.run(overwriting(2))
    with pytest.raises(Conflict):
        await house.run(overwriting(3))
    assert (await house.reads.record(house.organization_id, Book, book.id)).copies == 2


async def test_what_is_refused_leaves_nothing(house: House) -> None:
    async def work(uow: UnitOfWork) -> None:
        await _adding(house)(uow)
        raise NotFound("There is no shelf.")

    with pytest.raises(NotFound):
        await house.run(work)
    assert await _names(house) == []


async def test_neighbours_neither_see_nor_disturb_each_other(house: House) -> None:
    book = await _a_book(house, shelf_id="she_1")

    async def look(uow: UnitOfWork) -> list[object]:
        books = uow.records(Book)
        return [await books.named("Outages"), await books.children("she_1"), await books.all()]

    assert await house.next_door(look) == [None, [], []]
    with pytest.raises(NotFound):
        await house.next_door(lambda uow: uow.records(Book).get(book.id))
    with pytest.raises(NotFound):
        await house.reads.record(house.neighbour_id, Book, book.id)
    theirs = await house.next_door(_adding(house))
    assert (await house.reads.records(house.neighbour_id, Book, RecordQuery())).rows == (theirs,)
    assert await _names(house) == ["Outages"]


async def test_nobody_changes_what_is_next_door(house: House) -> None:
    book = await _a_book(house)
    moved, event = changed(book, replace(book, copies=9), by=ALICE, at=NOON)

    async def work(uow: UnitOfWork) -> Book:
        return await uow.records(Book).save(moved, because=event)

    with pytest.raises(Conflict):
        await house.next_door(work)
    assert (await house.reads.record(house.organization_id, Book, book.id)).copies == 1


async def test_the_newest_come_first(house: House) -> None:
    for name in ("a", "b"):  # in the same instant
        await _a_book(house, name)
    house.clock.advance(seconds=1)
    await _a_book(house, "c")

    assert await _names(house) == ["c", "b", "a"]
    assert [book.name for book in await house.run(lambda uow: uow.records(Book).all())] == [
        "c",
        "b",
        "a",
    ]


async def test_pages_by_offset_and_by_key(house: House) -> None:
    for name in "abcde":
        await _a_book(house, name)

    pages = [await _page(house, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    last = pages[0].rows[-1]
    following = await _page(house, limit=2, offset=9, after=(last.created_at, last.id))

    assert [[book.name for book in page.rows] for page in pages] == [
        ["e", "d"],
        ["c", "b"],
        ["a"],
        [],
    ]
    assert [page.total for page in pages] == [5, 5, 5, 5]
    assert [page.more for page in pages] == [True, True, False, False]
    assert [book.name for book in following.rows] == ["c", "b"]
    assert (following.total, following.more) == (5, True)


async def test_words_narrow_a_list_whatever_the_case(house: House) -> None:
    await _a_book(house, "Straße")
    await _a_book(house, "100 % sure", words=("under_score",))

    assert await _names(house, search="STRASSE") == ["Straße"]
    assert await _names(house, search=" 0 % s ") == ["100 % sure"]
    assert await _names(house, search="r_s") == ["100 % sure"]
    assert await _names(house, search="s%e") == []
    assert (await _page(house, search="straße")).total == 1


async def test_a_parent_narrows_a_list(house: House) -> None:
    for name, shelf in (("a", "she_1"), ("b", "she_2"), ("c", "she_1"), ("d", None)):
        await _a_book(house, name, shelf_id=shelf)

    assert await _names(house, parent_id="she_1") == ["c", "a"]
    assert await _names(house, parent_id="she_1", search="A") == ["a"]
    assert (await _page(house, parent_id="she_1", limit=1)).total == 2


async def test_what_happened_to_a_record_is_told(house: House) -> None:
    book = await _a_book(house)
    renamed, event = changed(book, replace(book, name="Failures", copies=2), by=ALICE, at=NOON)
    _, made = created(book, by=ALICE, at=NOON)
    _, gone = deleted(book, by=ALICE, at=NOON)

    assert event is not None
    assert [narrate(one) for one in (made, event, gone)] == [
        "Alice Archer created the book Outages.",
        "Alice Archer changed the name and the copies of the book Failures.",
        "Alice Archer deleted the book Outages.",
    ]
    assert await house.unpack() == []
    assert renamed.updated_at == NOON
