"""Takes the buttons off reminders that nothing is to be done about any more."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.views.reminders import Settled, settled_message
from core.domain import events as e
from core.domain.ids import EntryId
from core.domain.reminder import Reminder
from core.domain.reminder_times import attended
from core.ports import Posting, ReadModels
from core.views import TimelineEntry

REMINDER, SETTLED = "reminder:", "settled:"
ABOUT_THE_INCIDENT = (Reminder.LEAD, Reminder.UPDATE, Reminder.STALE)

log = structlog.get_logger(__name__)


class Settling:
    """Whatever settled it: whoever scrolls up at night shall press nothing that is done."""

    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def look(self, errand: IncidentErrand) -> None:
        waiting = _waiting(await self._poster.all_standing(errand))
        if not waiting:
            return
        timeline = await self._reads.timeline(errand.organization_id, errand.incident_id)
        entries = {entry.id: entry for entry in timeline}
        await one_by_one(
            partial(self._settled, errand, posting, entry, timeline)
            for posting in waiting
            if (entry := entries.get(_entry_id(posting)))
        )

    async def _settled(
        self,
        errand: IncidentErrand,
        posting: Posting,
        entry: TimelineEntry,
        timeline: Sequence[TimelineEntry],
    ) -> None:
        how = _how(errand, entry, [one.event for one in timeline if one.at > entry.at])
        if how is None:
            return
        message = settled_message(how, errand.card)
        try:
            await errand.gateway.edit(Room(id=posting.channel_id), posting.ts, message)
        except Refused as refused:
            log.info("reminder_stays_as_it_was", reason=str(refused))
        role = f"{SETTLED}{posting.role.removeprefix(REMINDER)}"
        await self._poster.note(errand, replace(posting, role=role))


def _waiting(standing: Iterable[Posting]) -> list[Posting]:
    found = {one.role: one for one in standing}
    reminders = (one for role, one in found.items() if role.startswith(REMINDER))
    return [one for one in reminders if f"{SETTLED}{one.role.removeprefix(REMINDER)}" not in found]


def _entry_id(posting: Posting) -> EntryId:
    return EntryId(posting.role.removeprefix(REMINDER).partition(":")[0])


def _how(errand: IncidentErrand, entry: TimelineEntry, since: Sequence[e.Event]) -> Settled | None:
    """None while it is still to be done, and of tasks, which say themselves what became of them."""
    due, incident = entry.event, errand.card.incident
    if not isinstance(due, e.ReminderDue) or due.reminder not in ABOUT_THE_INCIDENT:
        return None
    if not attended(incident):
        return Settled.OVER
    if due.reminder is Reminder.LEAD and incident.assignee_id:
        return Settled.LED
    if due.reminder is not Reminder.LEAD and any(isinstance(one, e.UpdatePosted) for one in since):
        return Settled.UPDATED
    alike = [one for one in since if getattr(one, "reminder", None) is due.reminder]
    if any(isinstance(one, e.ReminderDue) for one in alike):
        return Settled.ASKED_AGAIN
    return Settled.PUT_OFF if alike else None
