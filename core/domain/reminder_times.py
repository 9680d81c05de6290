"""When reminders of an incident are due, and how long they wait."""

from datetime import datetime, timedelta
from zlib import crc32

from core.domain import events as e
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.domain.particulars import Mode
from core.domain.state import State
from core.domain.timer import Timer

MOST_LEAD = 3
"""So often somebody is asked to lead it."""

MOST_UPDATE = MOST_STALE = 14
"""So often it is asked for news, or whether it goes on; who was asked so often knows."""

GENTLE_AFTER = 3
"""So often it is asked at the same pace; after that each wait is twice as long as the last."""

LONGEST_WAIT = timedelta(days=1)
LONGEST_SPREAD = timedelta(minutes=15)
PUT_OFF = ("put off",)
"""Marks what waits because Tocsin was away: however late its clock is, that happens once."""

WATCHED = frozenset({State.OPEN, State.ACKNOWLEDGED})
SERIOUS = frozenset({Mode.STANDARD, Mode.TEST})
"""A drill is practised with all that belongs to it; nobody waits for what happened long ago."""

UNHEARD = (
    e.ReminderDue,
    e.EffectBuried,
    e.LikenessesFound,
    e.ChannelLinked,
    e.ChannelChanged,
    e.ChannelArchiveDue,
)
"""What Tocsin says of itself, without anything being heard of the incident."""

NEWS = (e.IncidentDeclared, e.IncidentPublished, e.IncidentReopened, e.UpdatePosted)


def attended(incident: Incident) -> bool:
    """Whether somebody should be at work on it."""
    watched = incident.state in WATCHED and incident.mode in SERIOUS
    return watched and incident.deleted_at is None


def due_for_news(
    incident: Incident, settings: IncidentSettings, since: datetime
) -> datetime | None:
    """When others want to hear: as was promised, else as the severity says; None for never."""
    if incident.update_due_at and incident.update_due_at > since:
        return incident.update_due_at
    interval = settings.update_interval(incident.severity)
    return since + interval if interval else None


def due_for_archive(
    incident: Incident, settings: IncidentSettings, now: datetime
) -> datetime | None:
    """When its channel has been left alone for long enough; None for never."""
    if not settings.archive_days:
        return None
    ended = incident.closed_at or incident.resolved_at or incident.canceled_at
    since = now if incident.active or ended is None else ended
    return since + timedelta(days=settings.archive_days)


def next_wait(interval: timedelta, count: int) -> timedelta:
    """After it was reminded of for the `count`th time."""
    doublings = min(max(count - GENTLE_AFTER, 0), 20)
    return min(interval * (1 << doublings), max(interval, LONGEST_WAIT))


def away(timer: Timer, wait: timedelta, now: datetime) -> timedelta | None:
    """How much longer it waits, where it is overdue for long: Tocsin was away, and what came due
    meanwhile is not told all at once. None where it is told now, as what waited for that is."""
    if timer.names == PUT_OFF or now - timer.due_at <= max(wait, LONGEST_SPREAD):
        return None
    seconds = int(min(wait, LONGEST_SPREAD).total_seconds())
    return timedelta(seconds=1 + crc32(timer.subject_id.encode()) % max(seconds, 1))
