"""A window in Slack: one card in each place, a thread below it, and everybody hears in time."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    EditMaintenance,
    ExtendMaintenance,
    PostProgress,
    StartMaintenance,
)
from tests.integration.slack.announced import (
    HOUR,
    TITLE,
    a_planner,
    a_service,
    broadcasts,
    card,
    cards,
    direct,
    scheduled,
    somebody,
    thread,
)
from tests.integration.slack.stage import Stage

MINUTE = timedelta(minutes=1)
NAMED = f"MNT-1 “{TITLE}”"


async def test_a_window_is_announced_where_incidents_are(stage: Stage) -> None:
    await scheduled(stage, service_ids=(await a_service(stage, "Checkout"),))

    shown = await card(await stage.room("incidents"))
    assert shown.text.startswith(f"{NAMED} is scheduled from ")
    assert shown.text.endswith("for Checkout.")
    assert shown.buttons == ["Start now", "Change", "Post progress", "Cancel maintenance"]


async def test_its_channels_get_a_card_each_instead(stage: Stage) -> None:
    ops = await stage.alice.creates("ops")

    await scheduled(stage, notify_channels=("#ops", "general"))

    assert len(await cards(await stage.room("general"))) == 1
    assert len(await cards(ops)) == 1
    assert await cards(await stage.room("incidents")) == []


async def test_a_channel_called_in_three_ways_gets_one_card_and_each_line_once(
    stage: Stage,
) -> None:
    ops = await stage.alice.creates("ops")

    await scheduled(stage, notify_channels=("#ops", "OPS", ops.id))
    await stage.passes(2 * HOUR)

    assert len(await cards(ops)) == 1
    assert len(await thread(ops)) == 1


async def test_a_life_of_its_own_is_told_in_one_card_and_its_thread(stage: Stage) -> None:
    await scheduled(stage)
    incidents = await stage.room("incidents")

    for wait in (HOUR, HOUR, 45 * MINUTE, 15 * MINUTE):
        await stage.passes(wait)

    soon, started, ending, completed = await thread(incidents)
    assert soon.startswith(f"{NAMED} starts in 1 h, at ")
    assert started.startswith(f"{NAMED} has started.")
    assert ending.startswith(f"{NAMED} ends in 15 min, at ")
    assert completed == f"{NAMED} is completed."
    assert await broadcasts(incidents) == [soon, started, ending, completed]
    assert "Completed" in (await card(incidents)).words
    assert (await card(incidents)).buttons == []


async def test_a_window_missed_whole_is_told_in_one_line(stage: Stage) -> None:
    await scheduled(stage)

    await stage.passes(30 * HOUR)

    [line] = await thread(await stage.room("incidents"))
    assert line.startswith(f"{NAMED} was planned from ")
    assert "when Tocsin was not running" in line


async def test_progress_stays_in_the_thread_and_on_the_card(stage: Stage) -> None:
    window = await scheduled(stage)
    incidents = await stage.room("incidents")

    await stage.bus.execute(
        PostProgress(caller=a_planner(stage), maintenance_id=window.id, text="Half way.")
    )
    await stage.settled()

    assert await thread(incidents) == [f"Paula Planner about {NAMED}: Half way."]
    assert await broadcasts(incidents) == []
    assert "Half way." in (await card(incidents)).words


async def test_what_is_decided_by_hand_is_told(stage: Stage) -> None:
    window = await scheduled(stage)
    who: dict[str, Any] = {"caller": a_planner(stage), "maintenance_id": window.id}

    await stage.bus.execute(StartMaintenance(**who))
    await stage.bus.execute(ExtendMaintenance(**who, by=HOUR))
    await stage.bus.execute(CompleteMaintenance(**who))
    await stage.settled()

    started, extended, completed = await thread(await stage.room("incidents"))
    assert started.startswith(f"Paula Planner started {NAMED} early")
    assert extended.startswith(f"Paula Planner extended {NAMED}: it ends at ")
    assert completed == f"Paula Planner completed {NAMED}."


async def test_a_moved_window_is_announced_to_everybody(stage: Stage) -> None:
    window = await scheduled(stage)
    later = window.scheduled_start_at + HOUR
    incidents = await stage.room("incidents")

    await stage.bus.execute(
        EditMaintenance(
            caller=a_planner(stage),
            maintenance_id=window.id,
            scheduled_start_at=later,
            scheduled_end_at=later + HOUR,
        )
    )
    await stage.settled()

    [line] = await broadcasts(incidents)
    assert line.startswith(
        f"Paula Planner moved {NAMED}: it is planned from {later:%Y-%m-%d %H:%M}"
    )
    assert f"from {later:%Y-%m-%d %H:%M} UTC" in (await card(incidents)).text


async def test_another_title_is_told_to_those_who_follow(stage: Stage) -> None:
    window = await scheduled(stage)
    incidents = await stage.room("incidents")

    await stage.bus.execute(
        EditMaintenance(caller=a_planner(stage), maintenance_id=window.id, title="Network")
    )
    await stage.settled()

    assert await thread(incidents) == ["Paula Planner changed the title of MNT-1 “Network”."]
    assert await broadcasts(incidents) == []
    assert "MNT-1 · Network" in (await card(incidents)).words


async def test_a_canceled_window_says_why(stage: Stage) -> None:
    window = await scheduled(stage)
    incidents = await stage.room("incidents")

    await stage.bus.execute(
        CancelMaintenance(caller=a_planner(stage), maintenance_id=window.id, reason="Too risky.")
    )
    await stage.settled()

    assert await thread(incidents) == [f"Paula Planner canceled {NAMED}. Too risky."]
    assert "Canceled: Too risky." in (await card(incidents)).words


async def test_people_are_told_in_their_own_messages(stage: Stage) -> None:
    bob = await somebody(stage, "bob")

    await scheduled(stage, notify_user_ids=(bob.actor.user_id,))
    await stage.passes(2 * HOUR)

    [room] = await direct(stage)
    assert (await card(room)).buttons[0] == "Complete"
    [started] = await thread(room)
    assert started.startswith(f"{NAMED} has started.")
    assert await broadcasts(room) == [started]
    assert "<@" not in (await card(await stage.room("incidents"))).text


async def test_who_is_not_in_slack_is_told_of_to_the_owner_once(stage: Stage) -> None:
    nobody = await somebody(stage, "nobody-in-slack")
    alice = await somebody(stage, "alice")

    await scheduled(stage, owner_id=alice.actor.user_id, notify_user_ids=(nobody.actor.user_id,))
    await stage.passes(2 * HOUR)

    [room] = await direct(stage)
    [trouble] = await room.messages()
    assert "nobody-in-slack is not in Slack with the address" in trouble.text
    assert len(await thread(await stage.room("incidents"))) == 1


@pytest.mark.parametrize("by_hand", ["auto_start", "auto_complete"])
async def test_the_owner_is_called_when_a_hand_is_missing(stage: Stage, by_hand: str) -> None:
    bob = await somebody(stage, "bob")
    manual: dict[str, Any] = {by_hand: False}
    await scheduled(stage, owner_id=bob.actor.user_id, **manual)

    await stage.passes(2 * HOUR)
    await stage.passes(HOUR)

    incidents = await stage.room("incidents")
    called = f"<@{await stage.bob.id()}>, please"
    assert [one for one in await incidents.messages() if called in one.words]
    assert (
        "Bob" not in (await thread(incidents))[0] or "bob, please" in (await thread(incidents))[0]
    )


async def test_a_window_in_the_past_is_shown_to_nobody(stage: Stage) -> None:
    over = stage.clock() - HOUR

    await scheduled(stage, scheduled_start_at=over - HOUR, scheduled_end_at=over)

    assert await cards(await stage.room("incidents")) == []


async def test_what_is_decided_about_a_window_in_the_past_is_shown_to_nobody(
    stage: Stage,
) -> None:
    over = stage.clock() - HOUR
    window = await scheduled(stage, scheduled_start_at=over - HOUR, scheduled_end_at=over)

    await stage.bus.execute(
        CancelMaintenance(caller=a_planner(stage), maintenance_id=window.id, reason="Slip")
    )
    await stage.settled()

    assert await cards(await stage.room("incidents")) == []
    assert "buried" not in {outcome for _, outcome in stage.outcomes}


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "conversations.open"])
async def test_a_slack_that_limits_the_rate_is_waited_for(stage: Stage, method: str) -> None:
    bob = await somebody(stage, "bob")
    await stage.sandbox.fault(method, "rate_limited")

    await scheduled(stage, notify_user_ids=(bob.actor.user_id,))
    await stage.passes(2 * HOUR)

    [own] = await direct(stage)
    for room in (own, await stage.room("incidents")):
        [line] = await thread(room)
        assert line.startswith(f"{NAMED} has started.")


async def test_a_second_doubt_does_not_forget_the_first(stage: Stage) -> None:
    await stage.sandbox.fault("chat.postMessage", "lost_reply")
    await stage.sandbox.fault("conversations.history", "rate_limited")

    await scheduled(stage)

    assert len(await cards(await stage.room("incidents"))) == 1
