"""Channels by what people call them, looked up once per workspace."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.slack.delivery.errand import Errand
from bot.slack.failures import Refused
from bot.slack.naming import name_in
from bot.slack.shapes import Room
from core.domain.ids import ChannelId
from core.ports import Undeliverable

T = TypeVar("T")


class Rooms:
    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Room] = {}

    async def shown_in(
        self, errand: Errand, channel: str, show: Callable[[Room], Awaitable[T]], *, missing: str
    ) -> T:
        """`show` something in the channel of that name or id; `missing` is what to say when there
        is none.

        Another channel may have taken the name since it was looked up. Where none has, that is
        the reason, now as later: two reasons for one trouble would be told twice.
        """
        room = await self._called(errand, channel, missing)
        try:
            return await show(room)
        except Refused:
            self._known.pop(_key(errand, channel), None)
            another = await self._called(errand, channel, missing)
            if another == room:
                raise
            return await show(another)

    async def with_id(self, errand: Errand, id: ChannelId) -> Room:
        """With its name, by which people know it, where Tocsin may see that."""
        key = (errand.workspace.team_id, str(id))
        if key not in self._known:
            try:
                channel = await errand.gateway.channel(Room(id=id))
            except Refused:
                return Room(id=id)
            self._known[key] = channel.room
        return self._known[key]

    async def direct(self, errand: Errand, member: str) -> Room:
        """Where Tocsin writes to that member in person; it stays the same for ever."""
        key = (errand.workspace.team_id, member)
        if key not in self._known:
            self._known[key] = await errand.gateway.open_direct(member)
        return self._known[key]

    async def _called(self, errand: Errand, channel: str, missing: str) -> Room:
        name = name_in(channel)
        if not name:
            return await self.with_id(errand, ChannelId(channel.lstrip("#")))
        key = _key(errand, channel)
        if key not in self._known:
            room = await _with_name(errand, name.lower())
            if room is None:
                raise Undeliverable(missing)
            self._known[key] = room
        return self._known[key]


def _key(errand: Errand, channel: str) -> tuple[str, str]:
    return errand.workspace.team_id, name_in(channel).lower()


async def _with_name(errand: Errand, name: str) -> Room | None:
    async for channel in errand.gateway.channels():
        if channel.room.name == name:
            return channel.room
    return None
