"""Takes the buttons off reminders that nothing is to be done about any more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import get_args

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.views.reminders import Settled, settled_message
from core.domain import events as e
from core.domain.ids import EntryId, UserId
from core.domain.reminder import Reminder
from core.domain.reminder_times import attended
from core.domain.viewer import Viewer
from core.ports import Posting, ReadModels
from core.views import TimelineEntry, TimelineQuery

REMINDER, SETTLED = "reminder:", "settled:"
ABOUT_THE_INCIDENT = (Reminder.LEAD, Reminder.UPDATE, Reminder.STALE)
"""Those of tasks say themselves what became of them."""

NEWS = (e.UpdatePosted, e.ReminderDue, e.ReminderPutOff)
NO_NEWS = tuple(kind for kind in get_args(e.Event) if kind not in NEWS)
MOST_NEWS = 50

log = structlog.get_logger(__name__)


class Settling:
    """Whatever settled it: whoever scrolls up at night shall press nothing that is done."""

    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def look(self, errand: IncidentErrand) -> None:
        standing = await self._poster.all_standing(errand)
        waiting = [one for one in _waiting(standing) if _may_be_told(errand, one)]
        if waiting:
            asked = {entry.id: entry for entry in await self._asked(errand, waiting)}
            await one_by_one(
                partial(self._settled, errand, posting, entry)
                for posting in waiting
                if (entry := asked.get(_entry_id(posting)))
            )

    async def _asked(
        self, errand: IncidentErrand, waiting: Sequence[Posting]
    ) -> Sequence[TimelineEntry]:
        ids = {_entry_id(posting) for posting in waiting}
        organization, incident = errand.organization_id, errand.incident_id
        return await self._reads.timeline_named(organization, incident, ids)

    async def _settled(
        self, errand: IncidentErrand, posting: Posting, entry: TimelineEntry
    ) -> None:
        due = entry.event
        if isinstance(due, e.ReminderDue) and due.reminder in ABOUT_THE_INCIDENT:
            how = _by_now(errand, due) or _since(due, await self._news(errand, entry))
            if how is None:
                return
            await _edited(errand, posting, how)
        role = f"{SETTLED}{posting.role.removeprefix(REMINDER)}"
        await self._poster.note(errand, replace(posting, role=role))

    async def _news(self, errand: IncidentErrand, entry: TimelineEntry) -> Sequence[e.Event]:
        """There may be thousands of other lines, and this is asked at every turn."""
        query = TimelineQuery(limit=MOST_NEWS, unread=NO_NEWS, last=True)
        organization, incident = errand.organization_id, errand.incident_id
        found = await self._reads.timeline_stretch(organization, incident, query)
        return [one.event for one in found.entries if one.at > entry.at]


async def _edited(errand: IncidentErrand, posting: Posting, how: Settled) -> None:
    message = settled_message(how, errand.card)
    try:
        await errand.gateway.edit(Room(id=posting.channel_id), posting.ts, message)
    except Refused as refused:
        log.info("reminder_stays_as_it_was", reason=str(refused))


def _waiting(standing: Iterable[Posting]) -> list[Posting]:
    found = {one.role: one for one in standing}
    reminders = (one for role, one in found.items() if role.startswith(REMINDER))
    return [one for one in reminders if f"{SETTLED}{one.role.removeprefix(REMINDER)}" not in found]


def _may_be_told(errand: IncidentErrand, posting: Posting) -> bool:
    """Of what is private nothing is said any more where it was taken back, nor to who is out."""
    incident, reader = errand.card.incident, posting.role.split(":")[2:]
    if not errand.secret or posting.channel_id == incident.channel_id:
        return True
    return bool(reader) and Viewer(user_id=UserId(reader[-1])).sees(incident)


def _entry_id(posting: Posting) -> EntryId:
    return EntryId(posting.role.removeprefix(REMINDER).partition(":")[0])


def _by_now(errand: IncidentErrand, due: e.ReminderDue) -> Settled | None:
    incident = errand.card.incident
    if not attended(incident):
        return Settled.PUT_OFF if incident.active else Settled.OVER  # snoozed, say
    return Settled.LED if due.reminder is Reminder.LEAD and incident.assignee_id else None


def _since(due: e.ReminderDue, news: Sequence[e.Event]) -> Settled | None:
    """None while it is still to be done."""
    if due.reminder is not Reminder.LEAD and any(isinstance(one, e.UpdatePosted) for one in news):
        return Settled.UPDATED
    alike = [one for one in news if getattr(one, "reminder", None) is due.reminder]
    if any(isinstance(one, e.ReminderDue) for one in alike):
        return Settled.ASKED_AGAIN
    return Settled.PUT_OFF if alike else None
