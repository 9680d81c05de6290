"""What tests of channels do and look at: declaring, settings, threads and personal messages."""

from typing import Any

from core.commands import Command, DeclareIncident, R, ReopenIncident, ResolveIncident
from core.commands.settings import EditIncidentSettings
from core.domain.events import ChannelChanged
from core.domain.ids import UserId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.views import IncidentCard
from sandbox.conversation.card import Card
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.fakes.people import a_caller, the_operator
from tests.integration.slack.stage import Stage


async def decided(stage: Stage, **settings: Any) -> IncidentSettings:
    """Somebody changed the settings of the organisation."""
    wish = EditIncidentSettings(caller=the_operator(stage.organization_id), **settings)
    return await stage.bus.execute(wish)


async def known_as(stage: Stage, name: str) -> UserId:
    """The user of somebody who was seen in Slack, or who has an account with their address."""
    directory, email = stage.store.directory, f"{name}@example.com"
    user = await directory.user_with_email(stage.organization_id, email)
    assert user
    return user.id


async def executed(stage: Stage, command: Command[R]) -> R:
    result = await stage.bus.execute(command)
    await stage.settled()
    return result


async def declared(stage: Stage, title: str = "Search is slow", **parts: Any) -> Incident:
    """By somebody who is not in Slack, with everything shown of it."""
    parts.setdefault("severity", "high")
    parts.setdefault("caller", a_caller(stage.organization_id))
    return await executed(stage, DeclareIncident(title=title, **parts))


async def resolved(stage: Stage, incident: Incident) -> None:
    caller = a_caller(stage.organization_id)
    await executed(stage, ResolveIncident(caller=caller, incident_id=incident.id))


async def reopened(stage: Stage, incident: Incident) -> None:
    caller = a_caller(stage.organization_id)
    await executed(stage, ReopenIncident(caller=caller, incident_id=incident.id))


async def now_is(stage: Stage, reference: str = "INC-1") -> IncidentCard:
    row = (await stage.store.reads.incident(stage.organization_id, reference)).row
    return await stage.store.reads.card(stage.organization_id, row.id)


async def heard(stage: Stage, fate: str, times: int = 1) -> ChannelChanged:
    """Wait until Tocsin knows what befell the channel of the first incident."""
    id = (await now_is(stage)).incident.id

    async def look() -> ChannelChanged | None:
        entries = await stage.store.reads.timeline(stage.organization_id, id)
        events = [entry.event for entry in entries if isinstance(entry.event, ChannelChanged)]
        found = [event for event in events if event.what == fate]
        return found[-1] if len(found) >= times else None

    event = await wait_for(look, f"A channel that was {fate}")
    await stage.settled()
    return event


async def room_of(stage: Stage, reference: str = "INC-1") -> Room:
    """The incident's channel as it is now."""
    channel = (await now_is(stage, reference)).incident.channel_id
    return next(room for room in await stage.sandbox.channels() if room.id == channel)


async def in_thread(stage: Stage, words: str = "INC-1") -> list[str]:
    """What is said below the announcement with these words."""
    announcement = await stage.announcement(words)
    return [card.words for card in await (await stage.room("incidents")).thread(announcement)]


async def in_person(stage: Stage, name: str) -> list[str]:
    """What Tocsin wrote to somebody alone."""
    member = await stage.sandbox.person(name).id()
    rooms = [room for room in await stage.sandbox.channels() if room.wire["is_im"]]
    own = [room for room in rooms if member in room.wire["members"]]
    return [card.words for room in own for card in await room.messages()]


async def everything_said(stage: Stage) -> list[Card]:
    """In public channels."""
    public = [room for room in await stage.sandbox.channels() if not room.wire["is_private"]]
    return [card for room in public for card in await room.messages()]


def is_said(words: str, texts: list[str]) -> bool:
    return any(words in text for text in texts)
