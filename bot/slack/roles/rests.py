"""Until when an incident is left alone, as people type it."""

import re
from datetime import datetime, time, timedelta

from bot.slack.grammar import UsageError
from bot.slack.maintenance.times import ClockTime, span, time_typed
from bot.slack.text import zone_of
from core.language import say

LONGEST = timedelta(days=31)
MORNING = time(9)
_BEGINNING = re.compile(r"(?:for|until|till|to|in|by)\s+", re.IGNORECASE)
_TOMORROW = re.compile(r"tomorrow(?:(?:\s+at)?\s+(.+))?", re.IGNORECASE)


def until(text: str, zone: str, now: datetime) -> datetime:
    """`30m`, `until 09:00`, `tomorrow 14:00`, on a clock in `zone`; `UsageError` otherwise."""
    typed = _BEGINNING.sub("", " ".join(text.split()), count=1)
    at = _after(typed, now) or _tomorrow(typed, zone, now) or _at(typed, zone, now)
    if at is None:
        raise UsageError(
            say(
                "“{typed}” is no time. Type “/incident snooze 30m”, “/incident snooze 2h” or "
                "“/incident snooze until 14:30”.",
                typed=text[:40],
            )
        )
    if at <= now:
        raise UsageError(say("That time has passed; snooze until a later one."))
    if at - now > LONGEST:
        raise UsageError(say("An incident is snoozed for 31 days at most."))
    return at


def _after(typed: str, now: datetime) -> datetime | None:
    wait = span(typed)
    return now + wait if wait else None


def _tomorrow(typed: str, zone: str, now: datetime) -> datetime | None:
    found = _TOMORROW.fullmatch(typed)
    if found is None:
        return None
    clock = time_typed(found.group(1)) if found.group(1) else ClockTime(at=MORNING)
    if clock is None or clock.day:
        return None
    day = now.astimezone(zone_of(zone)).date() + timedelta(days=1)
    return _moment(ClockTime(at=clock.at, day=day), zone, now)


def _at(typed: str, zone: str, now: datetime) -> datetime | None:
    clock = time_typed(typed)
    return _moment(clock, zone, now) if clock else None


def _moment(clock: ClockTime, zone: str, now: datetime) -> datetime:
    """That time on its day; without a day the next one that has it."""
    local = now.astimezone(zone_of(zone))
    at = datetime.combine(clock.day or local.date(), clock.at, zone_of(zone))
    if clock.day is None and at <= now:
        at = datetime.combine(local.date() + timedelta(days=1), clock.at, zone_of(zone))
    return at.astimezone(now.tzinfo)
