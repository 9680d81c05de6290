"""Lines about alert sources: gone quiet, or alerts that only a channel is told of."""

from datetime import datetime, timedelta

from bot.slack.blocks import Message
from bot.slack.delivery.announced_in import AnnouncedIn, nowhere_to_announce
from bot.slack.delivery.errand import SourceErrand
from bot.slack.delivery.lateness import is_old
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.naming import name_in
from bot.slack.shapes import Room, Spot
from bot.slack.text import literal, moment
from bot.slack.views.notices import source_notice
from core.domain.events import AlertsNotified
from core.domain.ids import ChannelId
from core.effects import PostAlertNotice
from core.language import say, to_say
from core.ports import Clock, Posting, Undeliverable

MOST, WHILE = 10, timedelta(minutes=10)
"""So many lines of one rule within that time; a flood is no news."""

LOST = 800
"""So much is said of why a line stands elsewhere."""

ENOUGH = to_say("That is enough for now: nothing more of this rule is told here before {until}.")


class AlertNotices:
    def __init__(
        self, poster: Poster, rooms: Rooms, announced_in: AnnouncedIn, clock: Clock
    ) -> None:
        self._poster = poster
        self._rooms = rooms
        self._announced_in = announced_in
        self._clock = clock

    async def post(self, effect: PostAlertNotice, errand: SourceErrand) -> None:
        event = errand.entry.event
        if isinstance(event, AlertsNotified):
            await self._told(errand, event)
        else:
            await self._announced(errand, source_notice(errand.entry))

    async def _told(self, errand: SourceErrand, event: AlertsNotified) -> None:
        """What is old already is no news to anybody, and can be read of the alerts themselves."""
        now = self._clock()
        if is_old(errand.entry, now):
            return
        since, count = await self._tally(errand, event, now)
        if count < MOST:
            remark = say(ENOUGH, until=moment(since + WHILE)) if count == MOST - 1 else ""
            await self._in_its_channel(errand, event, remark)
            tally = Posting(
                role=_role(event), channel_id=ChannelId(""), ts=f"{since.isoformat()} {count + 1}"
            )
            await self._poster.note(errand, tally)

    async def _tally(
        self, errand: SourceErrand, event: AlertsNotified, now: datetime
    ) -> tuple[datetime, int]:
        """How many lines of the rule were told, and since when these are counted."""
        standing = await self._poster.standing(errand, _role(event))
        if standing is None:
            return now, 0
        begun, _, count = standing.ts.partition(" ")
        since = datetime.fromisoformat(begun)
        return (since, int(count)) if now - since < WHILE else (now, 0)

    async def _in_its_channel(
        self, errand: SourceErrand, event: AlertsNotified, remark: str
    ) -> None:
        """Where the rule says; what cannot be said there is said where incidents are announced."""
        message = source_notice(errand.entry, remark)
        try:
            channel = event.channel or await self._announced_in.of(errand)
            await self._said(errand, channel, message, _unseen(event))
        except Undeliverable as refusal:
            lost = say(
                "It was to be told in {channel}: {refusal}",
                channel=event.channel or say("another channel"),
                refusal=refusal,
            )
            whole = f"{literal(lost, LOST)} {remark}".strip()
            await self._announced(errand, source_notice(errand.entry, whole))

    async def _announced(self, errand: SourceErrand, message: Message) -> None:
        await self._said(errand, await self._announced_in.of(errand), message)

    async def _said(
        self, errand: SourceErrand, channel: str, message: Message, unseen: str = ""
    ) -> None:
        async def show(room: Room) -> None:
            role = f"notice:{errand.entry.id}"
            await self._poster.once(errand, role, Spot(room=room), message)

        missing = unseen or nowhere_to_announce(channel)
        await self._rooms.shown_in(errand, channel, show, missing=missing)


def _role(event: AlertsNotified) -> str:
    return f"told:{event.channel}:{event.rule}"


def _unseen(event: AlertsNotified) -> str:
    """Why nothing can be told where the rule says; empty where it names no channel."""
    if not event.channel:
        return ""
    return say(
        "the rule “{rule}” names the channel #{channel}, which Tocsin cannot see; "
        "create it (a private one: invite Tocsin), or let the rule name another one.",
        rule=event.rule,
        channel=name_in(event.channel),
    )
