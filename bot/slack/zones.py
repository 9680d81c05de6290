"""What Slack knows of a member of the workspace: in which time zone they live, and their name."""

from collections.abc import Callable

from bot.slack.failures import Refused
from bot.slack.gesture import Gesture
from bot.slack.shapes import Member
from bot.slack.text import zone_of
from bot.slack.workspaces import Workspace

KEPT_FOR = 900.0
"""Seconds; after that a journey is noticed."""

MOST_KEPT = 10_000
UNKNOWN = "UTC"


class Zones:
    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._kept: dict[tuple[str, str], tuple[Member, float]] = {}

    async def of(self, gesture: Gesture) -> str:
        """The name of the zone (IANA); UTC for one that this machine does not know."""
        return known((await self._member(gesture.workspace, gesture.user_id)).timezone)

    async def name_of(self, workspace: Workspace, user_id: str) -> str:
        """What people call them; the id of somebody whom Slack does not show."""
        try:
            return (await self._member(workspace, user_id)).name
        except Refused:
            return user_id

    async def _member(self, workspace: Workspace, user_id: str) -> Member:
        key, now = (workspace.team_id, user_id), self._monotonic()
        kept = self._kept.get(key)
        if kept and kept[1] > now:
            return kept[0]
        member = await workspace.gateway.member(user_id)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = (member, now + KEPT_FOR)
        return member


def known(zone: str) -> str:
    return getattr(zone_of(zone), "key", UNKNOWN) if zone else UNKNOWN
