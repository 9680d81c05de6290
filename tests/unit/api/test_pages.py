"""Encoded pages are kept while nothing changes, and only so many of them."""

from types import SimpleNamespace
from typing import cast

from aiohttp import hdrs
from aiohttp.test_utils import make_mocked_request

from bot.api.operations import Call
from bot.api.pages import LARGEST, MOST, Pages
from bot.web.conditional import tag_of
from core.domain.viewer import NOBODY
from core.ports import ReadModels
from tests.fakes.store import FakeStore

CLIENT = SimpleNamespace(
    organization_id="org", caller=SimpleNamespace(viewer=NOBODY), dialect="neutral"
)
BODY = b'{"data": []}'


class Stamped:
    """Only the stamp of the read models."""

    def __init__(self, stamp: int | None) -> None:
        self.now = stamp

    async def stamp(self) -> int | None:
        return self.now


class Printer:
    """Makes pages, and counts them."""

    def __init__(self, page: bytes = b"page") -> None:
        self.made = 0
        self._page = page

    async def __call__(self) -> bytes:
        self.made += 1
        return self._page


def pages_of(stamped: Stamped) -> Pages:
    return Pages(cast(ReadModels, stamped))


async def test_a_page_is_made_once_while_nothing_changes() -> None:
    pages, make = pages_of(Stamped(1)), Printer()

    for _ in range(3):
        await pages.page("key", make)

    assert make.made == 1


async def test_a_change_by_anybody_makes_it_anew() -> None:
    stamped, make = Stamped(1), Printer()
    pages = pages_of(stamped)
    await pages.page("key", make)

    stamped.now = 2
    await pages.page("key", make)

    assert make.made == 2


async def test_without_a_stamp_nothing_is_kept() -> None:
    pages, make = pages_of(Stamped(None)), Printer()

    for _ in range(2):
        await pages.page("key", make)

    assert make.made == 2


async def test_a_page_overtaken_by_a_change_is_not_kept() -> None:
    stamped = Stamped(1)
    pages, make = pages_of(stamped), Printer()

    async def overtaken() -> bytes:
        stamped.now = 2
        await pages.page("other", make)
        return b"old"

    await pages.page("key", overtaken)

    assert await pages.page("key", make) == b"page"


async def test_the_least_used_page_goes_first() -> None:
    pages, make = pages_of(Stamped(1)), Printer()
    for key in range(MOST):
        await pages.page(key, make)

    await pages.page(0, make)
    await pages.page("one more", make)
    await pages.page(0, make)
    await pages.page(1, make)

    assert make.made == MOST + 2


async def test_a_huge_page_is_not_kept() -> None:
    pages, make = pages_of(Stamped(1)), Printer(b"x" * (LARGEST + 1))

    for _ in range(2):
        await pages.page("key", make)

    assert make.made == 2


async def test_the_real_read_models_have_a_stamp(store: FakeStore) -> None:
    pages, make = Pages(store.reads), Printer()

    for _ in range(2):
        await pages.page("key", make)

    assert make.made == 1


async def test_a_page_that_is_kept_brings_the_tag_of_its_body() -> None:
    pages = pages_of(Stamped(1))
    request = make_mocked_request("GET", "/api/v1/incidents?limit=1")
    call = cast(Call, SimpleNamespace(request=request, client=CLIENT))

    async def make(_: Call) -> bytes:
        return BODY

    first, again = await pages.answered(call, make), await pages.answered(call, make)

    assert first.headers[hdrs.ETAG] == again.headers[hdrs.ETAG] == f'"{tag_of(BODY)}"'
