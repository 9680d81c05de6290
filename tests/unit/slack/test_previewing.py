"""What is shown beside links is noted before, and what was not shown is not."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import refusal
from bot.slack.gateway import Gateway
from bot.slack.limits import Limits
from bot.slack.linked import linked
from bot.slack.previewing import Previewing
from bot.slack.shapes import Answer, Room
from bot.slack.shown_links import MOST_NOTED, ShownLinks, lane_of, shown_by
from core.bus import CommandBus
from core.commands import DeclareIncident
from core.domain.actor import Caller
from core.domain.ids import ChannelId, IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.viewer import NOBODY
from core.ports import Posting, Undeliverable
from tests.fakes.store import FakeStore

BASE = "https://tocsin.example.com"
EVENT: Mapping[str, Any] = {
    "channel": "C0GENERAL",
    "message_ts": "1700.1",
    "unfurl_id": "1.2.3",
    "source": "conversations_history",
}


class UnfurlingGateway(Gateway):
    """Refuses in that order for these reasons, and keeps what it was asked for."""

    def __init__(self, refusals: Iterable[str] = ()) -> None:
        super().__init__(AsyncWebClient(), Limits(time.monotonic, asyncio.sleep), "T1")
        self.refusals = [*refusals]
        self.asked: list[Mapping[str, Any]] = []

    async def _call(
        self, method: str, arguments: Mapping[str, Any], room: Room | None = None
    ) -> Answer:
        self.asked.append(arguments)
        if self.refusals:
            raise refusal(method, self.refusals.pop(0), room.spoken if room else "")
        return {}


@dataclass(slots=True, kw_only=True)
class Scene:
    store: FakeStore
    caller: Caller
    incidents: list[Incident]
    gateway: UnfurlingGateway = field(default_factory=UnfurlingGateway)

    @property
    def organization_id(self) -> OrganizationId:
        return self.caller.organization_id

    async def shares(self, *paths: str, **event: Any) -> None:
        previewing = Previewing(self.store.reads.seen_by(NOBODY), self.store.postings)
        ours = linked([f"{BASE}/incidents/{path}" for path in paths], BASE)
        await previewing.show(self.gateway, self.organization_id, {**EVENT, **event}, ours)

    async def noted(self, id: IncidentId) -> list[Posting]:
        return await self.store.postings.all_of(self.organization_id, lane_of(id))

    async def links_of(self, id: IncidentId) -> list[tuple[str, ...]]:
        return [shown_by(note).links for note in await self.noted(id) if note.ts]


@pytest.fixture
async def scene(store: FakeStore, bus: CommandBus, bob: Caller) -> Scene:
    incidents = [
        await bus.execute(DeclareIncident(caller=bob, title=title, severity=Severity.HIGH))
        for title in ("Search is slow", "Payroll leaked")
    ]
    return Scene(store=store, caller=bob, incidents=incidents)


async def test_links_of_one_message_are_noted_of_the_incident_that_they_show(
    scene: Scene,
) -> None:
    one, other = scene.incidents

    await scene.shares("INC-1", "INC-2", "INC-1?again=1")

    assert await scene.links_of(one.id) == [
        (f"{BASE}/incidents/INC-1", f"{BASE}/incidents/INC-1?again=1")
    ]
    assert await scene.links_of(other.id) == [(f"{BASE}/incidents/INC-2",)]
    assert len(scene.gateway.asked) == 1


async def test_of_what_slack_refused_nothing_is_noted(scene: Scene) -> None:
    scene.gateway.refusals = ["cannot_unfurl_url"]

    with pytest.raises(Undeliverable):
        await scene.shares("INC-1")

    assert await scene.links_of(scene.incidents[0].id) == []


async def test_what_stands_is_still_noted_when_slack_tells_of_the_link_twice(scene: Scene) -> None:
    await scene.shares("INC-1")
    scene.gateway.refusals = ["cannot_unfurl_message"]

    with pytest.raises(Undeliverable):
        await scene.shares("INC-1")

    assert await scene.links_of(scene.incidents[0].id) == [(f"{BASE}/incidents/INC-1",)]


async def test_what_cannot_be_noted_any_more_is_not_shown(scene: Scene) -> None:
    one = scene.incidents[0]
    for number in range(MOST_NOTED):
        shown = ShownLinks(
            unfurl_id=str(number), channel_id=ChannelId("C1"), ts="1.1", links=("https://x",)
        )
        await scene.store.postings.record(scene.organization_id, lane_of(one.id), shown.note)

    await scene.shares("INC-1", "INC-2")

    [asked] = scene.gateway.asked
    assert [*asked["unfurls"]] == [f"{BASE}/incidents/INC-2"]
    assert len(await scene.noted(one.id)) == MOST_NOTED


async def test_what_slack_tells_twice_is_noted_once(scene: Scene) -> None:
    for _ in range(2):
        await scene.shares("INC-1")

    assert len(await scene.noted(scene.incidents[0].id)) == 1


async def test_what_is_shown_anew_is_found_by_its_place_where_its_name_is_forgotten() -> None:
    gateway = UnfurlingGateway(["invalid_unfurl_id"])

    await gateway.unfurl_anew(Room(id=ChannelId("C1")), "1700.1", "1.2.3", {"https://x": []})

    named, placed = gateway.asked
    assert (named["unfurl_id"], named["source"]) == ("1.2.3", "conversations_history")
    assert (placed["channel"], placed["ts"]) == ("C1", "1700.1")


def test_what_was_noted_is_read_again() -> None:
    shown = ShownLinks(
        unfurl_id="1.2.3", channel_id=ChannelId("C1"), ts="1700.1", links=("https://x", "https://y")
    )

    assert shown_by(shown.note) == shown


async def test_nothing_is_shown_of_a_rehearsal_that_nobody_was_told_of(
    scene: Scene, bus: CommandBus, bob: Caller
) -> None:
    over = DeclareIncident(
        caller=bob, title="A drill", severity="high", state=State.RESOLVED, mode=Mode.TEST
    )
    await bus.execute(over)

    await scene.shares("INC-3")

    assert scene.gateway.asked == []
