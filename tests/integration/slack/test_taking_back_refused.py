"""What Slack lets nobody take back is told to those in charge, and is not tried for ever."""

from collections import Counter
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from core.commands import AddNote, PostUpdate
from core.commands.together import ChangeMembers
from core.domain.actor import Caller
from core.domain.incident import Incident
from sandbox.conversation.control import wait_for
from sandbox.conversation.room import Room
from tests.integration.slack.channels import (
    declared,
    executed,
    heard,
    in_person,
    is_said,
    room_of,
)
from tests.integration.slack.stage import Stage
from tests.integration.slack.test_private_meanwhile import alice_hired, turned

STANDING = "Not all that was said of INC-1 while it was public could be taken back"


async def hidden(stage: Stage, caller: Caller, incident: Incident) -> None:
    """Nobody waits until it is taken back."""
    stage.outcomes.clear()
    wish = ChangeMembers(caller=caller, incident_id=incident.id, private=True)
    await stage.bus.execute(wish)


async def came_to_pass(stage: Stage, effect: str, outcome: str) -> None:
    async def look() -> bool | None:
        return (effect, outcome) in stage.outcomes or None

    await wait_for(look, f"{effect}, {outcome}")


async def words(room: Room) -> list[str]:
    return [card.words for card in await room.messages() if not card.wire.get("subtype")]


async def test_messages_of_another_bot_user_stand_and_those_in_charge_are_told(
    stage: Stage,
) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    refused = {"error": "cant_update_message", "times": 0}
    await stage.sandbox.fault("chat.update", "error", **refused)
    await hidden(stage, alice, incident)
    await came_to_pass(stage, "Withdraw", "buried")
    await stage.sandbox.clear_faults()
    await stage.settled()

    told = await in_person(stage, "alice")
    here = await words(await room_of(stage))
    assert [is_said(STANDING, told), is_said(STANDING, here)] == [True, True]
    assert len([line for line in told if STANDING in line]) == 1


async def test_what_was_deleted_below_its_replies_is_gone(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    announcement = await stage.announcement()
    await stage.alice.replies(announcement, "Oh no")
    client = AsyncWebClient(token=stage.sandbox.bot_token, base_url=stage.sandbox.api_url)
    await client.chat_delete(channel=announcement.wire["channel"], ts=announcement.ts)

    await turned(stage, alice, incident)

    assert not is_said(STANDING, await in_person(stage, "alice"))


async def test_what_stands_in_a_channel_that_was_deleted_is_gone(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.alice.deletes_channel(await room_of(stage))
    await heard(stage, "deleted")

    await turned(stage, alice, incident)

    assert not is_said(STANDING, await in_person(stage, "alice"))


async def test_a_channel_out_of_which_tocsin_was_taken_goes_on_reading_it(stage: Stage) -> None:
    alice = await alice_hired(stage)
    circle = await stage.alice.creates("circle", private=True)
    await stage.alice.invites(circle, "tocsin")
    await stage.alice.types(circle, "/incident subscribe severity high here")
    await stage.alice.ephemeral(circle, "High (SEV2)")
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.alice.kicks(circle, "tocsin")

    await turned(stage, alice, incident)

    assert is_said(STANDING, await in_person(stage, "alice"))


async def test_what_went_on_elsewhere_meanwhile_is_still_known(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    old = await room_of(stage)
    await stage.sandbox.fault("chat.update", "error", error="fatal_error", times=0)
    await hidden(stage, alice, incident)
    await came_to_pass(stage, "Withdraw", "postponed")
    await came_to_pass(stage, "RefreshCard", "delivered")
    await stage.sandbox.clear_faults()

    await stage.settled()

    left = await words(await old.fresh())
    assert left
    assert not is_said("Payroll leaked", left)


async def test_each_message_is_taken_back_once_however_often_it_has_to_go_on(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    for text in ("On a server.", "On two servers.", "On all servers."):
        await executed(stage, PostUpdate(caller=alice, incident_id=incident.id, text=text))
    await executed(stage, AddNote(caller=alice, incident_id=incident.id, text="Call the lawyer."))
    old = await room_of(stage)
    moves = await stage.card(old)
    await stage.sandbox.fault("chat.update", "error", error="fatal_error", nth=3, times=4)

    await turned(stage, alice, incident)

    edits = await edited(stage, old)
    del edits[moves.ts]
    assert len(edits) > 3
    assert set(edits.values()) == {1}
    assert not is_said("On all servers.", await words(await old.fresh()))


async def edited(stage: Stage, room: Room) -> Counter[str]:
    """How often Slack changed each message there because it was asked to."""
    calls = await stage.sandbox.journal("api_call")
    return Counter(
        call["args"]["ts"]
        for call in calls
        if call["method"] == "chat.update"
        and call["args"]["channel"] == room.id
        and call["ok"]
        and "not public any more" in call["args"]["text"]
    )


async def test_those_in_charge_read_in_one_sentence_where_it_stands(stage: Stage) -> None:
    general = await stage.room("general")
    await stage.bob.types(general, "/incident subscribe severity high")
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    await stage.sandbox.fault("chat.update", "error", error="edit_window_closed", times=0)
    await hidden(stage, alice, incident)
    await came_to_pass(stage, "Withdraw", "buried")
    await stage.sandbox.clear_faults()
    await stage.settled()

    told = [line for line in await in_person(stage, "alice") if "INC-1" in line]
    [line] = [line for line in told if STANDING in line]
    assert line.splitlines()[0].count(STANDING) == 1
    assert "payroll" not in line
    assert "In #incidents: The workspace's settings forbid editing" in line
    assert "In a message to Bob Brook: The workspace's settings" in line
    assert not is_said("Slack does not show everything", told)


async def waiting(stage: Stage, caller: Caller, incident: Incident) -> None:
    """It turned private, and something is on its way that does not arrive."""
    await stage.sandbox.fault("chat.postMessage", "error", error="fatal_error", times=0)
    await stage.bus.execute(AddNote(caller=caller, incident_id=incident.id, text="Call them."))
    await hidden(stage, caller, incident)
    await came_to_pass(stage, "Withdraw", "postponed")


async def test_while_something_is_on_its_way_its_old_channel_has_lost_its_name(
    stage: Stage,
) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    old = await room_of(stage)

    await waiting(stage, alice, incident)

    assert "payroll" in old.name
    assert "payroll" not in (await old.fresh()).name
    await stage.sandbox.clear_faults()
    await stage.settled()


async def test_while_something_is_on_its_way_what_is_refused_is_tried_once(stage: Stage) -> None:
    alice = await alice_hired(stage)
    incident = await declared(stage, "Payroll leaked", caller=alice)
    announcement = await stage.announcement()
    await stage.sandbox.fault("chat.update", "error", error="edit_window_closed", times=0)
    await waiting(stage, alice, incident)
    stage.outcomes.clear()
    stage.clock.ahead += timedelta(seconds=6)
    stage.relay.wake()

    await came_to_pass(stage, "Withdraw", "postponed")

    assert await tried(stage, announcement.ts) == 1
    await stage.sandbox.clear_faults()
    await stage.settled()


async def tried(stage: Stage, ts: str) -> int:
    calls = await stage.sandbox.journal("api_call")
    edits = [call for call in calls if call["method"] == "chat.update" and not call["ok"]]
    return sum(call["args"]["ts"] == ts for call in edits)
