"""What people do to the channels of incidents, followed as it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.channel_events import CONVERTED, EVENTS, Heard, heard_in
from bot.slack.channel_truth import Standing, standing_of
from bot.slack.failures import Refused
from bot.slack.identity import Identity
from bot.slack.listeners.hearing import PASSING, heard
from bot.slack.people import People, tocsin
from bot.slack.running import Running
from bot.slack.shapes import Room
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands.rooms import FollowChannel, MoveChannel
from core.domain.actor import Actor, Caller, Surface
from core.domain.channel_fate import ChannelFate
from core.domain.incident import Incident
from core.errors import CoreError
from core.language import say
from core.ports import Postings, ReadModels, Undeliverable, Unreachable

GONE = frozenset({ChannelFate.ARCHIVED, ChannelFate.LOST})
BACK = frozenset({ChannelFate.UNARCHIVED, ChannelFate.REGAINED})
CONVERSIONS: Mapping[ChannelFate, bool] = {
    ChannelFate.MADE_PRIVATE: True,
    ChannelFate.MADE_PUBLIC: False,
}
"""Whether it is private afterwards. What Tocsin does not see is."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomListeners:
    """`reads` know of everything, private incidents included."""

    bus: CommandBus
    reads: ReadModels
    postings: Postings
    identity: Identity
    people: People
    running: Running

    def register(self, app: AsyncApp) -> None:
        for kind in EVENTS:
            app.event(kind)(self.told)
        for subtype in CONVERTED:
            app.event({"type": "message", "subtype": subtype})(self.told)

    async def told(self, ack: AsyncAck, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Slack tells once more what could not be done yet."""
        await heard(self.running, partial(self._answered, body, event), ack)

    async def _answered(self, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        """What is missed at last is learnt when something is to be said in the channel."""
        try:
            await self._follow(body, event)
        except (CoreError, Unreachable, Undeliverable) as failure:
            log.warning("channel_not_followed", kind=event.get("type"), reason=str(failure))
            if isinstance(failure, PASSING):
                raise

    async def _follow(self, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
        workspace = await self.identity.workspace(body)
        told = heard_in(event, workspace.bot_user_id)
        if told is None:
            return
        if told.moved_to:
            await self._move(workspace, told)
        incident = await self._incident(workspace, told)
        if incident is None or not _is_news(told.fate, incident):
            return
        if true := await _checked(workspace, told):
            await self._tell(workspace, true, incident, str(body.get("event_id") or ""))

    async def _incident(self, workspace: Workspace, heard: Heard) -> Incident | None:
        organization = workspace.organization_id
        id = await self.reads.in_channel(organization, heard.channel_id)
        return (await self.reads.card(organization, id)).incident if id else None

    async def _tell(
        self, workspace: Workspace, heard: Heard, incident: Incident, event_id: str
    ) -> None:
        await self.bus.execute(
            FollowChannel(
                caller=await self._caller(workspace, heard.member),
                key=f"event:{event_id}" if event_id else None,
                incident_id=incident.id,
                channel_id=heard.channel_id,
                fate=heard.fate,
                channel_name=heard.name,
                moved_to=heard.moved_to,
            )
        )

    async def _move(self, workspace: Workspace, heard: Heard) -> None:
        """Whatever it is the channel of: Slack does not know the old id any more."""
        if heard.moved_to is None:
            return
        organization, old, new = workspace.organization_id, heard.channel_id, heard.moved_to
        await self.postings.move(organization, old, new)
        caller = tocsin(organization)
        await self.bus.execute(MoveChannel(caller=caller, channel_id=old, moved_to=new))

    async def _caller(self, workspace: Workspace, member: str) -> Caller:
        """Tocsin, on behalf of whoever did it, as far as that is known."""
        caller = tocsin(workspace.organization_id)
        if member == workspace.bot_user_id:
            return caller
        actor = Actor(surface=Surface.SLACK, name=say("Somebody"))
        if member:
            try:
                user = await self.people.user(workspace, member)
                actor = replace(actor, name=user.name, user_id=user.id)
            except (CoreError, Unreachable, Undeliverable) as failure:
                log.info("somebody_unknown", member=member, reason=str(failure))
        return replace(caller, actor=actor)


def _is_news(fate: ChannelFate, incident: Incident) -> bool:
    """Tocsin joins each channel that it opens, and hears of that as well."""
    if fate in GONE:
        return incident.archived_at is None
    return incident.archived_at is not None if fate in BACK else True


async def _checked(workspace: Workspace, heard: Heard) -> Heard | None:
    """As it is now: events come twice and in any order. Where Slack does not say, what was heard
    is believed."""
    if heard.fate in (ChannelFate.DELETED, ChannelFate.MOVED):
        return heard
    room = Room(id=heard.channel_id, name=heard.name)
    try:
        standing = await standing_of(workspace.gateway, room)
    except (Unreachable, Undeliverable) as failure:
        log.info("channel_not_looked_at", reason=str(failure))
        return heard
    named = standing.channel.room.name if standing.channel else heard.name
    return await _settled(workspace, replace(heard, name=named), standing)


async def _settled(workspace: Workspace, heard: Heard, standing: Standing) -> Heard | None:
    if heard.fate in GONE:
        return replace(heard, fate=standing.gone) if standing.gone else None
    if heard.fate in BACK:
        return heard if await _is_back(workspace, heard, standing) else None
    if heard.fate in CONVERSIONS:
        private = standing.channel is None or standing.channel.private
        return heard if private is CONVERSIONS[heard.fate] else None
    return heard


async def _is_back(workspace: Workspace, heard: Heard, standing: Standing) -> bool:
    """What was archived may come back without Tocsin in it."""
    if standing.gone is not ChannelFate.LOST or standing.channel is None:
        return standing.gone is None
    try:
        await workspace.gateway.join(Room(id=heard.channel_id, name=heard.name))
    except Refused:
        return False
    return True
