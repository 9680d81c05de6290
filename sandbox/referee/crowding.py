"""How many people an app writes to directly, which Slack's guidelines want to be few."""

from sandbox.model.changes import Change
from sandbox.world import World

# Slack names no number; an incident wakes its responders, not the company.
MOST_PEOPLE = 10
WITHIN_SECONDS = 60.0


class CrowdWatch:
    """Counts the people who got a direct message of the app lately."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._written: dict[str, float] = {}
        self._is_crowded = False

    def reset(self) -> None:
        self._written.clear()
        self._is_crowded = False

    def hear_change(self, change: Change) -> None:
        channel = self._world.workspace.channels.get(change.channel)
        bot = self._world.workspace.team.bot_user_id
        if change.type != "message" or channel is None or not channel.is_im or change.user != bot:
            return
        now = self._world.clock.seconds()
        self._written[channel.partner_of(bot)] = now
        lately = [one for one, at in self._written.items() if at > now - WITHIN_SECONDS]
        crowded = len(lately) > MOST_PEOPLE
        if crowded and not self._is_crowded:
            self._world.journal.finding(
                "many_direct_messages",
                f"The app wrote directly to more than {MOST_PEOPLE} people within a minute.",
                where="chat.postMessage",
            )
        self._is_crowded = crowded
