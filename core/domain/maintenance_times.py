"""When a window may be: after its start, within the longest time, and not by accident in the
past."""

from datetime import UTC, datetime, timedelta

from core.domain.actor import Actor, Surface
from core.domain.policy import Policy
from core.domain.wording import minute
from core.errors import InvalidInput
from core.language import say

GRACE = timedelta(seconds=60)
"""A start so long ago is meant to be now: clocks differ, and people take their time."""

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def require_moment(at: datetime, *, field: str) -> datetime:
    """The same moment as it is stored and compared, in years that any calendar can show."""
    if not _EARLIEST <= at < _LATEST:
        message = say(
            "A maintenance lies between 2000 and 2199, not in {year}; check the year.", year=at.year
        )
        raise InvalidInput(message, field=field)
    return at.astimezone(UTC)


def require_window(
    start: datetime, end: datetime, policy: Policy, *, field: str = "scheduled_end_at"
) -> None:
    """`InvalidInput` unless the end follows the start soon enough; `field` is what to mend."""
    if end <= start:
        raise InvalidInput(say("The maintenance has to end after it starts."), field=field)
    longest = policy.longest_maintenance
    if end - start > longest:
        days = f"{longest / timedelta(days=1):g}"
        message = say("A maintenance lasts {days} days at most; make it shorter.", days=days)
        raise InvalidInput(message, field=field)


def require_now(start: datetime | None, at: datetime) -> None:
    """`InvalidInput` for a start at another time than now."""
    if start is not None and abs(start - at) > GRACE:
        message = say("It starts now, and at another time: leave one of the two out.")
        raise InvalidInput(message, field="scheduled_start_at")


def switch_named(by: Actor) -> str:
    """What a program has to send in order to start now; a person sees it in front of them."""
    return "" if by.surface is Surface.SLACK else " (start_now)"


def require_start(
    start: datetime, end: datetime, *, by: Actor, at: datetime, recurring: bool, timezone: str
) -> None:
    """`InvalidInput` for a start in the past, but for work that is over and only written down:
    a program may do that; in Slack it is a slip, and what recurs has to go on."""
    if start >= at - GRACE:
        return
    field = "scheduled_start_at"
    if end > at:
        raise InvalidInput(
            say(
                "The start, {start}, has passed; choose a later one, or start "
                "now{switch_named}, which needs no start.",
                start=minute(start, timezone),
                switch_named=switch_named(by),
            ),
            field=field,
        )
    if recurring:
        message = say("The first occurrence has passed already; begin with the next one.")
        raise InvalidInput(message, field=field)
    if by.surface is Surface.SLACK:
        raise InvalidInput(say("These times have passed already; choose later ones."), field=field)
