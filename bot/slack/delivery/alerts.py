"""The message with the incident's alerts: there and true, in the thread below its card."""

from bot.slack.blocks import Message
from bot.slack.delivery.card import Cards
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import CARD, NO_THREAD, Poster
from bot.slack.failures import Refused
from bot.slack.shapes import Spot
from bot.slack.views.alerts import LISTED, alerts_message
from core.domain.alert import AlertStatus
from core.effects import RefreshAlerts, RefreshCard
from core.ports import AlertQuery, AlertRow, ReadModels

ALERTS = "alerts"
ENDED_TOO = frozenset({AlertStatus.RESOLVED})


class AlertLists:
    def __init__(self, poster: Poster, cards: Cards, reads: ReadModels) -> None:
        self._poster = poster
        self._cards = cards
        self._reads = reads

    async def refresh(self, effect: RefreshAlerts, errand: IncidentErrand) -> None:
        """An incident without alerts has no such message, unless it had some before."""
        standing = await self._poster.standing(errand, ALERTS)
        if standing is None and (not errand.card.alerts or errand.card.incident.deleted_at):
            return
        message = alerts_message(errand.card, await self._listed(errand))
        try:
            await self._show(errand, message)
        except Refused as refused:
            if errand.room is None or refused.code not in NO_THREAD:
                raise
            await self._cards.refresh(RefreshCard(incident_id=errand.incident_id), errand)
            await self._show(errand, message)

    async def _show(self, errand: IncidentErrand, message: Message) -> None:
        if spot := await self._thread(errand):
            await self._poster.kept_true(errand, ALERTS, spot, message)

    async def _thread(self, errand: IncidentErrand) -> Spot | None:
        """A thread needs its card first: what waits behind the card is settled with this one.
        Without a channel it is the thread below the announcement."""
        if errand.room is None:
            return await self._poster.announcement_thread(errand)
        if await self._poster.standing(errand, CARD) is None:
            await self._cards.refresh(RefreshCard(incident_id=errand.incident_id), errand)
        card = await self._poster.standing(errand, CARD)
        return Spot(room=errand.room, thread_ts=card.ts if card else "")

    async def _listed(self, errand: IncidentErrand) -> list[AlertRow]:
        """Those that fire first, newest first."""
        rows = await self._page(errand, frozenset({AlertStatus.FIRING}), LISTED)
        left = LISTED - len(rows)
        ended = await self._page(errand, ENDED_TOO, left) if left else []
        return [*rows, *ended]

    async def _page(
        self, errand: IncidentErrand, statuses: frozenset[AlertStatus], limit: int
    ) -> list[AlertRow]:
        query = AlertQuery(incident_id=errand.incident_id, statuses=statuses, limit=limit)
        return [*(await self._reads.alerts(errand.organization_id, query)).rows]
