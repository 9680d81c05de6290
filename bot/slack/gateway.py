"""Slack's Web API as the bot of one workspace uses it: typed, rate-limited, its failures named."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import Message, View, body_of
from bot.slack.failures import NOT_ANSWERED, meant_by, not_taken, without_answer
from bot.slack.gateway_answers import Answers
from bot.slack.gateway_canvases import Canvases
from bot.slack.gateway_closing import Closing
from bot.slack.gateway_files import Files
from bot.slack.gateway_messages import Messages
from bot.slack.limits import Limits
from bot.slack.shapes import (
    Answer,
    Channel,
    Identity,
    Member,
    Room,
    Spot,
    channel_from,
    member_from,
)
from core.domain.ids import ChannelId
from core.language import say
from core.ports import Unreachable

PAGE = 200
METADATA = "tocsin_effect"


class Gateway(Answers, Canvases, Closing, Files, Messages):
    """`team` keeps the buckets of workspaces apart. Raises `Unreachable` and `Refused` only."""

    def __init__(self, client: AsyncWebClient, limits: Limits, team: str) -> None:
        self._client = client
        self._limits = limits
        self._team = team

    async def identity(self) -> Identity:
        answer = await self._call("auth.test", {})
        return Identity(
            team_id=answer["team_id"],
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id", ""),
        )

    async def canvas_link(self, canvas_id: str) -> str:
        answer = await self._call("auth.test", {})
        return f"{answer['url']}docs/{answer['team_id']}/{canvas_id}"

    async def post(self, spot: Spot, message: Message, mark: Mapping[str, str]) -> str:
        """Post it and answer its `ts`; `mark` is found again with `marked`."""
        arguments = self._shown(spot.room, message) | {
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": METADATA, "event_payload": dict(mark)},
        }
        if spot.thread_ts:
            arguments |= {"thread_ts": spot.thread_ts, "reply_broadcast": spot.broadcast}
        answer = await self._call("chat.postMessage", arguments, spot.room)
        return str(answer["ts"])

    async def edit(self, room: Room, ts: str, message: Message) -> None:
        await self._call("chat.update", self._shown(room, message) | {"ts": ts}, room)

    async def marked(self, spot: Spot, mark: Mapping[str, str], since: datetime) -> str | None:
        """The `ts` of the bot's message with that mark, if there is one."""
        async for message in self._messages(spot, since):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") != METADATA:
                continue
            if dict(metadata.get("event_payload") or {}) == dict(mark):
                return str(message["ts"])
        return None

    async def files_named(self, name: str, spot: Spot, since: datetime, *, by: str) -> list[str]:
        """The ids of the files of that name which that user shared there."""
        return [
            str(file["id"])
            async for message in self._messages(spot, since)
            for file in message.get("files") or ()
            if file.get("name") == name and file.get("user") == by
        ]

    async def permalink(self, room: Room, ts: str) -> str:
        arguments = {"channel": room.id, "message_ts": ts}
        return str((await self._call("chat.getPermalink", arguments, room))["permalink"])

    async def pin(self, room: Room, ts: str) -> None:
        await self._call("pins.add", {"channel": room.id, "timestamp": ts}, room)

    async def create_channel(self, name: str, *, private: bool = False) -> Room:
        arguments = {"name": name, "is_private": private}
        answer = await self._call("conversations.create", arguments, Room(id=_NONE, name=name))
        return channel_from(answer["channel"]).room

    async def archive(self, room: Room) -> None:
        await self._call("conversations.archive", {"channel": room.id}, room)

    async def unarchive(self, room: Room) -> None:
        await self._call("conversations.unarchive", {"channel": room.id}, room)

    async def channel(self, room: Room) -> Channel:
        answer = await self._call("conversations.info", {"channel": room.id}, room)
        return channel_from(answer["channel"])

    async def channels(self) -> AsyncIterator[Channel]:
        """Every channel that is not archived and the bot may see."""
        arguments = {
            "types": "public_channel,private_channel",
            "exclude_archived": True,
            "limit": PAGE,
        }
        async for answer in self._pages("conversations.list", arguments):
            for item in answer["channels"]:
                yield channel_from(item)

    async def join(self, room: Room) -> None:
        await self._call("conversations.join", {"channel": room.id}, room)

    async def invite(self, room: Room, users: Sequence[str]) -> None:
        """Those who can be invited are, whatever is wrong with the others."""
        arguments = {"channel": room.id, "users": ",".join(users), "force": True}
        await self._call("conversations.invite", arguments, room)

    async def kick(self, room: Room, user: str) -> None:
        await self._call("conversations.kick", {"channel": room.id, "user": user}, room)

    async def open_direct(self, user: str) -> Room:
        answer = await self._call("conversations.open", {"users": user})
        return Room(id=ChannelId(answer["channel"]["id"]))

    async def set_topic(self, room: Room, topic: str) -> None:
        await self._call("conversations.setTopic", {"channel": room.id, "topic": topic}, room)

    async def add_bookmark(self, room: Room, title: str, link: str) -> None:
        arguments = {"channel_id": room.id, "title": title, "type": "link", "link": link}
        await self._call("bookmarks.add", arguments, room)

    async def member(self, user: str) -> Member:
        return member_from((await self._call("users.info", {"user": user}))["user"])

    async def member_with_email(self, email: str) -> Member:
        return member_from((await self._call("users.lookupByEmail", {"email": email}))["user"])

    async def open_view(self, trigger_id: str, view: View) -> str:
        """The id of the view as opened."""
        answer = await self._call("views.open", {"trigger_id": trigger_id, "view": view})
        return str(answer["view"]["id"])

    async def update_view(self, view_id: str, view: View) -> None:
        await self._call("views.update", {"view_id": view_id, "view": view})

    async def publish_home(self, user: str, view: View, hash: str = "") -> None:
        """With the `hash` of the view it follows; `Refused` when that was replaced meanwhile."""
        arguments = {"user_id": user, "view": view} | ({"hash": hash} if hash else {})
        await self._call("views.publish", arguments)

    async def exchange(self, arguments: Mapping[str, str]) -> Answer:
        """An OAuth code for an installation."""
        return await self._call("oauth.v2.access", arguments)

    @staticmethod
    def _shown(room: Room, message: Message) -> dict[str, Any]:
        return {"channel": room.id, "parse": "none", **body_of(message)}

    async def _messages(self, spot: Spot, since: datetime) -> AsyncIterator[Answer]:
        """Newest first in a channel, oldest first in a thread, as Slack gives them."""
        method = "conversations.replies" if spot.thread_ts else "conversations.history"
        arguments: dict[str, Any] = {
            "channel": spot.room.id,
            "include_all_metadata": True,
            "oldest": f"{since.timestamp():.6f}",
            "limit": PAGE,
        }
        if spot.thread_ts:
            arguments["ts"] = spot.thread_ts
        async for answer in self._pages(method, arguments, spot.room):
            for message in answer["messages"]:
                yield message

    async def _pages(
        self, method: str, arguments: Mapping[str, Any], room: Room | None = None
    ) -> AsyncIterator[Answer]:
        cursor: str | None = ""
        while cursor is not None:
            wanted = {**arguments, "cursor": cursor} if cursor else arguments
            answer = await self._call(method, wanted, room)
            yield answer
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None

    async def _call(
        self, method: str, arguments: Mapping[str, Any], room: Room | None = None
    ) -> Answer:
        channel, where = (room.id, room.spoken) if room else ("", say("this workspace"))
        await self._limits.pass_through(self._team, method, channel)
        form = {name: _wire(value) for name, value in arguments.items()}
        try:
            response = await self._client.api_call(method, data=form)
            return response.data if isinstance(response.data, dict) else {}
        except SlackApiError as failure:
            meant = meant_by(method, failure, where)
            if isinstance(meant, Unreachable) and meant.retry_after is not None:
                self._limits.pause(self._team, method, channel, meant.retry_after)
            raise meant from None
        except NOT_ANSWERED as failure:
            raise without_answer(failure) from None

    async def _send(self, url: str, content: bytes) -> None:
        session = self._client.session
        if session is None:
            raise Unreachable(say("There is no connection to Slack."))
        try:
            async with session.post(url, data=content) as response:
                if response.status >= 400:
                    raise not_taken(response.status)
        except NOT_ANSWERED as failure:
            raise without_answer(failure) from None


_NONE = ChannelId("")


def _wire(value: Any) -> str:
    """As Slack takes it in a form: nested values as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
