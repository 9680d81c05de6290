"""The button that ends a subscription."""

from slack_bolt.async_app import AsyncApp

from bot.slack.desk import Desk
from bot.slack.following import Following
from bot.slack.gesture import Gesture, Reply
from bot.slack.listeners.pressing import Action, Presses
from bot.slack.views.following import UNFOLLOW


class FollowingListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._following = Following(desk.kit)

    def register(self, app: AsyncApp) -> None:
        Presses(self._desk).register(app, {UNFOLLOW: self._end})

    async def _end(self, gesture: Gesture, action: Action) -> Reply:
        """A list is shown anew without it; below a line that was told it is said beside."""
        person = await self._desk.identity.person(gesture)
        ended = await self._following.end(person, action["value"])
        return await self._following.listed(person) if gesture.ephemeral else ended
