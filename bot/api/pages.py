"""Encoded list pages, kept for as long as nobody has changed anything."""

from collections.abc import Awaitable, Callable, Hashable

from bot.api.auth import Client
from core.ports import ReadModels

MOST = 128
LARGEST = 256 * 1024
"""Bytes of a page worth keeping; together at most 32 MiB are kept."""


def whose(client: Client) -> tuple[Hashable, ...]:
    """What a page hangs on besides its address: whose incidents it shows, and through whose
    eyes."""
    return client.organization_id, client.caller.viewer


class Pages:
    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads
        self._stamp: int | None = None
        self._kept: dict[Hashable, bytes] = {}

    async def page(self, key: Hashable, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """The page under `key`, made anew when something was committed since it was made."""
        stamp = await self._reads.stamp()
        if stamp is None:
            return await make()
        if stamp != self._stamp:
            self._kept.clear()
            self._stamp = stamp
        kept = self._kept.pop(key, None)
        page = kept or await make()
        # It was read after the stamp was, so it is at least as new; kept last, as used last.
        if stamp == self._stamp and len(page) <= LARGEST:
            self._kept[key] = page
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return page
