"""In which time zone a member of the workspace lives, as Slack knows it."""

from collections.abc import Callable

from bot.slack.gesture import Gesture
from bot.slack.text import zone_of

KEPT_FOR = 900.0
"""Seconds; after that a journey is noticed."""

MOST_KEPT = 10_000
UNKNOWN = "UTC"


class Zones:
    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._kept: dict[tuple[str, str], tuple[str, float]] = {}

    async def of(self, gesture: Gesture) -> str:
        """The name of the zone (IANA); UTC for one that this machine does not know."""
        key, now = (gesture.workspace.team_id, gesture.user_id), self._monotonic()
        zone, until = self._kept.get(key, ("", now))
        if until > now:
            return zone
        zone = known((await gesture.workspace.gateway.member(gesture.user_id)).timezone)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = (zone, now + KEPT_FOR)
        return zone


def known(zone: str) -> str:
    return getattr(zone_of(zone), "key", UNKNOWN) if zone else UNKNOWN
