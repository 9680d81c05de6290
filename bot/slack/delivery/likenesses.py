"""The "looks like" message: there and true, below the card in the incident's channel."""

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import CARD, Poster
from bot.slack.shapes import Spot
from bot.slack.views.likenesses import looks_like
from core.domain.viewer import NOBODY
from core.effects import RefreshLikenesses
from core.ports import ReadModels
from core.views import LikenessRow

LIKENESSES = "likenesses"


class LooksLike:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def refresh(self, effect: RefreshLikenesses, errand: IncidentErrand) -> None:
        """Without a card it waits for the channel, which asks for it again; over it, nobody would
        see what the incident is."""
        if errand.room is None or await self._poster.standing(errand, CARD) is None:
            return
        rows = await self._public(errand)
        standing = await self._poster.standing(errand, LIKENESSES)
        if rows or standing:
            message = looks_like(errand.card.incident, rows)
            await self._poster.kept_true(errand, LIKENESSES, Spot(room=errand.room), message)

    async def _public(self, errand: IncidentErrand) -> list[LikenessRow]:
        """Whoever is in a channel may be no member of another incident."""
        organization_id = errand.organization_id
        rows = await self._reads.likenesses(organization_id, errand.incident_id)
        everybody, ids = self._reads.seen_by(NOBODY), [row.id for row in rows]
        hidden = await everybody.hidden_among(organization_id, ids)
        return [row for row in rows if row.id not in hidden]
