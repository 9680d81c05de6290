"""A broken channel keeps no other one from its announcement, and somebody hears of it, once."""

from typing import Any

import pytest

from core.commands import CancelMaintenance, PostProgress
from sandbox.facts.hostile_texts import LETTERS, MARKUP, MENTIONS
from sandbox.referee import note_typed
from tests.integration.slack.announced import (
    HOUR,
    a_planner,
    a_service,
    card,
    cards,
    direct,
    scheduled,
    somebody,
    thread,
)
from tests.integration.slack.stage import Stage

TOLD = "Slack does not show everything of MNT-1"
INVISIBLE = {"only_invisible", "only_blank"}
HOSTILE = {**MENTIONS, **MARKUP, **LETTERS}
GROUPS = [sorted(set(HOSTILE) - INVISIBLE)[start::6] for start in range(6)]


async def in_person(stage: Stage) -> list[str]:
    messages = [message for room in await direct(stage) for message in await room.messages()]
    return [message.text for message in messages if TOLD in message.text]


async def owned(stage: Stage, **fields: Any) -> None:
    """A window of Alice's."""
    alice = await somebody(stage, "alice")
    await scheduled(stage, owner_id=alice.actor.user_id, **fields)


async def test_a_channel_that_is_not_there_is_told_to_the_owner_once(stage: Stage) -> None:
    await owned(stage, notify_channels=("nowhere", "general"))
    await stage.passes(2 * HOUR)

    general = await stage.room("general")
    assert "In progress" in (await card(general)).words
    assert len(await thread(general)) == 1
    [told] = await in_person(stage)
    assert "There is no channel #nowhere that Tocsin can see" in told


async def test_a_channel_archived_later_is_told_to_the_owner_once(stage: Stage) -> None:
    stage.sandbox.expects("edited_after_archive")
    ops = await stage.alice.creates("ops")
    await owned(stage, notify_channels=("ops", "general"))
    await stage.alice.archives(ops)

    await stage.passes(2 * HOUR)
    await stage.passes(HOUR)

    [told] = await in_person(stage)
    assert "#ops is archived; unarchive it and replay." in told
    assert len(await thread(await stage.room("general"))) == 2


async def test_a_channel_chosen_by_its_id_is_called_by_its_name(stage: Stage) -> None:
    stage.sandbox.expects("edited_after_archive")
    ops = await stage.alice.creates("ops")
    await owned(stage, notify_channels=(ops.id,))
    await stage.alice.archives(ops)

    await stage.passes(2 * HOUR)

    [told] = await in_person(stage)
    assert "#ops is archived; unarchive it and replay." in told


async def test_a_replay_shows_what_was_missing_and_nothing_twice(stage: Stage) -> None:
    await owned(stage, notify_channels=("ops", "general"))
    ops = await stage.alice.creates("ops")

    buried = await stage.store.outbox.buried(stage.organization_id, 10)
    for parcel in buried:
        await stage.store.outbox.replay(stage.organization_id, parcel.id, stage.clock())
    stage.relay.wake()
    await stage.settled()

    assert len(await cards(ops)) == 1
    assert len(await cards(await stage.room("general"))) == 1


async def test_who_scheduled_it_hears_where_nobody_owns_it(stage: Stage) -> None:
    bob = await somebody(stage, "bob")

    await scheduled(stage, caller=bob, notify_channels=("nowhere",))

    assert len(await in_person(stage)) == 1


async def test_without_anybody_in_slack_another_channel_tells_it(stage: Stage) -> None:
    await scheduled(stage, notify_channels=("nowhere", "general"))

    [told] = await thread(await stage.room("general"))
    assert told.startswith(f"⚠️ {TOLD}")


async def test_what_nobody_can_be_told_is_buried_with_the_true_reason(stage: Stage) -> None:
    await scheduled(stage, notify_channels=("nowhere",))

    buried = await stage.store.outbox.buried(stage.organization_id, 10)
    [reason] = [one.reason for one in buried if type(one.effect).__name__ == "TellMaintenanceOwner"]
    assert reason == (
        "MNT-1 has no owner in Slack, nobody in Slack who scheduled it, and no channel that shows "
        "it, so that nobody could be told what Slack does not show of it."
    )


async def test_a_private_channel_without_tocsin_is_explained(stage: Stage) -> None:
    secret = await stage.alice.creates("secret", private=True)

    await owned(stage, notify_channels=(secret.id,))

    [told] = await in_person(stage)
    assert "if it is private, invite Tocsin, then replay." in told


@pytest.mark.parametrize("names", GROUPS, ids=lambda names: names[0])
async def test_nothing_that_people_write_comes_to_life(stage: Stage, names: list[str]) -> None:
    for name in names:
        await written(stage, HOSTILE[name])
    await stage.passes(2 * HOUR)

    assert "buried" not in {outcome for _, outcome in stage.outcomes}
    assert len(await cards(await stage.room("incidents"))) == len(names)


async def written(stage: Stage, text: str) -> None:
    """The same text wherever somebody can put some, which the referee remembers."""
    note_typed(stage.sandbox.world, text)
    line = " ".join(text.split())[:400]
    service = await a_service(stage, line[:100])
    window = await scheduled(stage, title=line, description=text[:2_000], service_ids=(service,))
    who: dict[str, Any] = {"caller": a_planner(stage), "maintenance_id": window.id}
    await stage.bus.execute(PostProgress(**who, text=text[:2_000]))
    await stage.bus.execute(CancelMaintenance(**who, reason=line))
    await stage.settled()
