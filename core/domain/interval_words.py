"""How often, and within or after how long, as people read it: `every hour`, `within a day`."""

from datetime import timedelta

from core.domain.wording import spoken
from core.language import say, say_many

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def every(interval: timedelta) -> str:
    if interval == HOUR:
        return say("every hour")
    if interval == DAY:
        return say("every day")
    return say("every {span}", span=spoken(interval))


def within(span: timedelta) -> str:
    """Standing alone."""
    if span == HOUR:
        return say("Within an hour")
    if span == DAY:
        return say("Within a day")
    return say("Within {span}", span=spoken(span))


def after(wait: timedelta) -> str:
    days, rest = divmod(wait, DAY)
    if days and not rest:
        return say_many("after a day", "after {count} days", days)
    return say("after {span}", span=spoken(wait))
