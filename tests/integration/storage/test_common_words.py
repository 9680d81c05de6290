"""Words that nearly everything has: they are not walked through where others tell more, and still
find something where there are no others."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.search import Document
from core.ports import SearchQuery
from storage.candidates import MOST_WALKED, telling_words
from storage.search_index import row_of
from storage.session import EVERY, Draft
from storage.similarity.searching import MOST_BY_WORDS
from storage.statements import insertion
from storage.tables import search_documents
from storage.term_spread import COMMON, USES, TermSpread
from tests.integration.storage.house import House, opened

MANY = max(MOST_WALKED, COMMON) + 1
_INSERT = insertion(search_documents)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'tocsin.db'}") as house:
        yield house


async def _write(house: House, *documents: Document) -> None:
    async def work(draft: Draft) -> None:
        for one in documents:
            draft.stage(_INSERT, row_of(one, house.organization_id), ("search", EVERY))

    await house.storage.writer.submit(work)


def _document(number: int, body: str) -> Document:
    return Document(id=f"inc_{number}", kind="incident", title=f"Number {number}", body=body)


async def _ids(house: House, text: str, limit: int = 2) -> list[str]:
    query = SearchQuery(text=text, limit=limit)
    return [one.id for one in await house.storage.search.find(house.organization_id, query)]


async def test_common_words_find_the_newest_that_have_them_and_rare_ones_come_first(
    house: House,
) -> None:
    await _write(house, *(_document(number, "Errors everywhere") for number in range(MANY)))
    await _write(house, _document(MANY, "Errors"), _document(MANY + 1, "Errors and a comet"))

    assert set(await _ids(house, "everywhere")) < {f"inc_{number}" for number in range(MANY)}
    found = await _ids(house, "errors")
    newest = {f"inc_{number}" for number in range(MANY + 2 - MOST_BY_WORDS, MANY + 2)}
    assert found[0] == f"inc_{MANY}"
    assert set(found) < newest
    assert await _ids(house, "errors everywhere, a comet") == [f"inc_{MANY + 1}"]
    assert await _ids(house, "nowhere") == []


async def test_what_is_common_is_counted_again_after_many_questions(house: House) -> None:
    await _write(house, *(_document(number, "Errors everywhere") for number in range(MANY)))
    spread = TermSpread()

    async def counted() -> tuple[dict[str, int], int]:
        return await house.storage.readers.ask(
            lambda reading: spread.of(reading, house.organization_id, ("error", "comet"))
        )

    first = await counted()
    await _write(house, _document(MANY, "Errors and a comet"))
    believed = [await counted() for _ in range(USES)]
    last = await counted()

    assert first == ({"error": MANY}, MANY)
    assert believed[0] == believed[-1] == ({"error": MANY, "comet": 1}, MANY)
    assert last == ({"error": MANY + 1, "comet": 1}, MANY + 1)


def test_the_rarest_words_tell_as_long_as_they_can_be_walked() -> None:
    spread = {"errors": MOST_WALKED, "pool": MOST_WALKED // 2, "comet": 1}

    assert telling_words(("errors", "pool", "comet", "nowhere"), spread) == ["comet", "pool"]
    assert telling_words(("errors",), {"errors": MOST_WALKED + 1}) == []
