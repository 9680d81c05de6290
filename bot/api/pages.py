"""Encoded list pages, kept for as long as nobody has changed anything."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass

from aiohttp import hdrs, web

from bot.api.answers import answer
from bot.api.operations import Call
from bot.web.conditional import tag_of
from core.ports import ReadModels

MOST = 128
LARGEST = 256 * 1024
"""Bytes of a page worth keeping; together at most 32 MiB are kept."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is sent; of a page that is kept also the headers, which take longer than all else."""

    body: bytes
    headers: Mapping[str, str] | None = None


class Pages:
    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads
        self._stamp: int | None = None
        self._kept: dict[Hashable, _Page] = {}

    async def answered(self, call: Call, make: Callable[[Call], Awaitable[bytes]]) -> web.Response:
        """The page at this address, apart for each organisation, pair of eyes and dialect."""
        client, url = call.client, call.request.rel_url
        whose = (client.organization_id, client.caller.viewer, client.dialect)
        key = (url.path, url.raw_query_string, *whose)
        page = await self._page(key, lambda: make(call))
        return answer(page.body, headers=page.headers)

    async def page(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The page under `key`, made anew when something was committed since it was made."""
        return (await self._page(key, make)).body

    async def _page(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> _Page:
        stamp = await self._reads.stamp()
        if stamp is None:
            return _Page(await make())
        if stamp != self._stamp:
            self._kept.clear()
            self._stamp = stamp
        kept = self._kept.pop(key, None)
        page = kept or _tagged(await make())
        # It was read after the stamp was, so it is at least as new; kept last, as used last.
        if stamp == self._stamp and len(page.body) <= LARGEST:
            self._kept[key] = page
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return page


def _tagged(body: bytes) -> _Page:
    return _Page(body, {hdrs.ETAG: f'"{tag_of(body)}"'})
