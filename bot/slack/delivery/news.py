"""News in the channel; without one, in the thread under the announcement."""

from dataclasses import replace

from bot.slack.blocks import Block, Message
from bot.slack.delivery.elsewhere import told_there
from bot.slack.delivery.errand import IncidentErrand, nowhere
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.lateness import is_old, still_worth_telling
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import Whereabouts
from bot.slack.tasks.known import owners_of, tasks_of
from bot.slack.views.execution import execution_steps
from bot.slack.views.notices import lasting, timeline_notice, update_notice
from bot.slack.views.postmortem import beginning
from bot.slack.views.tasks import TaskList, left_behind
from core.domain.actor import Surface
from core.domain.events import (
    AlertsFired,
    EffectBuried,
    Event,
    IncidentReopened,
    IncidentResolved,
)
from core.domain.procedure import Execution
from core.domain.state import OVER
from core.effects import OpenChannel, PostExecution, PostNotice, PostUpdate, RefreshAnnouncement
from core.ports import Clock, ReadModels, Undeliverable
from core.views import TimelineEntry

PLACES = frozenset({OpenChannel.__name__, RefreshAnnouncement.__name__})
"""Effects that make the places where news is posted."""


class News:
    def __init__(self, poster: Poster, reads: ReadModels, clock: Clock) -> None:
        self._whereabouts = Whereabouts(poster, reads)
        self._reads = reads
        self._clock = clock

    async def update(self, effect: PostUpdate, errand: IncidentErrand) -> None:
        update = await self._reads.update(errand.organization_id, effect.update_id)
        message = update_notice(update, errand.card.incident.reference)
        await self._post(errand, f"update:{effect.update_id}", message)

    async def notice(self, effect: PostNotice, errand: IncidentErrand) -> None:
        """What came late and is known otherwise is passed over."""
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        if await self._serves(errand, entry):
            called = await _called(errand, entry)
            entry, place = await told_there(self._reads, errand, entry)
            message = timeline_notice(entry, called=called, place=place)
            message = lasting(message, entry, errand.card.incident)
            undone = await self._undone(errand, entry)
            shown = replace(message, blocks=[*message.blocks, *undone])
            await self._post(errand, f"notice:{effect.entry_id}", shown)

    async def execution(self, effect: PostExecution, errand: IncidentErrand) -> None:
        """The steps as they were when somebody began to take them."""
        id = effect.execution_id
        execution = await self._reads.record(errand.organization_id, Execution, id)
        await self._post(errand, f"execution:{id}", execution_steps(execution))

    async def _undone(self, errand: IncidentErrand, entry: TimelineEntry) -> list[Block]:
        """With the news that it is over comes what is still to be done, and the postmortem."""
        if not isinstance(entry.event, IncidentResolved):
            return []
        tasks = await tasks_of(self._reads, errand.organization_id, errand.incident_id)
        owners = await owners_of(self._reads, errand.organization_id, tasks)
        incident, now = errand.card.incident, self._clock()
        left = left_behind(TaskList(incident=incident, tasks=tasks, owners=owners, now=now))
        return [*left, beginning(incident)]

    async def _post(self, errand: IncidentErrand, role: str, message: Message) -> None:
        if await self._whereabouts.say(errand, role, message):
            return
        incident = errand.card.incident
        if not incident.deleted_at and incident.state not in OVER:
            raise await self._nowhere(errand)
        # It was over, or deleted, before it had a place, so that nobody waits for news of it.

    async def _serves(self, errand: IncidentErrand, entry: TimelineEntry) -> bool:
        if not is_old(entry, self._clock()):
            return True
        timeline = await self._reads.timeline(errand.organization_id, errand.incident_id)
        return still_worth_telling(entry, timeline, errand.card)

    async def _nowhere(self, errand: IncidentErrand) -> Undeliverable:
        """For the reason that left it without a place: what was told once is not told again."""
        timeline = await self._reads.timeline(errand.organization_id, errand.incident_id)
        for entry in timeline:
            if isinstance(entry.event, EffectBuried) and entry.event.effect in PLACES:
                return Undeliverable(entry.event.reason)
        return nowhere(errand)


def calls(event: Event) -> bool:
    """Whether somebody has to look: alerts joined what they had, or it is not put off any more."""
    if isinstance(event, AlertsFired):
        return event.calls
    return isinstance(event, IncidentReopened) and event.by.surface is Surface.SCHEDULER


async def _called(errand: IncidentErrand, entry: TimelineEntry) -> str:
    """Who has to hear of it, as Slack knows them: whoever takes care of the incident."""
    person = errand.card.assignee or errand.card.acknowledger
    if person is None or not calls(entry.event):
        return ""
    return await member_of(errand, person) or ""
