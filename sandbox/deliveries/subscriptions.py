"""Whether events still go out: Slack caps them by the hour and gives up on apps that fail."""

from collections import deque
from typing import Literal

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.world import World

HOUR = 3_600.0
Verdict = Literal["deliver", "rate_limited", "disabled"]


class Subscriptions:
    """Counts events and attempts over the last sixty minutes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._events: deque[float] = deque()
        self._attempts: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._limited_minute = 0
        self.is_disabled = False

    def admit(self) -> Verdict:
        """What becomes of an event that happens now."""
        if self.is_disabled:
            return "disabled"
        now = self._world.clock.seconds()
        while self._events and self._events[0] <= now - HOUR:
            self._events.popleft()
        if len(self._events) >= self._world.transport.events_per_hour:
            return "rate_limited"
        self._events.append(now)
        return "deliver"

    def rate_limited_minute(self) -> int | None:
        """The minute to tell the app about; nothing when it knows already."""
        minute = int(self._world.clock.seconds() // 60) * 60
        if minute == self._limited_minute:
            return None
        self._limited_minute = minute
        return minute

    def count(self, *, is_ok: bool) -> None:
        """One attempt to deliver an event; too many failed ones switch subscriptions off."""
        now = self._world.clock.seconds()
        self._attempts.append((now, is_ok))
        self._failures += not is_ok
        while self._attempts[0][0] <= now - HOUR:
            self._failures -= not self._attempts.popleft()[1]
        busy = len(self._attempts) >= self._world.transport.events_before_disabling
        share = self._failures / len(self._attempts)
        if busy and share > limits.FAILURES_TOLERATED and not self.is_disabled:
            self._disable(share)

    def _disable(self, share: float) -> None:
        self.is_disabled = True
        self._world.journal.write(
            "notice",
            what="subscriptions_disabled",
            message=f"{share:.1%} of the attempts to deliver events within an hour failed, so "
            "Slack delivers no more of them until somebody enables them again.",
        )

    def reset(self) -> None:
        """As if nothing had been delivered yet."""
        self._events.clear()
        self._attempts.clear()
        self._failures = self._limited_minute = 0
        self.is_disabled = False

    def enable(self) -> None:
        """What an administrator does on the app's page; failures are counted anew."""
        self._attempts.clear()
        self._failures = 0
        self.is_disabled = False
        message = "Event subscriptions were enabled."
        self._world.journal.write("notice", what="subscriptions_enabled", message=message)

    def listed(self) -> Json:
        return {
            "enabled": not self.is_disabled,
            "events_within_an_hour": len(self._events),
            "attempts_within_an_hour": len(self._attempts),
            "failures_within_an_hour": self._failures,
        }


def rate_limited_payload(world: World, minute: int) -> Json:
    """`app_rate_limited` stands alone: it has no inner event and no event id."""
    team = world.workspace.team
    return {
        "token": world.credentials.verification_token,
        "type": "app_rate_limited",
        "team_id": team.id,
        "minute_rate_limited": minute,
        "api_app_id": team.app_id,
    }
