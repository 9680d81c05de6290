"""Of an incident whose channel has to wait, nothing is said where everybody reads by then."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.channel import Channels
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import ANNOUNCEMENT, Poster
from bot.slack.gateway import Gateway
from bot.slack.limits import Limits
from bot.slack.shapes import Member, Room, Spot
from bot.slack.workspaces import Workspace
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.ids import ChannelId, IncidentId, TeamId
from core.effects import OpenChannel
from core.ports import Parcel, ParcelId, Posting, Unreachable
from tests.fakes.store import FakeStore


@dataclass(slots=True)
class Meanwhile:
    """What happens while Slack is asked for a channel, and what is posted after it."""

    bus: CommandBus
    caller: Caller
    private: bool
    posted: list[Spot] = field(default_factory=list)


class BusyGateway(Gateway):
    def __init__(self, meanwhile: Meanwhile, incident_id: IncidentId) -> None:
        super().__init__(AsyncWebClient(), Limits(time.monotonic, asyncio.sleep), "T1")
        self._meanwhile = meanwhile
        self._incident_id = incident_id

    async def create_channel(self, name: str, *, private: bool = False) -> Room:
        caller, id = self._meanwhile.caller, self._incident_id
        if self._meanwhile.private:
            turned = ChangeMembers(caller=caller, incident_id=id, private=True)
            await self._meanwhile.bus.execute(turned)
        raise Unreachable("Slack limits.", retry_after=60.0)

    async def member_with_email(self, email: str) -> Member:
        return Member(
            id="U1", name="Alice", email=email, is_bot=False, is_guest=False, is_gone=False
        )

    async def open_direct(self, user: str) -> Room:
        return Room(id=ChannelId("D1"))

    async def post(self, spot: Spot, *_: Any, **__: Any) -> str:
        self._meanwhile.posted.append(spot)
        return "1700000000.000100"


async def _waited(store: FakeStore, meanwhile: Meanwhile) -> float | None:
    """For how long it waits, after everybody was told who is told."""
    caller, organization_id = meanwhile.caller, meanwhile.caller.organization_id
    wish = DeclareIncident(caller=caller, title="Payroll leaked", severity="high")
    incident = await meanwhile.bus.execute(wish)
    stands = Posting(role=ANNOUNCEMENT, channel_id=ChannelId("C1"), ts="1700000000.000001")
    await store.postings.record(organization_id, incident.id, stands)
    workspace = Workspace(
        team_id=TeamId("T1"),
        organization_id=organization_id,
        bot_user_id="U0",
        bot_id="B0",
        token="xoxb-0",
        gateway=BusyGateway(meanwhile, incident.id),
    )
    effect = OpenChannel(incident_id=incident.id)
    parcel = Parcel(id=ParcelId(1), organization_id=organization_id, effect=effect)
    card = await store.reads.card(organization_id, incident.id)
    poster = Poster(store.postings, AnnouncedIn(store.reads, "incidents"))
    errand = IncidentErrand(parcel=parcel, workspace=workspace, card=card)
    try:
        await Channels(meanwhile.bus, store.reads, poster).open(effect, errand)
    except Unreachable as failure:
        return failure.retry_after
    return None


async def test_whoever_waits_reads_it_below_the_announcement(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    meanwhile = Meanwhile(bus=bus, caller=alice, private=False)

    wait = await _waited(store, meanwhile)

    assert wait == 60.0
    assert [spot.room.id for spot in meanwhile.posted] == ["C1"]


async def test_what_turned_private_while_it_waited_is_named_to_its_declarer_alone(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    meanwhile = Meanwhile(bus=bus, caller=alice, private=True)

    wait = await _waited(store, meanwhile)

    assert wait == 60.0
    assert [spot.room.id for spot in meanwhile.posted] == ["D1"]
