"""Puts messages where they belong, each once, whatever was interrupted before."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog

from bot.slack.blocks import Message, notice
from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.failures import Refused
from bot.slack.naming import name_in
from bot.slack.shapes import Room, Spot
from core.domain.ids import ChannelId
from core.language import say
from core.ports import Posting, Postings, Undeliverable, Unreachable

ANNOUNCEMENT, CARD, PIN = "announcement", "card", "pin"
BEGUN, LEFT = "begun", "left"
"""Notes of the last thing that was begun to be said in a channel, and of what it left behind."""

CLOCKS_APART = timedelta(minutes=10)
"""Slack's clock and ours may differ by so much at most."""

NO_THREAD = frozenset({"cannot_reply_to_message", "message_not_found", "thread_not_found"})
"""Somebody deleted meanwhile what it was to stand below."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Poster:
    def __init__(self, postings: Postings, announced_in: AnnouncedIn) -> None:
        self._postings = postings
        self._announced_in = announced_in

    async def standing(self, errand: Errand, role: str) -> Posting | None:
        return await self._postings.find(errand.organization_id, errand.subject_id, role)

    async def all_standing(self, errand: Errand, subject_id: str = "") -> Sequence[Posting]:
        """Everything of its subject, or of another one, by role."""
        subject = subject_id or errand.subject_id
        return await self._postings.all_of(errand.organization_id, subject)

    async def note(self, errand: Errand, posting: Posting) -> None:
        await self._postings.record(errand.organization_id, errand.subject_id, posting)

    async def once(self, errand: Errand, role: str, spot: Spot, message: Message) -> Posting:
        """Posted, if it was not already."""
        standing = await self.standing(errand, role)
        return standing or await self._anew(errand, role, spot, message)

    async def kept_true(self, errand: Errand, role: str, spot: Spot, message: Message) -> Posting:
        """Posted, or edited where it stands; posted anew when somebody deleted it, and when its
        place is another channel now."""
        standing = await self.standing(errand, role)
        if standing is None:
            return await self._anew(errand, role, spot, message)
        if standing.channel_id != spot.room.id:
            await self.leaving(errand, standing)
            posting = await self._anew(errand, role, spot, message)
            await _leave_behind(errand, standing)
            return posting
        room = Room(id=standing.channel_id, name=spot.room.name)
        try:
            await errand.gateway.edit(room, standing.ts, message)
        except Refused as refused:
            if not await _is_gone(errand, room, standing, refused.code):
                raise
            return await self._anew(errand, role, spot, message)
        return standing

    async def leaving(self, errand: Errand, standing: Posting) -> None:
        """Another takes its role; should the incident turn private, it is still known."""
        if isinstance(errand, IncidentErrand):
            await self.note(errand, replace(standing, role=f"{LEFT}:{standing.role}:{standing.ts}"))

    async def beginning(self, errand: Errand, role: str, spot: Spot) -> None:
        """Noted before it is said: should the incident turn private while nobody knows whether it
        was, it is looked for there."""
        if isinstance(errand, IncidentErrand):
            await self._note_begun(errand, spot, f"{spot.thread_ts} {role}")

    async def found(self, errand: Errand, role: str, spot: Spot) -> str | None:
        """The message of that role that stands there, noted or not."""
        return await self._found(errand, spot, errand.mark(role))

    async def interrupted(self, errand: Errand, role: str, spot: Spot) -> Posting | None:
        """What was posted there and never noted; it is noted now."""
        ts = await self.found(errand, role, spot)
        if ts is None:
            return None
        posting = Posting(role=role, channel_id=ChannelId(spot.room.id), ts=ts)
        await self.note(errand, posting)
        return posting

    async def announcement_thread(self, errand: Errand) -> Spot | None:
        """Where news goes when there is no channel; never what everybody may not know."""
        standing = await self.standing(errand, ANNOUNCEMENT)
        if standing is None or errand.secret:
            return None
        name = name_in(await self._announced_in.of(errand))
        room = Room(id=standing.channel_id, name=name)
        return Spot(room=room, thread_ts=standing.ts)

    async def _anew(self, errand: Errand, role: str, spot: Spot, message: Message) -> Posting:
        mark = errand.mark(role)
        ts = await self._found(errand, spot, mark) if errand.parcel.doubtful else None
        if ts is None:
            ts = await self._posted(errand, role, spot, message)
        posting = Posting(role=role, channel_id=ChannelId(spot.room.id), ts=ts)
        await self.note(errand, posting)
        return posting

    async def _posted(self, errand: Errand, role: str, spot: Spot, message: Message) -> str:
        """Of what Slack refused nobody has to wonder whether it stands there."""
        mark = errand.mark(role)
        await self.beginning(errand, role, spot)
        try:
            return await as_member(
                errand, spot.room, lambda: errand.gateway.post(spot, message, mark)
            )
        except Refused:
            if isinstance(errand, IncidentErrand):
                await self._note_begun(errand, spot, "")
            raise

    async def _note_begun(self, errand: Errand, spot: Spot, what: str) -> None:
        channel_id = ChannelId(spot.room.id)
        begun = Posting(role=f"{BEGUN}:{channel_id}", channel_id=channel_id, ts=what)
        await self.note(errand, begun)

    @staticmethod
    async def _found(errand: Errand, spot: Spot, mark: dict[str, str]) -> str | None:
        since = errand.born_at - CLOCKS_APART
        return await as_member(errand, spot.room, lambda: errand.gateway.marked(spot, mark, since))


async def _leave_behind(errand: Errand, standing: Posting) -> None:
    """What stands in the place it had before shall not lie, as far as Slack allows. Of what is
    private it is taken back with the rest, before the channel is put away."""
    if errand.secret:
        return
    room, message = Room(id=standing.channel_id), notice(say("This is shown elsewhere now."))
    try:
        if not (await errand.gateway.channel(room)).archived:
            await errand.gateway.edit(room, standing.ts, message)
    except (Undeliverable, Unreachable) as failure:
        log.info("old_message_left_as_it_was", role=standing.role, reason=str(failure))


async def _is_gone(errand: Errand, room: Room, standing: Posting, code: str) -> bool:
    """Whether that is why it cannot be edited. Of a deleted message with replies something is
    left, and that is nobody's to edit."""
    if code != "cant_update_message":
        return code == "message_not_found"
    thread, mark = Spot(room=room, thread_ts=standing.ts), errand.mark(standing.role)
    try:
        return await errand.gateway.marked(thread, mark, errand.born_at - CLOCKS_APART) is None
    except Refused as refused:
        if refused.code != "thread_not_found":
            raise
        return True


async def as_member(errand: Errand, room: Room, act: Callable[[], Awaitable[T]]) -> T:
    """Do it; join the channel first if that turns out to be needed."""
    try:
        return await act()
    except Refused as refused:
        if refused.code != "not_in_channel":
            raise
    await errand.gateway.join(room)
    return await act()
