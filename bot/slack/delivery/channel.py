"""The incident's own channel: created, or found again when it is unsure whether it was."""

import asyncio
from datetime import timedelta
from weakref import WeakValueDictionary

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import CLOCKS_APART
from bot.slack.failures import Refused
from bot.slack.naming import channel_names
from bot.slack.people import tocsin
from bot.slack.shapes import Channel, Room
from core.bus import CommandBus
from core.commands import LinkChannel
from core.effects import OpenChannel
from core.errors import NotFound
from core.ports import ReadModels, Undeliverable

MOST_TAKEN = 10_000
WHOLE_SECONDS = timedelta(seconds=1)


class Channels:
    def __init__(self, bus: CommandBus, reads: ReadModels) -> None:
        self._bus = bus
        self._reads = reads
        self._taken: set[str] = set()
        self._naming: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, effect: OpenChannel, errand: IncidentErrand) -> None:
        incident = errand.card.incident
        if incident.channel_id or incident.deleted_at:
            return
        # Two incidents of one title must not both take a channel that neither is linked to yet.
        first = next(channel_names(incident.title, incident.reference, incident.created_at))
        lock = self._naming.setdefault(f"{errand.workspace.team_id} {first}", asyncio.Lock())
        async with lock:
            room = await self._created_or_found(errand)
            await self._link(errand, room)

    async def _created_or_found(self, errand: IncidentErrand) -> Room:
        incident = errand.card.incident
        orphans = await self._orphans(errand) if errand.parcel.doubtful else {}
        for name in channel_names(incident.title, incident.reference, incident.created_at):
            if name in orphans:
                return orphans[name]
            if room := await self._created(errand, name):
                return room
        raise Undeliverable(
            f"Every name that a channel for {incident.reference} could have is taken; "
            "rename or delete some and replay."
        )

    async def _created(self, errand: IncidentErrand, name: str) -> Room | None:
        """None when the name is taken; asking costs one of the few creations Slack allows."""
        key = f"{errand.workspace.team_id} {name}"
        if key in self._taken:
            return None
        try:
            return await errand.gateway.create_channel(name)
        except Refused as refused:
            if refused.code != "name_taken":
                raise
        if len(self._taken) >= MOST_TAKEN:
            self._taken.clear()
        self._taken.add(key)
        return None

    async def _orphans(self, errand: IncidentErrand) -> dict[str, Room]:
        """Channels that an interrupted attempt may have created, by name."""
        ours = [
            channel.room async for channel in errand.gateway.channels() if _is_ours(channel, errand)
        ]
        return {room.name: room for room in ours if not await self._is_linked(errand, room)}

    async def _is_linked(self, errand: IncidentErrand, room: Room) -> bool:
        return await self._reads.in_channel(errand.organization_id, room.id) is not None

    async def _link(self, errand: IncidentErrand, room: Room) -> None:
        command = LinkChannel(
            caller=tocsin(errand.organization_id),
            incident_id=errand.incident_id,
            channel_id=room.id,
            channel_name=room.name,
        )
        try:
            await self._bus.execute(command)
        except NotFound:
            return  # deleted meanwhile: nobody will look for the channel


def _is_ours(channel: Channel, errand: IncidentErrand) -> bool:
    incident = errand.card.incident
    names = channel_names(incident.title, incident.reference, incident.created_at)
    after = channel.created_at >= incident.created_at - CLOCKS_APART - WHOLE_SECONDS
    ours = channel.creator == errand.workspace.bot_user_id and not channel.archived
    return ours and after and channel.room.name in names
