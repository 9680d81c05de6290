"""Card, announcement and topic say of other incidents what everybody who reads them may know now.

Only what stands is edited: what somebody deleted is not said again out of the blue. Where nothing
can be edited any more, as in a channel that was archived, the number stays, and nobody is troubled
with that. The lines in which others are named are said again in a lane of their own.
"""

from functools import partial

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.few import Few
from bot.slack.delivery.lines import edited_if_allowed, left_if_refused
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import ANNOUNCEMENT, CARD, Poster
from bot.slack.delivery.topic import ROLE as TOPIC
from bot.slack.delivery.topic import Topics
from bot.slack.rhythm import with_rhythm
from bot.slack.views.announcement import announcement
from bot.slack.views.card import incident_card
from core.effects import RefreshMentions, RefreshTopic
from core.language import say
from core.ports import Posting, ReadModels
from core.views import IncidentCard

MOST = 4
"""Side by side; what waits is the incidents' own lanes, of which each has two or three calls."""


class Mentions:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads
        self._topics = Topics(poster)
        self._few = Few(MOST)

    async def refresh(self, effect: RefreshMentions, errand: IncidentErrand) -> None:
        """What does not stand there yet says it right by itself."""
        with self._few.place(say("Lines of other incidents are said again first.")):
            near = await self._poster.all_standing(errand)
            await one_by_one(partial(self._shown_again, errand, one) for one in near)

    async def _shown_again(self, errand: IncidentErrand, posting: Posting) -> None:
        """What is private was taken back where everybody reads, and stays so."""
        here = errand.room is not None and posting.channel_id == errand.room.id
        if posting.role == ANNOUNCEMENT and not errand.secret:
            await edited_if_allowed(errand, posting, announcement(await self._told_of(errand)))
        elif posting.role == CARD and here:
            await edited_if_allowed(errand, posting, incident_card(await self._told_of(errand)))
        elif posting.role == TOPIC and here:
            topic = RefreshTopic(incident_id=errand.incident_id)
            await left_if_refused(posting, self._topics.refresh(topic, errand))

    async def _told_of(self, errand: IncidentErrand) -> IncidentCard:
        return await with_rhythm(errand.card, self._reads, errand.organization_id)
