"""An incident becomes private while Slack is still busy with what was public of it."""

from dataclasses import replace

import pytest

from core.commands import AssignIncident, DeclareIncident
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.incident import Incident
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.fakes.people import hire
from tests.integration.slack.channels import (
    declared,
    everything_said,
    executed,
    heard,
    in_person,
    is_said,
    room_of,
)
from tests.integration.slack.stage import Stage


async def alice_hired(stage: Stage) -> Caller:
    return await hire(stage.bus, stage.organization_id, "Alice Archer")


async def begun(stage: Stage, caller: Caller) -> Incident:
    """Nobody waits until anything is shown of it."""
    wish = DeclareIncident(caller=caller, title="Payroll leaked", severity="high")
    return await stage.bus.execute(wish)


async def turned(stage: Stage, caller: Caller, incident: Incident) -> None:
    wish = ChangeMembers(caller=caller, incident_id=incident.id, private=True)
    await stage.bus.execute(wish)
    await stage.settled()


async def begins(stage: Stage) -> None:
    """Slack was asked for something, and is slow."""

    async def look() -> bool | None:
        rules = (await stage.sandbox.control.get("faults"))["faults"]
        return any(rule["fired"] for rule in rules) or None

    await wait_for(look, "A fault")


async def postponed(stage: Stage, effect: str) -> None:
    async def look() -> bool | None:
        return (effect, "postponed") in stage.outcomes or None

    await wait_for(look, f"{effect} to be tried again")


async def readable(stage: Stage) -> list[Room]:
    """Channels of incidents that everybody can read and write in."""
    return [
        room
        for room in await stage.sandbox.channels()
        if room.name.startswith("inc-")
        and not room.wire["is_private"]
        and not room.wire["is_archived"]
    ]


async def test_a_channel_that_was_opened_for_everybody_is_not_its_channel(stage: Stage) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("conversations.create", "slow", seconds=1.5)
    incident = await begun(stage, alice)
    await begins(stage)

    await turned(stage, alice, incident)

    room = await room_of(stage)
    assert room.wire["is_private"]
    assert "Payroll leaked" in (await stage.card(room)).words
    assert await readable(stage) == []


async def test_a_channel_of_which_nobody_knew_whether_it_was_opened_is_put_away(
    stage: Stage,
) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("conversations.create", "lost_reply")
    incident = await begun(stage, alice)
    await postponed(stage, "OpenChannel")

    await turned(stage, alice, incident)

    assert (await room_of(stage)).wire["is_private"]
    assert await readable(stage) == []


@pytest.mark.parametrize("archiving", ["rate_limited", "lost_reply"])
async def test_a_channel_that_was_opened_for_everybody_is_put_away_in_the_end(
    stage: Stage, archiving: str
) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("conversations.create", "slow", seconds=1.5)
    await stage.sandbox.fault("conversations.archive", archiving)
    incident = await begun(stage, alice)
    await begins(stage)

    await turned(stage, alice, incident)

    assert (await room_of(stage)).wire["is_private"]
    assert await readable(stage) == []


@pytest.mark.parametrize("creating", ["slow", "lost_reply"])
async def test_a_channel_for_everybody_that_cannot_be_put_away_is_told_by_its_name(
    stage: Stage, creating: str
) -> None:
    """And the incident gets its private channel all the same."""
    alice = await alice_hired(stage)
    seconds = {"seconds": 1.5} if creating == "slow" else {}
    await stage.sandbox.fault("conversations.create", creating, **seconds)
    await stage.sandbox.settings(restricted_actions=["conversations.archive"])
    incident = await begun(stage, alice)
    await (begins(stage) if creating == "slow" else postponed(stage, "OpenChannel"))

    await turned(stage, alice, incident)

    assert (await room_of(stage)).wire["is_private"]
    [left] = await readable(stage)
    told = await in_person(stage, "alice")
    assert is_said(f"#{left.name}", told)
    assert "payroll" not in left.name


async def test_an_announcement_of_which_nobody_knew_whether_it_was_posted_is_taken_back(
    stage: Stage,
) -> None:
    alice = await alice_hired(stage)
    await stage.sandbox.fault("chat.postMessage", "lost_reply", nth=2)
    incident = await begun(stage, alice)
    await postponed(stage, "RefreshAnnouncement")

    await turned(stage, alice, incident)

    said = [card.words for card in await everything_said(stage)]
    assert not is_said("Payroll leaked", said)
    assert is_said("INC-1 is not public any more.", said)


async def test_a_channel_that_is_made_public_is_its_channel_no_more(stage: Stage) -> None:
    alice = await alice_hired(stage)
    await declared(stage, "Payroll leaked", caller=alice, private=True)
    room = await room_of(stage)

    await stage.alice.converts(room)
    await heard(stage, "made_public")

    other = await room_of(stage)
    assert (other.id == room.id, other.wire["is_private"]) == (False, True)
    notice = f"Alice Archer made the channel #{room.name} public."
    assert is_said(notice, [card.words for card in await other.messages()])
    written = [
        card.words
        for card in await everything_said(stage)
        if not str(card.wire.get("subtype")).endswith("_topic")
    ]
    assert not is_said("Payroll leaked", written)


async def test_whoever_loses_a_role_leaves_the_channel_of_what_is_private(stage: Stage) -> None:
    alice = await alice_hired(stage)
    bob = await hire(stage.bus, stage.organization_id, "Bob Brook")
    incident = await declared(stage, "Payroll leaked", caller=alice, private=True)
    lead = AssignIncident(caller=alice, incident_id=incident.id, assignee_id=bob.actor.user_id)
    await executed(stage, lead)
    with_him = (await room_of(stage)).wire["members"]

    await executed(stage, replace(lead, assignee_id=None))

    assert await stage.bob.id() in with_him
    assert await stage.bob.id() not in (await room_of(stage)).wire["members"]
