"""Keeps messages in the timeline of the incident in whose channel they were said."""

import re

import structlog

from bot.chronicles import kept_messages_of
from bot.incident_settings import settings_of
from bot.slack.blocks import View
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.kit import Kit
from bot.slack.people import tocsin
from bot.slack.permalinks import permalink_of
from bot.slack.shapes import Room
from bot.slack.subjects import Subjects, memory_of
from bot.slack.text import plain_from_slack
from bot.slack.timeline.reasons import reaction_of, still_holds
from bot.slack.timeline.said import Said, said_in
from bot.slack.views.timeline import keep_form, keep_title
from bot.slack.workspaces import Workspace
from core.commands.timeline import FollowMessage, KeepMessage, ReleaseMessage
from core.domain.actor import Permission
from core.domain.ids import ChannelId, IncidentId, SlackUserId, TeamId
from core.domain.incident import Incident
from core.domain.viewer import EVERYTHING
from core.language import say

_MEMBER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
MOST_NAMES = 10
"""So many people named in one message are looked up."""

log = structlog.get_logger(__name__)


class Keeping:
    """Nothing is asked of Slack but what an event leaves out: who somebody is, where a message is
    found, and what it says when only its place is told."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._subjects = Subjects(kit.reads, kit.targets)

    async def keep(self, gesture: Gesture, said: Said, why: str) -> None:
        """What Tocsin itself says is told in the timeline anyway."""
        workspace = gesture.workspace
        if said.user_id == workspace.bot_user_id or said.bot_id == workspace.bot_id:
            return
        if id := await self._incident(gesture, said.channel_id):
            await self._kept(await self._kit.whose(gesture), id, said, why)

    async def mark(self, gesture: Gesture, channel: str, ts: str, reaction: str) -> None:
        """Somebody reacted; whatever else they feel is none of the timeline's business."""
        organization = gesture.workspace.organization_id
        if not await self._incident(gesture, channel):
            return
        settings = await settings_of(self._kit.reads, organization)
        if reaction.partition("::")[0] != settings.reaction:
            return
        await self.look(gesture, channel, ts, reaction_of(reaction, gesture.user_id))

    async def look(self, gesture: Gesture, channel: str, ts: str, why: str) -> None:
        """Keep what the message says now, if it and the reason to keep it are still there."""
        if not await self._incident(gesture, channel):
            return
        message = await gesture.workspace.gateway.message(Room(id=ChannelId(channel)), ts)
        if message is None or not still_holds(message, channel, why):
            return
        if said := said_in(message, channel):
            await self.keep(gesture, said, why)

    async def release(self, gesture: Gesture, channel: str, ts: str, why: str) -> None:
        if ts and (id := await self._incident(gesture, channel)):
            person = await self._kit.whose(gesture)
            released = ReleaseMessage(
                caller=person.caller,
                key=gesture.key,
                key_decides=True,
                incident_id=id,
                channel_id=ChannelId(channel),
                ts=ts,
                why=why,
            )
            await self._kit.bus.execute(released)

    async def release_if_gone(self, gesture: Gesture, channel: str, ts: str, why: str) -> None:
        """The same, if the message does not give that reason again. Where Slack does not let it be
        looked at, it does not."""
        if not ts or not await self._incident(gesture, channel):
            return
        try:
            message = await gesture.workspace.gateway.message(Room(id=ChannelId(channel)), ts)
        except Refused as refused:
            log.info("kept_message_not_looked_at", reason=str(refused))
            message = None
        if message is None or not still_holds(message, channel, why):
            await self.release(gesture, channel, ts, why)

    async def reread(self, gesture: Gesture, said: Said) -> None:
        """It was edited, and has other words by now or is gone; of that is told as well."""
        if await self._is_kept(gesture, said):
            room = Room(id=ChannelId(said.channel_id))
            message = await gesture.workspace.gateway.message(room, said.ts)
            if message and (now := said_in(message, said.channel_id)):
                await self.edited(gesture, now)

    async def edited(self, gesture: Gesture, said: Said) -> None:
        workspace = gesture.workspace
        if said.bot_id != workspace.bot_id and await self._is_kept(gesture, said):
            text = await self._words(workspace, said.text)
            await self._follow(gesture, said.channel_id, said.ts, text, said.files)

    async def deleted(self, gesture: Gesture, channel: str, ts: str) -> None:
        if ts:
            await self._follow(gesture, channel, ts, None)

    async def chosen(self, gesture: Gesture, said: Said) -> Reply | None:
        """From the message's menu; in a channel of no incident it is asked which one is meant."""
        id = await self._incident(gesture, gesture.channel_id)
        if id is None:
            await self._ask(gesture, said)
            return None
        return await self.taken(await self._kit.whose(gesture), id, said)

    async def taken(self, person: Person, id: IncidentId, said: Said) -> Reply:
        """It stays until somebody leaves the line out."""
        incident = await self._kept(person, id, said, f"hand:{person.gesture.user_id}")
        return reply(
            say("The message is in the timeline of {reference}.", reference=incident.reference)
        )

    async def _ask(self, gesture: Gesture, said: Said) -> None:
        async def fill(person: Person) -> View:
            subject = await self._subjects.of(person, "")
            return keep_form(subject, said.text, memory_of(gesture, subject, said.packed()))

        opening = self._kit.opening
        await opening.open(gesture, keep_title(), fill, Permission.WRITE_INCIDENTS)

    async def _kept(self, person: Person, id: IncidentId, said: Said, why: str) -> Incident:
        workspace = person.gesture.workspace
        command = KeepMessage(
            caller=person.caller,
            key=person.gesture.key,
            key_decides=True,
            incident_id=id,
            channel_id=ChannelId(said.channel_id),
            ts=said.ts,
            text=await self._words(workspace, said.text),
            author=await self._author(workspace, said),
            said_at=said.at,
            why=why,
            permalink=await permalink_of(workspace, said.channel_id, said.ts),
            files=said.files,
            said_by=_person(workspace, said),
        )
        return await self._kit.bus.execute(command)

    async def _follow(
        self,
        gesture: Gesture,
        channel: str,
        ts: str,
        text: str | None,
        files: tuple[str, ...] = (),
    ) -> None:
        if id := await self._incident(gesture, channel):
            command = FollowMessage(
                caller=tocsin(gesture.workspace.organization_id),
                key=gesture.key,
                key_decides=True,
                incident_id=id,
                channel_id=ChannelId(channel),
                ts=ts,
                text=text,
                files=files,
            )
            await self._kit.bus.execute(command)

    async def _is_kept(self, gesture: Gesture, said: Said) -> bool:
        """Of most messages that are edited no word has to be looked up."""
        id = await self._incident(gesture, said.channel_id)
        if id is None:
            return False
        reads = self._kit.reads.seen_by(EVERYTHING)
        messages = await kept_messages_of(reads, gesture.workspace.organization_id, id)
        return any((one.channel_id, one.ts) == (said.channel_id, said.ts) for one in messages)

    async def _incident(self, gesture: Gesture, channel: str) -> IncidentId | None:
        reads = self._kit.reads.seen_by(EVERYTHING)
        return await reads.in_channel(gesture.workspace.organization_id, ChannelId(channel))

    async def _author(self, workspace: Workspace, said: Said) -> str:
        if said.user_id and not said.called:
            return await self._kit.zones.name_of(workspace, said.user_id)
        return said.called or say("An app")

    async def _words(self, workspace: Workspace, text: str) -> str:
        """With the names of those who are mentioned, as people read them."""
        people = list(dict.fromkeys(_MEMBER.findall(text)))[:MOST_NAMES]
        names = {one: await self._kit.zones.name_of(workspace, one) for one in people}
        named = _MEMBER.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
        return plain_from_slack(named)


def _person(workspace: Workspace, said: Said) -> tuple[TeamId, SlackUserId] | None:
    """Nobody, of what an app said."""
    if not said.user_id or said.bot_id or said.called:
        return None
    return workspace.team_id, SlackUserId(said.user_id)
