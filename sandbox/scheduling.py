"""Sends scheduled messages when their time has come."""

from sandbox.deliveries.courier import Courier
from sandbox.model.changes import Change
from sandbox.model.channels import Channel
from sandbox.model.posting import post
from sandbox.model.scheduled import Scheduled
from sandbox.world import World

# After these a message may be waiting that nobody waits for: it is new, or came with a snapshot.
TELLING = ("scheduled", "channel")


class Schedule:
    """One sleeper per message; a message that was called back finds nobody to send it."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier
        self._awaited: set[tuple[str, int]] = set()

    def open(self) -> None:
        for scheduled in self._world.workspace.scheduled.values():
            self._await(scheduled)

    def hear(self, change: Change) -> None:
        if change.type in TELLING:
            self.open()

    def _await(self, scheduled: Scheduled) -> None:
        key = (scheduled.id, scheduled.post_at)
        if key not in self._awaited:
            self._awaited.add(key)
            self._courier.start(self._send_later(scheduled))

    async def _send_later(self, scheduled: Scheduled) -> None:
        await self._world.clock.sleep(scheduled.post_at - self._world.clock.seconds())
        self._awaited.discard((scheduled.id, scheduled.post_at))
        current = self._world.workspace.scheduled.get(scheduled.id)
        if current and current.post_at == scheduled.post_at:
            self._send(current)

    def _may_post(self, channel: Channel, user: str) -> bool:
        public = "chat:write.public" in self._world.credentials.granted("bot")
        from_outside = public and not channel.is_private
        return not channel.is_archived and (user in channel.members or from_outside)

    def _send(self, scheduled: Scheduled) -> None:
        """Post it, unless the channel takes no messages of the app's any more."""
        workspace, draft = self._world.workspace, scheduled.draft
        del workspace.scheduled[scheduled.id]
        channel = workspace.channels.get(draft.channel)
        if channel and self._may_post(channel, draft.user):
            post(workspace, draft)
        else:
            workspace.tell(Change(type="scheduled", channel=draft.channel))
