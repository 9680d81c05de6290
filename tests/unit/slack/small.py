"""Slack in a few lines: people and channels, called by their ids, and what is written to them."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import Message
from bot.slack.delivery.errand import Errand
from bot.slack.delivery.rooms import Rooms
from bot.slack.failures import refusal
from bot.slack.gateway import Gateway
from bot.slack.limits import Limits
from bot.slack.shapes import Member, Room, Spot
from core.domain.ids import ChannelId
from core.ports import Unreachable

T = TypeVar("T")


@dataclass(slots=True)
class Slack:
    """What stands where. Nothing can be written in `closed` rooms, nor in those that are `away`,
    where it can later; nothing at all is written before `held` is let go."""

    written: list[tuple[str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    away: set[str] = field(default_factory=set)
    held: asyncio.Event | None = None
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def told(self, words: str) -> list[str]:
        """The rooms where something with these words stands."""
        return [room for room, text in self.written if words in text]


class SmallGateway(Gateway):
    def __init__(self, slack: Slack) -> None:
        super().__init__(AsyncWebClient(), Limits(time.monotonic, asyncio.sleep), "T1")
        self._slack = slack

    async def member_with_email(self, email: str) -> Member:
        return Member(id=email, name="", email=email, is_bot=False, is_guest=False, is_gone=False)

    async def open_direct(self, user: str) -> Room:
        return Room(id=ChannelId(user))

    async def post(self, spot: Spot, message: Message, mark: Mapping[str, str]) -> str:
        if self._slack.held:
            self._slack.waiting.set()
            await self._slack.held.wait()
        if spot.room.id in self._slack.away:
            raise Unreachable("Slack limits the rate.", retry_after=1.0)
        if spot.room.id in self._slack.closed:
            raise refusal("chat.postMessage", "is_archived", spot.room.id)
        self._slack.written.append((spot.room.id, message.text))
        return f"{len(self._slack.written)}.0"

    async def edit(self, room: Room, ts: str, message: Message) -> None:
        self._slack.written.append((room.id, message.text))


class NamedByIds(Rooms):
    async def shown_in(
        self, errand: Errand, channel: str, show: Callable[[Room], Awaitable[T]], *, missing: str
    ) -> T:
        return await show(Room(id=ChannelId(channel)))
