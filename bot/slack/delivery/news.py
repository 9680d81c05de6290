"""Updates and timeline entries, posted into the channel; without one, under the announcement."""

from bot.slack.blocks import Message
from bot.slack.delivery.errand import Errand, nowhere
from bot.slack.delivery.invitations import member_of
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Spot
from bot.slack.views.notices import timeline_notice, trouble_notice, update_notice
from core.effects import PostNotice, PostUpdate, TellDeclarer
from core.ports import ReadModels

NO_DIRECT_MESSAGES = frozenset(
    {"messages_tab_disabled", "user_disabled", "user_not_found", "user_not_visible"}
)


class News:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def update(self, effect: PostUpdate, errand: Errand) -> None:
        update = await self._reads.update(errand.organization_id, effect.update_id)
        message = update_notice(update, errand.card.incident.reference)
        await self._post(errand, f"update:{effect.update_id}", message)

    async def notice(self, effect: PostNotice, errand: Errand) -> None:
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        await self._post(errand, f"notice:{effect.entry_id}", timeline_notice(entry))

    async def trouble(self, effect: TellDeclarer, errand: Errand) -> None:
        """In person; an incident that nobody declared in person tells it under its announcement."""
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        message = trouble_notice(entry, errand.card)
        spot = await self._direct(errand) or await self._poster.announcement_thread(errand)
        if spot is None:
            raise nowhere(errand)
        await self._poster.once(errand, f"trouble:{effect.entry_id}", spot, message)

    async def _post(self, errand: Errand, role: str, message: Message) -> None:
        thread = await self._poster.announcement_thread(errand) if errand.room is None else None
        spot = Spot(room=errand.room) if errand.room else thread
        if spot is None:
            raise nowhere(errand)
        await self._poster.once(errand, role, spot, message)

    @staticmethod
    async def _direct(errand: Errand) -> Spot | None:
        declarer = errand.card.creator
        member = await member_of(errand, declarer) if declarer else None
        if member is None:
            return None
        try:
            return Spot(room=await errand.gateway.open_direct(member))
        except Refused as refused:
            if refused.code not in NO_DIRECT_MESSAGES:
                raise
            return None
