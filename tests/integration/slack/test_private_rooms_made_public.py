"""A private incident is told of in no public channel, also where Slack never said it is public."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.commands import AddNote
from core.domain.actor import Caller
from core.domain.channel_fate import ChannelFate
from core.domain.incident import Incident
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import (
    declared,
    everything_said,
    executed,
    heard,
    is_said,
    room_of,
)
from tests.integration.slack.stage import Stage, staged


@dataclass(slots=True)
class Wound:
    """The time by which the door paces itself; `ahead` is what a test lets pass of it."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def wound() -> Wound:
    return Wound()


@pytest.fixture
async def stage(tmp_path: Path, wound: Wound) -> AsyncIterator[Stage]:
    async with staged(tmp_path, monotonic=wound) as stage:
        yield stage


@pytest.fixture
async def alice(stage: Stage) -> Caller:
    return await hire(stage.bus, stage.organization_id, "Alice Archer")


@pytest.fixture
async def leaked(stage: Stage, alice: Caller) -> Incident:
    return await declared(stage, "Payroll leaked", caller=alice, private=True)


async def made_public_unheard(stage: Stage) -> Room:
    await stage.sandbox.fault("delivery:event:message.channels", "undelivered", times=0)
    room = await room_of(stage)
    await stage.alice.converts(room)
    return room


async def in_public(stage: Stage) -> list[str]:
    return [card.words for card in await everything_said(stage)]


async def test_a_channel_of_which_nobody_heard_that_it_is_public_is_not_written_in(
    stage: Stage, wound: Wound, alice: Caller, leaked: Incident
) -> None:
    room = await made_public_unheard(stage)
    wound.ahead += 60

    await executed(stage, AddNote(caller=alice, incident_id=leaked.id, text="The key is lost."))

    assert not is_said("The key is lost.", await in_public(stage))
    other = await room_of(stage)
    assert (other.id == room.id, other.wire["is_private"]) == (False, True)
    assert (await heard(stage, ChannelFate.MADE_PUBLIC)).channel_name == room.name


async def test_a_channel_that_was_looked_at_a_moment_ago_is_not_looked_at_again(
    stage: Stage, wound: Wound, alice: Caller, leaked: Incident
) -> None:
    wound.ahead += 60
    await executed(stage, AddNote(caller=alice, incident_id=leaked.id, text="One."))
    looked = await looks(stage)

    await executed(stage, AddNote(caller=alice, incident_id=leaked.id, text="Two."))

    assert await looks(stage) == looked


async def looks(stage: Stage) -> int:
    calls = await stage.sandbox.journal("api_call")
    return sum(call["method"] == "conversations.info" for call in calls)


async def test_a_channel_that_is_private_again_by_the_time_it_is_heard_of_goes_on(
    stage: Stage, alice: Caller, leaked: Incident
) -> None:
    room = await room_of(stage)
    event = "delivery:event:message.channels"
    await stage.sandbox.fault(event, "delay", seconds=1.0)

    await stage.alice.converts(room)
    await stage.alice.converts(room)
    await heard(stage, ChannelFate.MADE_PRIVATE)
    await stage.sandbox.settled()

    assert (await room_of(stage)).id == room.id
