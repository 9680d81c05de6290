"""One line for whoever declared an incident whose channel has to wait for Slack."""

import structlog

from bot.slack import blocks as b
from bot.slack.blocks import Message
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person, member_of
from bot.slack.delivery.posting import Poster
from bot.slack.text import literal, mention
from core.language import say
from core.ports import Undeliverable, Unreachable

ROLE = "waiting"
LONG = 5.0
"""Seconds; nobody misses a channel any earlier."""

log = structlog.get_logger(__name__)


class Waiting:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def told(self, errand: IncidentErrand, failure: Unreachable) -> Unreachable:
        """Tell it below the announcement, or in person where there is none; answers the failure,
        which comes back soon where that did not work either."""
        wait = failure.retry_after or 0.0
        if wait < LONG:
            return failure
        try:
            if await self._poster.standing(errand, ROLE) is None:
                await self._tell(errand)
        except Unreachable as other:
            doubtful = failure.doubtful or other.doubtful
            soon = min(wait, other.retry_after or LONG)
            return Unreachable(str(failure), retry_after=soon, doubtful=doubtful)
        except Undeliverable as refusal:
            log.info("nobody_told_of_the_wait", reason=str(refusal))
        return failure

    async def _tell(self, errand: IncidentErrand) -> None:
        creator = errand.card.creator
        spot = await self._poster.announcement_thread(errand)
        if spot:
            member = await member_of(errand, creator) if creator else None
            await self._poster.once(errand, ROLE, spot, _message(errand.reference, member or ""))
        elif creator and (spot := await in_person(errand, creator)):
            await self._poster.once(errand, ROLE, spot, _message(errand.reference))


def _message(reference: str, called: str = "") -> Message:
    """`called` is the Slack id of whoever is to read it."""
    sentence = say(
        "The channel of {reference} waits: Slack opens only so many in a minute, the most severe "
        "incidents first. {reference} is recorded, all commands work, and you are invited as soon "
        "as the channel is open.",
        reference=reference,
    )
    if not called:
        return b.notice(sentence)
    text = f"{mention(called)} {literal(sentence)}"
    return Message(text=text, blocks=[b.section(b.mrkdwn(text))])
