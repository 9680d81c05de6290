"""News in the channel; without one, in the thread under the announcement."""

from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand, nowhere
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.lateness import is_old, still_worth_telling
from bot.slack.delivery.posting import Poster
from bot.slack.shapes import Spot
from bot.slack.views.execution import execution_steps
from bot.slack.views.notices import timeline_notice, update_notice
from core.domain.events import AlertsFired, EffectBuried
from core.domain.procedure import Execution
from core.effects import OpenChannel, PostExecution, PostNotice, PostUpdate, RefreshAnnouncement
from core.ports import Clock, ReadModels, Undeliverable
from core.views import TimelineEntry

PLACES = frozenset({OpenChannel.__name__, RefreshAnnouncement.__name__})
"""Effects that make the places where news is posted."""


class News:
    def __init__(self, poster: Poster, reads: ReadModels, clock: Clock) -> None:
        self._poster = poster
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
            message = timeline_notice(entry, called=await _called(errand, entry))
            await self._post(errand, f"notice:{effect.entry_id}", message)

    async def execution(self, effect: PostExecution, errand: IncidentErrand) -> None:
        """The steps as they were when somebody began to take them."""
        id = effect.execution_id
        execution = await self._reads.record(errand.organization_id, Execution, id)
        await self._post(errand, f"execution:{id}", execution_steps(execution))

    async def _post(self, errand: IncidentErrand, role: str, message: Message) -> None:
        thread = await self._poster.announcement_thread(errand) if errand.room is None else None
        spot = Spot(room=errand.room) if errand.room else thread
        if spot is None and errand.card.incident.deleted_at:
            return  # before it had a place, so that nobody waits for news of it
        if spot is None:
            raise await self._nowhere(errand)
        await self._poster.once(errand, role, spot, message)

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


async def _called(errand: IncidentErrand, entry: TimelineEntry) -> str:
    """Who has to hear of it, as Slack knows them: whoever takes care of the incident."""
    person = errand.card.assignee or errand.card.acknowledger
    if person is None or not (isinstance(entry.event, AlertsFired) and entry.event.calls):
        return ""
    return await member_of(errand, person) or ""
