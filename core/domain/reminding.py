"""When people are reminded: which timers an event sets, moves or takes away; policy on one page.

Of an incident that was just declared only a lead is waited for, where it has none, and whatever
comes next sets what follows: most incidents that alerts declare are over before anything else is
due. What is due is looked at again when it rings, so nothing has to be moved for what merely
happens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from core.domain import events as e
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.domain.reminder import TIMERS, Reminder
from core.domain.reminder_times import attended, due_for_archive, due_for_news
from core.domain.timer import Timer, TimerKind

WATCHING = (TimerKind.LEAD, TimerKind.UPDATE, TimerKind.STALE)
"""What is waited for while somebody should be at work on it."""

GOING_ON = (*WATCHING, TimerKind.SNOOZE)
"""What nobody waits for when it is over."""

MINDED = frozenset(
    {
        e.IncidentDeclared,
        e.IncidentPublished,
        e.IncidentReopened,
        e.IncidentAcknowledged,
        e.IncidentSnoozed,
        e.IncidentSuppressed,
        e.IncidentAssigned,
        e.SeverityChanged,
        e.UpdatePosted,
        e.IncidentResolved,
        e.IncidentClosed,
        e.IncidentCanceled,
        e.IncidentDeleted,
        e.IncidentMerged,
        e.ChannelLinked,
        e.ReminderDue,
    }
)
"""Of all other events nothing follows here, and nothing has to be read for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """The timer is set; with `keep` one that is set already stays as it is."""

    timer: Timer
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Nothing of these kinds is due any more."""

    kinds: tuple[TimerKind, ...]
    subject_id: str


Change: TypeAlias = Put | Drop
Happened: TypeAlias = tuple[e.Event, Incident]
"""What happened, and the incident as it was afterwards."""


def reminders_of(  # noqa: C901 - one flat table
    event: e.Event, incident: Incident, settings: IncidentSettings
) -> list[Change]:
    """What `event` means for the timers of `incident`, which is as it is afterwards."""
    at = event.at
    match event:
        case e.IncidentDeclared() | e.IncidentPublished():
            return _first(_watch(incident, settings, at))
        case e.IncidentReopened():
            fresh = [*_watch(incident, settings, at), *_channel(incident, settings, at)]
            return [_none(incident, TimerKind.SNOOZE), *fresh]
        case e.IncidentSnoozed(until=until) if until:
            return [_none(incident, *WATCHING), _put(TimerKind.SNOOZE, incident, until)]
        case e.IncidentSnoozed() | e.IncidentSuppressed():
            return [_none(incident, *GOING_ON)]
        case e.IncidentAcknowledged():
            return [_none(incident, TimerKind.SNOOZE), *_meanwhile(incident, settings, at)]
        case e.IncidentAssigned(assignee_id=None):
            return _meanwhile(incident, settings, at)
        case e.IncidentAssigned():
            return [_none(incident, TimerKind.LEAD), *_meanwhile(incident, settings, at)]
        case e.UpdatePosted() | e.SeverityChanged():
            return _told_anew(incident, settings, at)
        case e.ReminderDue(reminder=Reminder.LEAD, count=1):
            return besides_lead(incident, settings, at)
        case e.IncidentResolved() | e.IncidentClosed() | e.IncidentCanceled():
            return [_none(incident, *GOING_ON), *_if_by_people(event, incident, settings)]
        case e.IncidentMerged():
            return [_none(incident, *GOING_ON), *_channel(incident, settings, at)]
        case e.IncidentDeleted():
            return [_none(incident, *GOING_ON, TimerKind.TASKS_LEFT, TimerKind.ARCHIVE)]
        case e.ChannelLinked():
            return _channel(incident, settings, at)
        case _:
            return []


def together(happened: Iterable[Happened], settings: IncidentSettings) -> list[Change]:
    """What all of it means, in its order: what is set in the end is set once, and what is not is
    only taken away."""
    puts: dict[tuple[TimerKind, str], Put] = {}
    drops: dict[tuple[TimerKind, str], None] = {}
    for event, incident in happened:
        for change in reminders_of(event, incident, settings):
            if isinstance(change, Put):
                key = (change.timer.kind, change.timer.subject_id)
                if not (change.keep and key in puts):
                    puts[key] = Put(timer=change.timer, keep=change.keep and key not in drops)
            else:
                keys = [(kind, change.subject_id) for kind in change.kinds]
                puts = {key: put for key, put in puts.items() if key not in keys}
                drops |= dict.fromkeys(keys)
    return [*_grouped(key for key in drops if key not in puts), *puts.values()]


def besides_lead(incident: Incident, settings: IncidentSettings, at: datetime) -> list[Change]:
    """What begins when it is time to ask for a lead, even where nobody is to be asked any more."""
    return _meanwhile(incident, settings, at, besides=Reminder.LEAD)


def _watch(
    incident: Incident, settings: IncidentSettings, at: datetime, news: datetime | None = None
) -> list[Put]:
    """All that is waited for from now on; others were told at `news`, or just now."""
    if not attended(incident):
        return []
    lead = None if incident.assignee_id else _after(at, timedelta(minutes=settings.lead_minutes))
    told = due_for_news(incident, settings, news or at)
    if told and told <= at:
        told = due_for_news(incident, settings, at)
    dues = {
        TimerKind.LEAD: lead,
        TimerKind.UPDATE: told,
        TimerKind.STALE: _after(at, timedelta(hours=settings.stale_hours)),
    }
    return [_put(kind, incident, due) for kind, due in dues.items() if due]


def _first(puts: Sequence[Put]) -> list[Change]:
    """Nobody is asked for news before somebody was asked to lead."""
    lead = [one for one in puts if one.timer.kind is TimerKind.LEAD]
    return [*(lead or puts)]


def _meanwhile(
    incident: Incident,
    settings: IncidentSettings,
    at: datetime,
    besides: Reminder | None = None,
) -> list[Change]:
    """What is waited for already goes on; what is not yet begins as if it had from the start.
    With a reminder nothing of its own kind begins, and nobody is asked to lead again. Nothing
    begins with any but the first that a lead is missing: what was said often enough is over."""
    others = (TIMERS[besides], TimerKind.LEAD) if besides else ()
    wanted = _watch(incident, settings, at, incident.published_at)
    return [Put(timer=one.timer, keep=True) for one in wanted if one.timer.kind not in others]


def _told_anew(incident: Incident, settings: IncidentSettings, at: datetime) -> list[Change]:
    """The wait for news begins again; what else is waited for goes on."""
    news = [one for one in _watch(incident, settings, at) if one.timer.kind is TimerKind.UPDATE]
    begun: list[Change] = [*news] if news else [_none(incident, TimerKind.UPDATE)]
    return [*begun, *_meanwhile(incident, settings, at, besides=Reminder.UPDATE)]


def _if_by_people(event: e.Event, incident: Incident, settings: IncidentSettings) -> list[Change]:
    """Alerts that end by themselves come in thousands; the timer of the channel is set already."""
    return _channel(incident, settings, event.at) if event.by.user_id else []


def _channel(incident: Incident, settings: IncidentSettings, at: datetime) -> list[Change]:
    due = due_for_archive(incident, settings, at) if incident.channel_id else None
    kind = TimerKind.ARCHIVE
    return [Put(timer=_put(kind, incident, due).timer, keep=True)] if due else []


def _put(kind: TimerKind, incident: Incident, due_at: datetime) -> Put:
    return Put(timer=Timer(kind=kind, subject_id=incident.id, due_at=due_at))


def _none(incident: Incident, *kinds: TimerKind) -> Drop:
    return Drop(kinds=kinds, subject_id=incident.id)


def _grouped(keys: Iterable[tuple[TimerKind, str]]) -> list[Change]:
    kinds: dict[str, list[TimerKind]] = {}
    for kind, id in keys:
        kinds.setdefault(id, []).append(kind)
    return [Drop(kinds=tuple(found), subject_id=id) for id, found in kinds.items()]


def _after(at: datetime, wait: timedelta) -> datetime | None:
    return at + wait if wait else None
